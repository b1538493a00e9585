import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { SYSTEM } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, type Effect, insertRecord, newRecord } from '../../platform/mongo/record';
import type { PaidTransaction, Refund as RefundAtWeChat } from '../../platform/wechat-pay/wire';
import type { World } from '../../world';
import { line } from '../audit/line';
import { endRefunded } from '../bookings/end-refunded';
import type { Booking } from '../bookings/model';
import { rebuildBooking } from '../bookings/rebuild-booking';
import { applyPayment, mismatch, settleBooking, settling } from './apply-payment';
import { applyRefund } from './apply-refund';
import { readAttach } from './attach';
import { findOrder } from './find-order';
import { paymentEntry, refundRequestedEntry } from './ledger';
import { type Order, Orders, type Refund } from './model';
import { untouched } from './new-order';
import { receivedFen, refundableFen } from './totals';

/** What WeChat knows of one order. */
export interface TruthOfOrder {
  paid: PaidTransaction;
  refunds: { news: RefundAtWeChat; acceptedAt: Date | null }[];
}

/**
 * known: nothing was missing · recovered · unattributed: nobody here is named by it, or its sums fit nothing ·
 * another_transaction: under this number we have another payment
 */
export type CaughtUp = 'known' | 'recovered' | 'unattributed' | 'another_transaction';

/**
 * Brings an order up to what WeChat knows of it: makes a lost one anew, records its payment and those refunds that are
 * missing, and only then gives the money its place or ends a place whose money is gone. Money that does not fit is put
 * aside as ever, and what was put aside stays there: only two people make it count. May be repeated; a crash leaves what
 * the next run finishes.
 *
 * @throws AppError CHANGED_MEANWHILE when somebody else works on the order at this moment
 */
export async function catchUpOrder(world: World, truth: TruthOfOrder): Promise<CaughtUp> {
  const { paid, refunds } = truth;
  const orderNo = paid.outTradeNo;
  const before = await findOrder(orderNo);
  const open = before ?? (await rebuildOrder(world, paid));
  if (!open) return 'unattributed';
  if (open.transactionId && open.transactionId !== paid.transactionId) return 'another_transaction';
  if (receivedFen(open) === 0 && (refunds.length === 0 || mismatch(open, paid))) {
    const outcome = await applyPayment(world, paid, { via: 'query' });
    if (outcome === 'another_transaction') return outcome;
  }
  if (!(await record(world, (await findOrder(orderNo)) ?? open, truth))) return 'unattributed';
  for (const { news } of refunds)
    if ((await applyRefund(world, orderNo, news, { via: 'query' })) === 'differs') return 'unattributed';
  const after = await findOrder(orderNo);
  if (after?.state === 'paid') {
    if (refundableFen(after) === 0) await endRefunded(world, after.bookingId, orderNo);
    else await settleBooking(world, orderNo, after.bookingId);
  }
  return before?.version === after?.version ? 'known' : 'recovered';
}

/** @returns the order as it was before it was paid, or null when its money is nobody's here */
async function rebuildOrder(world: World, paid: PaidTransaction): Promise<Order | null> {
  const attached = readAttach(paid.attach);
  const booking = attached && (await rebuildBooking(world, { ...attached, orderNo: paid.outTradeNo }));
  if (!booking || booking.amountFen !== paid.amount.total) return null;
  try {
    return await insertRecord(Orders, lostOrder(world, booking, paid));
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    return findOrder(paid.outTradeNo);
  }
}

const lostOrder = (world: World, booking: Booking, paid: PaidTransaction): Order => ({
  ...newRecord(paid.outTradeNo, line(world, SYSTEM, 'order.rebuild', { booking: booking._id }), [
    world.effects.scheduled('query', 'query-order', world.clock.now()),
  ]),
  schoolId: booking.schoolId,
  campaignId: booking.campaignId,
  bookingId: booking._id,
  studentId: booking.studentId,
  mchid: paid.mchid,
  appid: paid.appid,
  payerOpenid: paid.payerOpenid ?? '',
  description: '毕业生图像采集费',
  feeItems: booking.feeItems,
  totalFen: booking.amountFen,
  state: 'created',
  createdAt: paid.successTime,
  expiresAt: paid.successTime,
  ...untouched(),
});

