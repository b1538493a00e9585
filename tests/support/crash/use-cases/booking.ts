import { ApiError } from '../../../../server/demo/api-client';
import { payBehindOurBack } from '../../pay-behind-our-back';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld, Student } from '../world';
import {
  type Booker,
  bookedBooking,
  booking,
  checkPayment,
  expectBooking,
  heldBooking,
  hold,
  payAtCashier,
  prepaidBooking,
  refundArrived,
  waitForBooking,
} from './steps';

const ofBooking =
  (verb: string) =>
  ({ bookingId }: Booker) =>
    `POST /api/me/bookings/${bookingId}/${verb}`;

const holdPlace: UseCase<Student> = {
  name: 'hold',
  arrange: async (world) => world.student(),
  scope: () => 'POST /api/me/bookings',
  act: hold,
  async goOn(world, student) {
    const held = await hold(world, student);
    expect(held).toMatchObject({ place: 'held', payment: 'unpaid' });
    expect((await hold(world, student)).id).toBe(held.id);
  },
};

/** The student may book again; and gives it up again, so that no later run has this hold's end among its steps. */
async function holdAnew(world: CrashWorld, student: Student): Promise<void> {
  await holdPlace.goOn(world, student);
  const { id } = await hold(world, student);
  await student.api.call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });
}

const reschedule: UseCase<Booker> = {
  name: 'reschedule',
  arrange: bookedBooking,
  scope: ofBooking('reschedule'),
  act: ({ sessions }, { student, bookingId }) =>
    student.api.call('POST /api/me/bookings/:id/reschedule', {
      params: { id: bookingId },
      body: { sessionId: sessions[1] },
    }),
  async goOn(world, booker) {
    try {
      await reschedule.act(world, booker);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'SAME_SESSION') throw error;
    }
    const { session, place } = await booking(booker);
    expect({ id: session?.id, place }).toEqual({ id: world.sessions[1], place: 'booked' });
  },
};

const cancelHeld: UseCase<Booker> = {
  name: 'cancel an unpaid place',
  arrange: prepaidBooking,
  scope: ofBooking('cancel'),
  act: (_, { student, bookingId }) =>
    student.api.call('POST /api/me/bookings/:id/cancel', { params: { id: bookingId }, body: {} }),
  async goOn(world, booker) {
    await cancelAgain(world, booker);
    await expectBooking(booker, { place: 'cancelled', payment: 'unpaid' });
    await holdAnew(world, booker.student);
  },
};

const cancelBooked: UseCase<Booker> = {
  name: 'cancel a paid place',
  arrange: bookedBooking,
  scope: ofBooking('cancel'),
  act: cancelHeld.act,
  async goOn(world, booker) {
    await cancelAgain(world, booker);
    await expectBooking(booker, { place: 'cancelled' });
    await waitForBooking(world, booker, 'the refund arrives', refundArrived);
    await holdAnew(world, booker.student);
  },
};

/** What is cancelled already is said to be. */
async function cancelAgain(world: Parameters<typeof hold>[0], booker: Booker): Promise<void> {
  try {
    await cancelHeld.act(world, booker);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'BOOKING_NOT_ACTIVE') throw error;
  }
}

const HOLD_ENDS_AFTER = 16;

const release: UseCase<Booker> = {
  name: 'release a hold with an open order',
  arrange: prepaidBooking,
  scope: () => 'job effects',
  async act(world, booker) {
    await world.pass(HOLD_ENDS_AFTER);
    await waitForBooking(world, booker, 'the hold is released', ({ place }) => place === 'released');
  },
  async goOn(world, booker) {
    await waitForBooking(world, booker, 'the hold is released', ({ place }) => place === 'released');
    await holdAnew(world, booker.student);
  },
};

/** The order number is on the booking, and then the process died: nobody ever made the order. */
const releaseFence: UseCase<Booker> = {
  name: 'release a hold whose order was never made',
  async arrange(world) {
    const booker = await heldBooking(world);
    await world.victim.arm({ scope: ofBooking('pay')(booker), step: 1, when: 'after' });
    await payAtCashier(world, booker).catch(() => undefined);
    await world.victim.died();
    await world.victim.restart();
    return booker;
  },
  scope: () => 'job effects',
  act: release.act,
  goOn: release.goOn,
};

/** Paid at the cashier although the hold is over: the money finds its place again, or goes back. */
const payLate: UseCase<Booker> = {
  name: 'late payment',
  async arrange(world) {
    const booker = await prepaidBooking(world);
    await release.act(world, booker);
    return booker;
  },
  scope: ({ bookingId }) => `POST /api/me/bookings/${bookingId}/payment-check`,
  async act(world, booker) {
    await payBehindOurBack(world.ground, booker.student.api);
    await checkPayment(booker);
  },
  async goOn(world, booker) {
    await waitForBooking(
      world,
      booker,
      'late money finds its place',
      ({ place, payment }) => place === 'booked' && payment === 'paid',
    );
  },
};

export const BOOKING_CASES = [
  holdPlace,
  reschedule,
  cancelHeld,
  cancelBooked,
  release,
  releaseFence,
  payLate,
] as UseCase[];
