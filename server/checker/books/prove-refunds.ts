import type { Findings, Violation } from '../findings';
import type { Order, Refund } from '../reading/documents';
import { inPieces } from '../reading/merge-join';
import type { Records } from '../reading/records';
import type { TheirRefund, WeChatBooks } from '../reading/wechat-books';
import type { Rule } from '../rules';
import type { ExternalTotals } from './prove-payments';

const PIECE = 500;

/**
 * Every refund in WeChat's books against ours, page by page. The other direction, ours that WeChat does not know, is
 * proved with the payments, since each of their orders lists its refunds.
 */
export async function proveRefunds(
  records: Records,
  books: WeChatBooks,
  settled: boolean,
  findings: Findings,
): Promise<ExternalTotals> {
  const total = { fees: 0, inTransit: 0 };
  for (const mchid of await books.merchants()) {
    for await (const piece of inPieces(books.refunds(mchid), PIECE)) {
      const orders = await records.orders(piece.map(({ outTradeNo }) => outTradeNo));
      for (const theirs of piece) {
        const order = orders.get(theirs.outTradeNo) ?? null;
        if (order && !records.isInScope(order)) continue;
        const first = compare(theirs, order, settled);
        const { violations, inTransit } =
          first.violations.length === 0 ? first : await compareNow(records, books, theirs, settled);
        for (const violation of violations) findings.add(violation);
        total.inTransit += inTransit;
        if (theirs.status !== 'CLOSED') total.fees -= theirs.feeFen;
      }
    }
  }
  return total;
}

interface Compared {
  violations: Violation[];
  inTransit: number;
}

/** Ours first, so that theirs is the later of the two. */
async function compareNow(
  records: Records,
  books: WeChatBooks,
  before: TheirRefund,
  settled: boolean,
): Promise<Compared> {
  const order = (await records.orders([before.outTradeNo])).get(before.outTradeNo) ?? null;
  return compare((await books.refund(before.mchid, before.outRefundNo)) ?? before, order, settled);
}

function compare(theirs: TheirRefund, order: Order | null, settled: boolean): Compared {
  const violations: Violation[] = [];
  const report = (rule: Rule, sentence: string, fen: number) =>
    violations.push({ rule, subject: `refund ${theirs.outRefundNo}`, sentence, fen });
  const { mchid, outTradeNo, refundFen, refundId, status } = theirs;
  const ours = order?.refunds.find(({ refundNo }) => refundNo === theirs.outRefundNo);
  if (!order || !ours || order.mchid !== mchid) {
    report(
      'refund-unknown-here',
      `of ${refundFen} fen of order ${outTradeNo} is in WeChat's books only`,
      refundFen,
    );
    return { violations, inTransit: 0 };
  }
  if (ours.amountFen !== refundFen)
    report(
      'refund-differs',
      `is of ${ours.amountFen} fen, by WeChat's books ${refundFen}`,
      refundFen - ours.amountFen,
    );
  if (ours.refundId !== null && ours.refundId !== refundId)
    report('refund-differs', `has refund id ${ours.refundId}, by WeChat's books ${refundId}`, refundFen);
  if (!MAY_BE_THERE[ours.state].includes(status))
    report('refund-differs', `is ${ours.state}, by WeChat's books ${status}`, refundFen);
  // The money of a refund that is requested or accepted here is in transit by our own books already.
  const isNews = ours.state === 'abnormal' && status !== 'ABNORMAL';
  if (isNews && settled) report('unsettled', `is abnormal here, by WeChat's books ${status}`, refundFen);
  return { violations, inTransit: isNews ? refundFen : 0 };
}

/** What WeChat may have, given what we know: news travel from there to here, never the other way. */
const MAY_BE_THERE: Readonly<Record<Refund['state'], readonly TheirRefund['status'][]>> = {
  requested: ['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED'],
  accepted: ['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED'],
  // The office may have given WeChat another account.
  abnormal: ['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED'],
  succeeded: ['SUCCESS'],
  closed: ['CLOSED'],
};