/**
 * One write for the payment and all its forgotten refunds: at no moment could someone who reads it give the money back
 * once more.
 *
 * @returns false when the refunds fit nothing that is left, and nothing was recorded
 */
async function record(world: World, order: Order, { paid, refunds }: TruthOfOrder): Promise<boolean> {
  const lost = refunds.filter(
    ({ news }) =>
      news.status !== 'CLOSED' && order.refunds.every(({ refundNo }) => refundNo !== news.outRefundNo),
  );
  const isHere = receivedFen(order) > 0;
  if (isHere && lost.length === 0) return true;
  const rebuilt: Refund[] = [];
  for (const { news, acceptedAt } of lost) {
    const items = itemsWorth(order, [...order.refunds, ...rebuilt], news.amount.refund);
    if (!items) return false;
    rebuilt.push(lostRefund(world, news, acceptedAt, items));
  }
  const state = isHere ? order.state : 'paid';
  const leftFen = refundableFen({ ...order, state, refunds: [...order.refunds, ...rebuilt] });
  if (leftFen < 0) return false;
  const payment = isHere
    ? {}
    : {
        state,
        transactionId: paid.transactionId,
        paidAt: paid.successTime,
        payerTotalFen: paid.amount.payerTotal,
      };
  const entries = [
    ...(isHere ? [] : [paymentEntry(world, order, paid.transactionId)]),
    ...rebuilt.map((refund) => refundRequestedEntry(world, refund)),
  ];
  const recorded = await changeRecord(
    Orders,
    { _id: order._id, version: order.version },
    { $set: payment, $push: { ledger: { $each: entries }, refunds: { $each: rebuilt } } },
    line(world, SYSTEM, 'order.recover', { paid: !isHere, refunds: rebuilt.length }),
    [
      ...placeEffects(world, { ...order, state }, leftFen),
      ...rebuilt.map(({ refundNo }) =>
        world.effects.planned(`refund:${refundNo}`, 'send-refund', { refundNo }),
      ),
    ],
  );
  if (!recorded) throw new AppError('CHANGED_MEANWHILE');
  return true;
}

/** Money that went back already wants no place; what was put aside kept one, and once it is given back keeps none. */
function placeEffects(world: World, order: Order, leftFen: number): Effect[] {
  if (order.state === 'paid') return leftFen > 0 ? [settling(world, order)] : [];
  return leftFen > 0 ? [] : [world.effects.scheduled('end-place:recovered', 'end-place', world.clock.now())];
}

const lostRefund = (
  world: World,
  news: RefundAtWeChat,
  acceptedAt: Date | null,
  items: Refund['items'],
): Refund => ({
  refundNo: news.outRefundNo,
  cause: `recovered:${news.outRefundNo}`,
  state: 'requested',
  amountFen: news.amount.refund,
  items,
  reason: '按微信账单恢复',
  requestedBy: SYSTEM,
  requestedAt: acceptedAt ?? world.clock.now(),
  dueDay: shanghaiDay(acceptedAt ?? world.clock.now()),
  refundId: news.refundId,
  acceptedAt,
  succeededAt: null,
  trouble: null,
});

/** Fee items are refunded whole: the ones of those left that add up to the amount. Money put aside belongs to none. */
function itemsWorth(order: Order, refunds: readonly Refund[], amountFen: number): Refund['items'] | null {
  if (order.state === 'quarantined') return [];
  const gone = new Set(
    refunds.filter(({ state }) => state !== 'closed').flatMap(({ items }) => items.map(({ code }) => code)),
  );
  const left = order.feeItems.filter(({ code, amountFen: fen }) => fen > 0 && !gone.has(code));
  for (let choice = 1; choice < 2 ** left.length; choice += 1) {
    const chosen = left.filter((_, at) => (choice >> at) & 1);
    if (chosen.reduce((sum, item) => sum + item.amountFen, 0) === amountFen)
      return chosen.map(({ code, amountFen: fen }) => ({ code, amountFen: fen }));
  }
  return null;
}
