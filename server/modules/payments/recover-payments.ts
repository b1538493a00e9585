import { addDays, daysBetween } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import type { World } from '../../world';
import type { Merchant } from '../campaigns/merchant-model';
import { billFiles } from '../reconciliation/bill-files';
import { noTrade, readTradeBill } from '../reconciliation/trade-bill';
import { askTruth, type RefundNumbers } from './ask-truth';
import { catchUpOrder } from './catch-up-order';
import { findOrder, unfinishedOrders } from './find-order';
import { listUnattributed, orphansOf, resolveFound } from './orphans';
import { learnFromQuery } from './query-order';

export interface Recovery {
  mchid: string;
  /** What each day's bill was like. */
  days: { day: string; bill: 'read' | 'none' | 'not_ready'; rows: number }[];
  known: number;
  recovered: number;
  /** Orders here that nobody had paid yet, asked about one by one. */
  asked: number;
  /** Paid to us, and nobody here is named by it, or it is not the payment that we have: they stand among the notifications that a person must resolve. */
  unattributed: string[];
  /** Refunded at WeChat by a refund whose number is in a bill that is not made yet: nothing was changed. */
  waiting: string[];
}

/**
 * Rebuilds what a merchant's records have forgotten from what WeChat knows: the trade bills of some days, the
 * notifications that belonged to nothing, and queries for every order that is open here. For after a backup was
 * restored, before the service starts again. May be repeated; ends with a list of what it could not explain.
 *
 * @throws AppError BILL_REFUSED, UPSTREAM_UNAVAILABLE · WeChatPayError
 */
export async function recoverPayments(
  world: World,
  merchant: Merchant,
  span: { from: string; to: string },
): Promise<Recovery> {
  const pay = await world.pay.merchantGateway(merchant.mchid);
  const recovery: Recovery = {
    mchid: merchant.mchid,
    days: [],
    known: 0,
    recovered: 0,
    asked: 0,
    unattributed: [],
    waiting: [],
  };
  const orders = new Map<string, Map<string, Date | null>>();
  for (let offset = 0; offset <= daysBetween(span.from, span.to); offset += 1)
    recovery.days.push(await readDay(pay, merchant.mchid, addDays(span.from, offset), orders));
  for (const { outTradeNo, outRefundNo } of await orphansOf(merchant.mchid)) {
    const refunds = refundsOf(orders, outTradeNo);
    if (outRefundNo && !refunds.has(outRefundNo)) refunds.set(outRefundNo, null);
  }
  for (const [orderNo, refundNos] of orders) await recoverOrder(world, pay, { orderNo, refundNos }, recovery);
  for (const order of await unfinishedOrders(merchant.mchid)) {
    recovery.asked += 1;
    await learnFromQuery(world, order, pay);
  }
  return recovery;
}

async function readDay(
  pay: WeChatPay,
  mchid: string,
  day: string,
  orders: Map<string, Map<string, Date | null>>,
): Promise<Recovery['days'][number]> {
  const files = billFiles(pay, day);
  try {
    const bill = await files.trade();
    if (bill.status === 'none') return { day, bill: 'none', rows: 0 };
    // Nothing counts before the whole file has proved sound.
    const totals = noTrade();
    const found: { orderNo: string; refundNo: string | null; at: Date }[] = [];
    for await (const rows of readTradeBill(bill.content, { mchid, day }, totals)) found.push(...rows);
    for (const { orderNo, refundNo, at } of found) {
      const refunds = refundsOf(orders, orderNo);
      if (refundNo) refunds.set(refundNo, at);
    }
    return { day, bill: 'read', rows: totals.rows };
  } catch (error) {
    if (error instanceof AppError && error.code === 'BILL_NOT_READY')
      return { day, bill: 'not_ready', rows: 0 };
    throw error;
  } finally {
    files.close();
  }
}

function refundsOf(orders: Map<string, Map<string, Date | null>>, orderNo: string): Map<string, Date | null> {
  const known = orders.get(orderNo) ?? new Map<string, Date | null>();
  orders.set(orderNo, known);
  return known;
}

async function recoverOrder(
  world: World,
  pay: WeChatPay,
  { orderNo, refundNos }: { orderNo: string; refundNos: RefundNumbers },
  recovery: Recovery,
): Promise<void> {
  const truth = await askTruth(pay, orderNo, refundNos);
  if (!truth) return;
  const { paid, refunds } = truth;
  if (paid.state === 'REFUND' && refunds.length === 0) {
    recovery.waiting.push(orderNo);
    return;
  }
  const outcome = await catchUpOrder(world, truth);
  if (outcome === 'unattributed' || outcome === 'another_transaction') {
    await listUnattributed(world, paid, outcome === 'unattributed' ? 'unknown' : outcome);
    recovery.unattributed.push(orderNo);
    return;
  }
  const order = await findOrder(orderNo);
  if (order) await resolveFound(world, order);
  recovery[outcome] += 1;
}
