import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import {
  type Booker,
  bookedBooking,
  checkPayment,
  heldBooking,
  loseCallbacks,
  payAtCashier,
  prepaidBooking,
  refundArrived,
  startPayment,
  waitForBooking,
} from './steps';

async function booked(world: CrashWorld, booker: Booker): Promise<void> {
  await waitForBooking(
    world,
    booker,
    'the payment is known',
    ({ place, payment }) => place === 'booked' && payment === 'paid',
  );
}

const start: UseCase<Booker> = {
  name: 'begin to pay',
  arrange: heldBooking,
  scope: ({ bookingId }) => `POST /api/me/bookings/${bookingId}/pay`,
  act: (_, booker) => startPayment(booker),
  async goOn(world, booker) {
    await payAtCashier(world, booker);
    await booked(world, booker);
  },
};

const callback: UseCase<Booker & { mchid: string }> = {
  name: 'payment callback',
  arrange: async (world) => ({ ...(await prepaidBooking(world)), mchid: await mchidOf(world) }),
  scope: ({ mchid }) => `POST /callbacks/wechat-pay/${mchid}/payment`,
  async act(world, booker) {
    await payAtCashier(world, booker);
    await booked(world, booker);
  },
  goOn: booked,
};

const query: UseCase<Booker> = {
  name: 'the phone asks, no callback comes',
  async arrange(world) {
    const booker = await prepaidBooking(world);
    await loseCallbacks(world, booker);
    await payAtCashier(world, booker);
    return booker;
  },
  scope: ({ bookingId }) => `POST /api/me/bookings/${bookingId}/payment-check`,
  act: (_, booker) => checkPayment(booker),
  async goOn(_, booker) {
    expect(await checkPayment(booker)).toMatchObject({ place: 'booked', payment: 'paid' });
  },
};

const financeAsks: UseCase<Booker & { orderNo: string }> = {
  name: 'finance asks, no callback comes',
  async arrange(world) {
    const booker = await query.arrange(world);
    const { orders } = await booker.student.api.call('GET /api/me/orders');
    return { ...booker, orderNo: orders[0]?.orderNo ?? '' };
  },
  scope: ({ orderNo }) => `POST /api/console/orders/${orderNo}/check`,
  act: ({ maker }, { orderNo }) =>
    maker.call('POST /api/console/orders/:orderNo/check', { params: { orderNo } }),
  async goOn(world, subject) {
    await financeAsks.act(world, subject);
    await booked(world, subject);
  },
};

const queryEffect: UseCase<Booker> = {
  name: 'nobody asks, no callback comes',
  arrange: query.arrange,
  scope: () => 'job effects',
  act: booked,
  goOn: booked,
};

/** Refunded by cancelling; what happens once WeChat has the request. */
const cancelled = async (world: CrashWorld): Promise<Booker & { mchid: string }> => {
  const booker = await bookedBooking(world);
  await booker.student.api.call('POST /api/me/bookings/:id/cancel', {
    params: { id: booker.bookingId },
    body: {},
  });
  return { ...booker, mchid: await mchidOf(world) };
};

const refunded = (world: CrashWorld, booker: Booker) =>
  waitForBooking(world, booker, 'the refund arrives', refundArrived);

const refundCallback: UseCase<Booker & { mchid: string }> = {
  name: 'refund callback',
  arrange: cancelled,
  scope: ({ mchid }) => `POST /callbacks/wechat-pay/${mchid}/refund`,
  act: refunded,
  goOn: refunded,
};

const refundPoll: UseCase<Booker> = {
  name: 'refund without a callback',
  async arrange(world) {
    const booker = await bookedBooking(world);
    await loseCallbacks(world, booker);
    await booker.student.api.call('POST /api/me/bookings/:id/cancel', {
      params: { id: booker.bookingId },
      body: {},
    });
    return booker;
  },
  scope: () => 'job effects',
  act: refunded,
  goOn: refunded,
};

/** Finished effects are struck off in a write of their own, which nobody waits for. */
const finisher: UseCase<Booker> = {
  name: 'striking off finished effects',
  arrange: prepaidBooking,
  scope: () => 'job finisher',
  async act(world, booker) {
    await payAtCashier(world, booker);
    await booked(world, booker);
    await world.pass(1);
  },
  goOn: booked,
};

const projection: UseCase<Booker> = {
  name: 'trails to the audit log',
  arrange: prepaidBooking,
  scope: () => 'job audit',
  async act(world, booker) {
    await payAtCashier(world, booker);
    await projected(world, booker);
  },
  goOn: projected,
};

async function projected(world: CrashWorld, booker: Booker): Promise<void> {
  const subject = `booking:${booker.bookingId}`;
  await waitForBooking(world, booker, 'paid', ({ payment }) => payment === 'paid');
  const deadline = Date.now() + 15_000;
  const lines = world.ground.db.collection<{ _id: string; subject: string; verb: string }>('audit_lines');
  for (;;) {
    const verbs = (await lines.find({ subject }).toArray()).map(({ verb }) => verb);
    if (verbs.includes('booking.paid')) {
      expect(verbs.sort()).toEqual(['booking.hold', 'booking.order', 'booking.paid']);
      return;
    }
    if (Date.now() > deadline) throw new Error(`the audit log never had it: ${verbs.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function mchidOf({ ground }: CrashWorld): Promise<string> {
  const merchant = await ground.db.collection<{ _id: string; mchid: string }>('merchants').findOne({});
  return merchant?.mchid ?? '';
}

export const PAYMENT_CASES = [
  start,
  callback,
  query,
  financeAsks,
  queryEffect,
  refundCallback,
  refundPoll,
  finisher,
  projection,
] as UseCase[];
