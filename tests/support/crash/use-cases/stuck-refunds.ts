import { type ApiClient, ApiError } from '../../../../server/demo/api-client';
import type { OrderRecord } from '../../../../shared/contract/orders';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { type Booker, bookedBooking, expectBooking, passUntil } from './steps';

/** A place given up by the word of two people, whose refund WeChat did not deliver. */
interface Stuck extends Booker {
  orderNo: string;
  refundNo: string;
}

export const orderOf = async ({ maker }: CrashWorld, orderNo: string): Promise<OrderRecord> =>
  (await maker.call('GET /api/console/orders/:orderNo', { params: { orderNo } })).order;

async function stuck(world: CrashWorld, outcome: 'ABNORMAL' | 'CLOSED'): Promise<Stuck> {
  const booker = await bookedBooking(world);
  const [order] = (await booker.student.api.call('GET /api/me/orders')).orders;
  const orderNo = order?.orderNo ?? '';
  await world.stack.sandbox.plantFault({
    service: 'pay',
    operation: 'refund',
    kind: 'refund-outcome',
    code: outcome,
    match: { outTradeNo: orderNo },
    times: 1,
  });
  const { proposals } = await world.maker.call('POST /api/console/orders/:orderNo/proposals', {
    params: { orderNo },
    body: { kind: 'refund', reason: '不能参加', endsPlace: true },
  });
  await world.checker.call('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
    params: { orderNo, proposalId: proposals[0]?.id ?? '' },
    body: { decision: 'approve' },
  });
  let refundNo = '';
  await passUntil(world, `the refund is ${outcome}`, async () => {
    const [refund] = (await orderOf(world, orderNo)).refunds;
    refundNo = refund?.refundNo ?? '';
    return refund?.state === outcome.toLowerCase();
  });
  // WeChat takes one refund of an order a minute.
  await world.pass(2);
  return { ...booker, orderNo, refundNo };
}

/** Somebody else's word, or the process's death, may have been quicker. */
async function unlessOver(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ApiError) || !/^(REFUND_STATE|NOTHING_TO_REFUND)$/.test(error.code)) throw error;
  }
}

/** @param go what a person may have to do for it, asked again and again */
export async function givenBackOnce(
  world: CrashWorld,
  subject: Booker & { orderNo: string },
  go: () => Promise<void> = async () => undefined,
): Promise<void> {
  const succeeded = (order: OrderRecord) => order.refunds.filter(({ state }) => state === 'succeeded');
  await passUntil(world, 'the refund arrives', async () => {
    const order = await orderOf(world, subject.orderNo);
    if (succeeded(order).length === 0) await go();
    return succeeded(order).length > 0;
  });
  const order = await orderOf(world, subject.orderNo);
  expect(succeeded(order)).toMatchObject([{ amountFen: 3000 }]);
  await expectBooking(subject, { place: 'cancelled' });
}

const toTheSchool = (by: ApiClient, { orderNo, refundNo }: Stuck) =>
  by.call('POST /api/console/orders/:orderNo/refunds/:refundNo/redirect', {
    params: { orderNo, refundNo },
    body: { account: 'merchant' },
  });

const redirect: UseCase<Stuck> = {
  name: 'an abnormal refund: where it goes is said by another, and sent',
  async arrange(world) {
    const subject = await stuck(world, 'ABNORMAL');
    await toTheSchool(world.maker, subject);
    return subject;
  },
  scope: ({ orderNo, refundNo }) => `POST /api/console/orders/${orderNo}/refunds/${refundNo}/redirect`,
  act: (world, subject) => toTheSchool(world.checker, subject),
  goOn: (world, subject) =>
    givenBackOnce(world, subject, async () => {
      const [refund] = (await orderOf(world, subject.orderNo)).refunds;
      // Never sent, and in the work list again: both say it anew.
      if (refund?.trouble !== 'ABNORMAL') return;
      await unlessOver(() => toTheSchool(world.maker, subject));
      await unlessOver(() => toTheSchool(world.checker, subject));
    }),
};

const renewal = ({ checker }: CrashWorld, { orderNo, refundNo }: Stuck) =>
  checker.call('POST /api/console/orders/:orderNo/refunds/:refundNo/renew', {
    params: { orderNo, refundNo },
  });

const renew: UseCase<Stuck> = {
  name: 'a refund that WeChat closed: on under a new number',
  arrange: (world) => stuck(world, 'CLOSED'),
  scope: ({ orderNo, refundNo }) => `POST /api/console/orders/${orderNo}/refunds/${refundNo}/renew`,
  act: renewal,
  async goOn(world, subject) {
    await unlessOver(() => renewal(world, subject));
    await unlessOver(() => renewal(world, subject));
    await givenBackOnce(world, subject);
    expect((await orderOf(world, subject.orderNo)).refunds).toHaveLength(2);
  },
};

export const STUCK_REFUND_CASES = [redirect, renew] as UseCase[];
