import { AppError } from '../../errors';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { PaidTransaction } from '../../platform/wechat-pay/wire';
import type { World } from '../../world';
import { findMerchant } from '../campaigns/merchants';
import { readAttach } from '../payments/attach';
import { findOrder } from '../payments/find-order';
import type { Order } from '../payments/model';
import { paidBookings } from '../payments/money-of-day';
import { isReversible } from '../payments/reverse-payment';
import { isOver, receivedFen } from '../payments/totals';
import type { DifferenceRecord } from './difference-model';

/** What a difference is about, as both sides stand now. */
export type Situation =
  /** WeChat has the payment; our order is not paid. */
  | { kind: 'unheard'; order: Order }
  /** We have put the money aside, because it does not fit its order. */
  | { kind: 'aside'; order: Order }
  /** A refund that stands differently with us, or not at all. */
  | { kind: 'refund'; order: Order; refundNo: string }
  /** A payment at WeChat of which we have nothing. */
  | { kind: 'nobodys'; paid: PaidTransaction; isOurs: boolean; isPaidAgain: boolean }
  /** A payment of ours of which WeChat has nothing. */
  | { kind: 'missing'; order: Order }
  /** … or did not have, when the bill was made. */
  | { kind: 'there' }
  | { kind: 'waits' }
  | { kind: 'other' };

/** @throws AppError UPSTREAM_UNAVAILABLE */
export async function situationOf(world: World, difference: DifferenceRecord): Promise<Situation> {
  const { type, key, orderNo, refundNo } = difference;
  if (type === 'cross_day') return { kind: 'waits' };
  if (
    orderNo === null ||
    !(key.startsWith('payment:') || key.startsWith('refund:') || key.startsWith('ours:'))
  )
    return { kind: 'other' };
  const order = await findOrder(orderNo);
  if (refundNo !== null)
    return order && key.startsWith('refund:') ? { kind: 'refund', order, refundNo } : { kind: 'other' };
  if (type === 'shortage')
    return order && isReversible(order) ? missing(world, difference, order) : { kind: 'other' };
  if (!order) return nobodys(world, difference, orderNo);
  if (receivedFen(order) === 0) return { kind: 'unheard', order };
  if (order.state === 'quarantined' && !order.foundBy && !isOver(order)) return { kind: 'aside', order };
  return { kind: 'other' };
}

/** @throws AppError NOT_FOUND, WeChatPayError */
export async function gatewayOf(world: World, { merchantId }: DifferenceRecord): Promise<WeChatPay> {
  const merchant = await findMerchant(merchantId);
  if (!merchant) throw new AppError('NOT_FOUND');
  return world.pay.merchantGateway(merchant.mchid);
}

/** The payment as WeChat tells of it now; null when it is not paid there, or is another one than the bill's. */
export async function paymentAtWeChat(
  world: World,
  difference: DifferenceRecord,
  orderNo: string,
): Promise<PaidTransaction | null> {
  const answer = await (await gatewayOf(world, difference)).queryOrder(orderNo);
  if (answer.state !== 'SUCCESS' && answer.state !== 'REFUND') return null;
  return difference.wechatNo === null || answer.transactionId === difference.wechatNo ? answer : null;
}

async function nobodys(world: World, difference: DifferenceRecord, orderNo: string): Promise<Situation> {
  const paid = await asked(() => paymentAtWeChat(world, difference, orderNo));
  if (!paid) return { kind: 'other' };
  const attached = readAttach(paid.attach);
  const isPaidAgain = attached !== null && (await paidBookings([attached.bookingId])).size > 0;
  return { kind: 'nobodys', paid, isOurs: attached !== null, isPaidAgain };
}

async function missing(world: World, difference: DifferenceRecord, order: Order): Promise<Situation> {
  const paid = await asked(() => paymentAtWeChat(world, difference, order._id));
  return paid ? { kind: 'there' } : { kind: 'missing', order };
}

async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof WeChatPayError) throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
    throw cause;
  }
}
