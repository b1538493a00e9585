import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, type Effect, makeChange } from '../../platform/mongo/record';
import type { PaidTransaction } from '../../platform/wechat-pay/wire';
import type { World } from '../../world';
import { line } from '../audit/line';
import { settlePlace } from '../bookings/settle-place';
import { findOrder } from './find-order';
import { paymentEntry, quarantineEntry } from './ledger';
import { type Order, Orders, type QuarantineReason } from './model';
import { requestRefundOf } from './request-refund';
import { refundableFen } from './totals';

/** another_transaction: WeChat names a second payment for one order, or one payment for two. A person must look. */
export type PaymentOutcome = 'applied' | 'known' | 'quarantined' | 'no_such_order' | 'another_transaction';

/** How we know of it: a callback, by its event id and the account whose keys proved it; or a query of ours. */
export type Source = { via: 'callback'; eventId: string; mchid: string } | { via: 'query' };

const OPEN = ['created', 'prepaid', 'closed'] as const;

/**
 * WeChat says that an order was paid. One write makes it so; who comes second finds it done. The place follows as an
 * effect of that write, run at once.
 */
export async function applyPayment(
  world: World,
  paid: PaidTransaction,
  source: Source,
): Promise<PaymentOutcome> {
  const order = await findOrder(paid.outTradeNo);
  if (!order || isAnothers(order.mchid, source)) return 'no_such_order';
  if (order.transactionId && order.transactionId !== paid.transactionId) return 'another_transaction';
  const reason = mismatch(order, paid);
  try {
    return reason
      ? await quarantine(world, order, paid, reason, source)
      : await take(world, order, paid, source);
  } catch (error) {
    if (duplicateKey(error)?.includes('transactionId')) return 'another_transaction';
    throw error;
  }
}

/** What a payment wants elsewhere: its booking gets the place. */
export const settling = (world: World, { bookingId }: Order): Effect =>
  world.effects.planned('settle', 'settle-booking', { bookingId });

/** Effect `settle-booking` of a paid order, which it stays for ever: the money gets its place, or goes back. */
export async function settleBooking(
  world: World,
  orderNo: string,
  bookingId: string,
): Promise<EffectOutcome> {
  const outcome = await settlePlace(world, bookingId, orderNo);
  const homeless = outcome === 'unplaced' ? await findOrder(orderNo) : null;
  if (homeless && refundableFen(homeless) > 0) {
    await requestRefundOf(world, homeless, { cause: 'unplaced', reason: '名额已释放，自动退款', by: SYSTEM });
  }
  // Nobody needs to ask WeChat about it any more.
  return { doneWith: ['query'] };
}

async function take(
  world: World,
  order: Order,
  paid: PaidTransaction,
  source: Source,
): Promise<PaymentOutcome> {
  const effect = settling(world, order);
  const applied = await makeChange(
    Orders,
    { _id: order._id, state: { $in: OPEN } },
    {
      $set: {
        state: 'paid',
        transactionId: paid.transactionId,
        paidAt: paid.successTime,
        payerTotalFen: paid.amount.payerTotal,
      },
      $push: { ledger: paymentEntry(world, order, paid.transactionId) },
      $addToSet: callbackIds(source),
    },
    line(world, SYSTEM, 'order.paid', { via: source.via, late: order.state === 'closed' }),
    [effect],
  );
  if (!applied) return 'known';
  await world.effects.runNow(Orders, order._id, effect);
  return 'applied';
}

/** What an account's keys prove is about that account: another's money they say nothing of, whatever the letter claims. */
export const isAnothers = (
  mchid: string,
  source: { via: 'answer' | 'query' } | { via: 'callback'; mchid: string },
): boolean => source.via === 'callback' && source.mchid !== mchid;

/** Anyone may be the payer of an order made for them; but of *this* order, the one it was made for. */
export function mismatch(order: Order, paid: PaidTransaction): QuarantineReason | null {
  if (paid.mchid !== order.mchid) return 'merchant';
  if (paid.appid !== order.appid) return 'app';
  if (paid.amount.currency !== 'CNY') return 'currency';
  if (paid.amount.total !== order.totalFen) return 'amount';
  if (paid.payerOpenid !== undefined && paid.payerOpenid !== order.payerOpenid) return 'payer';
  return null;
}

/** The money is there, whatever is wrong with it: it is recorded, put aside and never counted as paid. */
async function quarantine(
  world: World,
  order: Order,
  paid: PaidTransaction,
  reason: QuarantineReason,
  source: Source,
): Promise<PaymentOutcome> {
  const receivedFen = paid.amount.total;
  const { currency } = paid.amount;
  const put = await changeRecord(
    Orders,
    { _id: order._id, state: { $in: OPEN } },
    {
      $set: {
        state: 'quarantined',
        transactionId: paid.transactionId,
        paidAt: paid.successTime,
        payerTotalFen: paid.amount.payerTotal,
        quarantine: { reason, receivedFen, currency, mchid: paid.mchid },
      },
      $push: { ledger: quarantineEntry(world, receivedFen, paid.transactionId) },
      $pull: { effects: { key: 'query' } },
      $addToSet: callbackIds(source),
    },
    line(world, SYSTEM, 'order.quarantine', { reason, receivedFen }),
  );
  if (put) world.log.error({ order: order._id, reason }, 'payment quarantined');
  return put ? 'quarantined' : 'known';
}

const callbackIds = (source: Source) => (source.via === 'callback' ? { callbackIds: source.eventId } : {});
