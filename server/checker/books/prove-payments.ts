import type { Findings, Violation } from '../findings';
import { amountsOf } from '../money/amounts';
import type { Order } from '../reading/documents';
import { mergeJoin } from '../reading/merge-join';
import type { Records } from '../reading/records';
import type { TheirOrder, WeChatBooks } from '../reading/wechat-books';
import type { Rule } from '../rules';

export interface ExternalTotals {
  /** What WeChat keeps, fen. */
  fees: number;
  /** Known to WeChat and not yet here, fen. */
  inTransit: number;
}

/**
 * Every payment in WeChat's books against ours and every one of ours against theirs, walking both in the order of
 * their numbers. What looks wrong is read again, ours first: what we know must be known there by then.
 */
export async function provePayments(
  records: Records,
  books: WeChatBooks,
  settled: boolean,
  findings: Findings,
): Promise<ExternalTotals> {
  const total = { fees: 0, inTransit: 0 };
  const joined = mergeJoin(
    { stream: await books.ordersByNumber(), keyOf: ({ outTradeNo }) => outTradeNo },
    { stream: records.ordersByNumber(), keyOf: ({ id }) => id },
  );
  for await (const { key, left, right } of joined) {
    const [order = null] = right;
    if (order && !records.isInScope(order)) continue;
    const first = compare(key, order, left, settled);
    const judged =
      first.violations.length === 0 ? first : await compareNow(records, books, key, left, settled);
    total.fees += judged.fees;
    total.inTransit += judged.inTransit;
    for (const { transactionId, ...violation } of judged.violations) {
      // A payment of which we were told, and that nobody here knew, is told of as that.
      if (transactionId !== null && (await records.hasNoticeOf(transactionId))) continue;
      findings.add(violation);
    }
  }
  return total;
}

interface Compared extends ExternalTotals {
  /** With the transaction, where it is one that no record here has. */
  violations: (Violation & { transactionId: string | null })[];
}

async function compareNow(
  records: Records,
  books: WeChatBooks,
  outTradeNo: string,
  before: readonly TheirOrder[],
  settled: boolean,
): Promise<Compared> {
  const order = (await records.orders([outTradeNo])).get(outTradeNo) ?? null;
  const merchants = new Set(before.map(({ mchid }) => mchid));
  if (order && order.mchid !== '') merchants.add(order.mchid);
  const theirs: TheirOrder[] = [];
  for (const mchid of merchants) {
    const found = await books.order(mchid, outTradeNo);
    if (found) theirs.push(found);
  }
  return compare(outTradeNo, order, theirs, settled);
}

function compare(
  outTradeNo: string,
  order: Order | null,
  rows: readonly TheirOrder[],
  settled: boolean,
): Compared {
  const result: Compared = { violations: [], fees: 0, inTransit: 0 };
  const report = (rule: Rule, sentence: string, fen: number, transactionId: string | null = null) =>
    result.violations.push({ rule, subject: `order ${outTradeNo}`, sentence, fen, transactionId });

  for (const { mchid, payment } of rows) {
    result.fees += payment?.feeFen ?? 0;
    if (!payment || mchid === order?.mchid) continue;
    const { totalFen, transactionId } = payment;
    const whose = order ? `while it is of merchant ${order.mchid}` : 'which no record here has';
    report(
      'payment-unknown-here',
      `was paid ${totalFen} fen to merchant ${mchid} by transaction ${transactionId}, ${whose}`,
      totalFen,
      transactionId,
    );
  }
  if (!order) return result;
  const own = rows.find(({ mchid }) => mchid === order.mchid);
  const { received } = amountsOf(order);
  if (received > 0 && !own?.payment)
    report('payment-unknown-there', `received ${received} fen, of which WeChat knows nothing`, received);
  if (received === 0 && own?.payment) {
    const { totalFen } = own.payment;
    result.inTransit += totalFen;
    if (settled)
      report('unsettled', `is ${order.state} here, and ${totalFen} fen are paid at WeChat`, totalFen);
  }
  if (received > 0 && own?.payment) {
    const { totalFen, transactionId, payerTotalFen } = own.payment;
    if (totalFen !== received)
      report(
        'payment-differs',
        `received ${received} fen, by WeChat's books ${totalFen}`,
        totalFen - received,
      );
    if (transactionId !== order.transactionId)
      report(
        'payment-differs',
        `has transaction ${order.transactionId}, by WeChat's books ${transactionId}`,
        received,
      );
    if (payerTotalFen !== order.payerTotalFen)
      report(
        'payment-differs',
        `cost its payer ${order.payerTotalFen} fen, by WeChat's books ${payerTotalFen}`,
        0,
      );
  }
  for (const { refundNo, state, amountFen } of order.refunds) {
    // A refund may be on its way there only as long as nobody has heard WeChat's answer.
    if (state === 'requested' || own?.refundNos.includes(refundNo)) continue;
    report(
      'refund-unknown-there',
      `has refund ${refundNo} ${state}, of which WeChat knows nothing`,
      amountFen,
    );
  }
  return result;
}
