import { addDays, daysBetween } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import type { World } from '../../world';
import type { Merchant } from '../campaigns/merchant-model';
import { billFiles } from '../reconciliation/bill-files';
import { noTrade, readTradeBill } from '../reconciliation/trade-bill';
import { askTruth } from './ask-truth';
import { catchUpOrder } from './catch-up-order';
import { findOrder, unfinishedOrders } from './find-order';
import { listUnattributed, orphansOf, resolveFound } from './orphans';
import { learnFromQuery } from './query-order';
import { rowsByOrder, type TracedOrder, type TracedRow } from './rows-by-order';

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
  const rows = tracedRows(pay, merchant.mchid, span, recovery.days);
  for await (const orders of rowsByOrder(rows))
    for (const order of orders) await recoverOrder(world, pay, order, recovery);
  for await (const order of unfinishedOrders(merchant.mchid)) {
    recovery.asked += 1;
    await learnFromQuery(world, order, pay);
  }
  return recovery;
}

/** All that bills and orphaned notifications name, the bills first: they tell when a refund was accepted. */
async function* tracedRows(
  pay: WeChatPay,
  mchid: string,
  span: { from: string; to: string },
  days: Recovery['days'],
): AsyncGenerator<TracedRow[]> {
  for (let offset = 0; offset <= daysBetween(span.from, span.to); offset += 1) {
    const read: Recovery['days'][number] = { day: addDays(span.from, offset), bill: 'none', rows: 0 };
    days.push(read);
    yield* rowsOfDay(pay, mchid, read);
  }
  const orphans = await orphansOf(mchid);
  yield orphans.map(({ outTradeNo, outRefundNo }) => ({
    orderNo: outTradeNo,
    refundNo: outRefundNo,
    at: null,
  }));
}

/** @param read is told what the day's bill was like */
async function* rowsOfDay(
  pay: WeChatPay,
  mchid: string,
  read: Recovery['days'][number],
): AsyncGenerator<TracedRow[]> {
  const files = billFiles(pay, read.day);
  try {
    const bill = await files.trade();
    if (bill.status === 'none') return;
    read.bill = 'read';
    const totals = noTrade();
    for await (const rows of readTradeBill(bill.content, { mchid, day: read.day }, totals))
      yield rows.map(({ orderNo, refundNo, at }) => ({
        orderNo,
        refundNo,
        at: refundNo === null ? null : at,
      }));
    read.rows = totals.rows;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'BILL_NOT_READY')) throw error;
    read.bill = 'not_ready';
  } finally {
    files.close();
  }
}

async function recoverOrder(
  world: World,
  pay: WeChatPay,
  { orderNo, refundNos }: TracedOrder,
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
