import type { RefundBatchView } from '../../../shared/contract/settlement';
import { type LineState, RefundLines } from './line-model';
import type { RefundBatch } from './model';

/** With the progress of its lines. */
export async function presentBatch(batch: RefundBatch): Promise<RefundBatchView> {
  const rows = await RefundLines.aggregate<{ _id: LineState; count: number; fen: number }>([
    { $match: { batchId: batch._id } },
    { $group: { _id: '$state', count: { $sum: 1 }, fen: { $sum: '$amountFen' } } },
  ]);
  const of = (state: LineState) => rows.find(({ _id }) => _id === state) ?? { count: 0, fen: 0 };
  return {
    id: batch._id,
    campaignId: batch.campaignId,
    state: batch.state,
    submittedBy: batch.submittedBy.name,
    submittedAt: batch.submittedAt.toISOString(),
    decidedBy: batch.decidedBy?.name ?? null,
    decidedAt: batch.decidedAt?.toISOString() ?? null,
    lines: {
      total: batch.lineCount,
      waiting: of('waiting').count,
      cancelled: of('cancelled').count,
      refunded: of('refunded').count,
      skipped: of('skipped').count,
      failed: of('failed').count,
    },
    amountFen: batch.amountFen,
    refundedFen: of('refunded').fen,
    stoppedBecause: batch.stoppedBecause,
    version: batch.version,
  };
}
