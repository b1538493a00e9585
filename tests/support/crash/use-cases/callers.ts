import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { type Booker, bookedBooking, nonce } from './steps';
import { givenBackOnce, orderOf } from './stuck-refunds';

/** A paid place about which a student has called. */
interface Called extends Booker {
  orderNo: string;
  version: number;
  nonce: string;
}

const cancel = ({ office }: CrashWorld, { bookingId: id, version, nonce: key }: Called) =>
  office.call('POST /api/console/bookings/:id/cancel', {
    params: { id },
    body: { version, nonce: key, reason: '学生来电，不能参加' },
  });

const cancelByOffice: UseCase<Called> = {
  name: 'the office cancels a paid place',
  async arrange(world) {
    const booker = await bookedBooking(world);
    const [order] = (await booker.student.api.call('GET /api/me/orders')).orders;
    const bookings = world.ground.db.collection<{ _id: string; version: number }>('bookings');
    const stored = await bookings.findOne({ _id: booker.bookingId });
    return { ...booker, orderNo: order?.orderNo ?? '', version: stored?.version ?? 0, nonce: nonce() };
  },
  scope: ({ bookingId }) => `POST /api/console/bookings/${bookingId}/cancel`,
  act: cancel,
  async goOn(world, subject) {
    await cancel(world, subject);
    await cancel(world, subject);
    await givenBackOnce(world, subject);
    expect((await orderOf(world, subject.orderNo)).refunds).toHaveLength(1);
  },
};

const move = ({ office, sessions }: CrashWorld, { bookingId: id, version, nonce: key }: Called) =>
  office.call('POST /api/console/bookings/:id/move', {
    params: { id },
    body: { version, nonce: key, sessionId: sessions[1], reason: '学生来电，课程冲突' },
  });

const moveByOffice: UseCase<Called> = {
  name: 'the office moves a booking',
  arrange: cancelByOffice.arrange,
  scope: ({ bookingId }) => `POST /api/console/bookings/${bookingId}/move`,
  act: move,
  async goOn(world, subject) {
    await move(world, subject);
    const { session, place } = await move(world, subject);
    expect({ session: session?.id, place }).toEqual({ session: world.sessions[1], place: 'booked' });
  },
};

export const CALLER_CASES = [cancelByOffice, moveByOffice] as UseCase[];
