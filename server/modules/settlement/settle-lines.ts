import { findOrders } from '../payments/find-order';
import type { Order, Refund } from '../payments/model';
import { receivedFen, refundedFen } from '../payments/totals';
import { type LineState, type RefundLine, RefundLines } from './line-model';

const PIECE = 500;
/** Failed ones first: those that fail now are not counted twice. */
const OPEN = ['failed', 'cancelled'] as const;

/** The refund of a batch's line: the latest, should WeChat have closed an earlier one. */
export const batchRefund = (order: Order | null | undefined): Refund | undefined =>
  order?.refunds.filter(({ cause }) => cause === 'booking:not_collected').at(-1);

/**
 * Takes over from the orders what became of the refunds, in pieces: memory stays flat however large the batch is. A line
 * that has failed may yet succeed, once somebody has helped its refund along.
 */
export async function settleLines(batchId: string): Promise<{ onTheirWay: number; failed: number }> {
  const count = { onTheirWay: 0, failed: 0 };
  for await (const piece of pieces(batchId)) {
    const orders = await findOrders(piece.map(({ orderNo }) => orderNo));
    const orderOf = new Map(orders.map((order) => [order._id, order]));
    const news = piece.map((item) => ({ item, ...fate(orderOf.get(item.orderNo)) }));
    count.onTheirWay += news.filter(({ state }) => state === 'cancelled').length;
    count.failed += news.filter(({ state }) => state === 'failed').length;
    const changed = news.filter(({ item, state, note }) => item.state !== state || item.note !== note);
    if (changed.length > 0) await RefundLines.bulkWrite(changed.map(write), { ordered: false });
  }
  return count;
}

function fate(order: Order | undefined): { state: LineState; note: string | null } {
  const refund = batchRefund(order);
  if (refund?.state === 'succeeded') return { state: 'refunded', note: null };
  if (refund?.state === 'abnormal' || refund?.state === 'closed')
    return { state: 'failed', note: refund.trouble };
  // Given back meanwhile by other means: nothing was left for the batch to send.
  if (order && !refund && receivedFen(order) === refundedFen(order))
    return { state: 'refunded', note: '已另行退款' };
  // On its way; should WeChat refuse it at the moment, that is said.
  return { state: 'cancelled', note: refund?.trouble ?? null };
}

const write = ({ item, state, note }: { item: RefundLine; state: LineState; note: string | null }) => ({
  updateOne: { filter: { _id: item._id, state: item.state }, update: { $set: { state, note } } },
});

async function* pieces(batchId: string): AsyncGenerator<RefundLine[]> {
  for (const state of OPEN) {
    let after = '';
    for (;;) {
      const piece = await RefundLines.find({ batchId, state, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(PIECE)
        .lean<RefundLine[]>();
      yield piece;
      if (piece.length < PIECE) break;
      after = piece.at(-1)?._id ?? '';
    }
  }
}
