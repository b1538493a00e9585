import { setTimeout as sleep } from 'node:timers/promises';
import type { BookingView } from '../../../../shared/contract/bookings';
import { eventually } from '../../stack';
import type { CrashWorld, Student } from '../world';

/** What the use cases have in common: a student at some point of the journey. */
export interface Booker {
  student: Student;
  bookingId: string;
}

export const hold = ({ sessions }: CrashWorld, { api }: Student): Promise<BookingView> =>
  api.call('POST /api/me/bookings', { body: { sessionId: sessions[0] } });

export async function heldBooking(world: CrashWorld): Promise<Booker> {
  const student = world.student();
  return { student, bookingId: (await hold(world, student)).id };
}

/** WeChat's cashier is open. */
export async function prepaidBooking(world: CrashWorld): Promise<Booker> {
  const booker = await heldBooking(world);
  await startPayment(booker);
  return booker;
}

export async function bookedBooking(world: CrashWorld): Promise<Booker> {
  const booker = await heldBooking(world);
  await payAtCashier(world, booker);
  await checkPayment(booker);
  await expectBooking(booker, { place: 'booked', payment: 'paid' });
  return booker;
}

export const startPayment = ({ student, bookingId }: Booker) =>
  student.api.call('POST /api/me/bookings/:id/pay', { params: { id: bookingId } });

export const checkPayment = ({ student, bookingId }: Booker) =>
  student.api.call('POST /api/me/bookings/:id/payment-check', { params: { id: bookingId } });

/** Begins to pay, or goes on, and pays; the callback follows by itself. */
export async function payAtCashier({ stack }: CrashWorld, booker: Booker): Promise<void> {
  const { payment } = await startPayment(booker);
  if (!payment) return;
  await stack.sandbox.cashier({ ...payment, openid: booker.student.openid, outcome: 'pay' });
}

/** No callback about this order will ever come. */
export async function loseCallbacks({ stack }: CrashWorld, { student }: Booker): Promise<void> {
  const { orders } = await student.api.call('GET /api/me/orders');
  await stack.sandbox.plantFault({
    service: 'callback',
    kind: 'drop',
    match: { outTradeNo: orders[0]?.orderNo },
    times: 100,
  });
}

export const booking = ({ student, bookingId }: Booker): Promise<BookingView> =>
  student.api.call('GET /api/me/bookings/:id', { params: { id: bookingId } });

export async function expectBooking(booker: Booker, expected: Partial<BookingView>): Promise<void> {
  expect(await booking(booker)).toMatchObject(expected);
}

const LOOKS_A_MINUTE = 6;

/** Demo time goes by, minute by minute, until the booking is so. */
export async function waitForBooking(
  world: CrashWorld,
  booker: Booker,
  what: string,
  isSo: (view: BookingView) => boolean,
): Promise<void> {
  await passUntil(world, what, async () => isSo(await booking(booker)));
}

export const refundArrived = ({ order }: BookingView): boolean =>
  order?.refunds.some(({ status }) => status === 'arrived') ?? false;

export async function passUntil(
  world: CrashWorld,
  what: string,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const aMinute = async () => {
    // What is due at this minute is done before the next one comes.
    for (let look = 0; look < LOOKS_A_MINUTE; look += 1) {
      if (await isSo()) return true;
      await sleep(100);
    }
    await world.pass(1);
    return null;
  };
  await eventually(what, aMinute, { withinMs: 60_000 });
}

let nonces = 0;
export const nonce = (): string => {
  nonces += 1;
  return `crash-${process.pid}-${String(nonces).padStart(12, '0')}`;
};
