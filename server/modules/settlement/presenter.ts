import type { PhoneToWaitFor, RefundBatchView } from '../../../shared/contract/settlement';
import type { Device } from '../accounts/device-model';
import { type LineState, RefundLines } from './line-model';
import type { RefundBatch } from './model';

/** How many lines of a batch stand in each state, and their money. */
export async function countLines(
  batchId: string,
): Promise<Record<LineState, { count: number; fen: number }>> {
  const rows = await RefundLines.aggregate<{ _id: LineState; count: number; fen: number }>([
    { $match: { batchId } },
    { $group: { _id: '$state', count: { $sum: 1 }, fen: { $sum: '$amountFen' } } },
  ]);
  const of = (state: LineState) => {
    const { count = 0, fen = 0 } = rows.find(({ _id }) => _id === state) ?? {};
    return { count, fen };
  };
  return {
    waiting: of('waiting'),
    excluded: of('excluded'),
    cancelled: of('cancelled'),
    refunded: of('refunded'),
    skipped: of('skipped'),
    failed: of('failed'),
  };
}

/** With the progress of its lines. */
export async function presentBatch(batch: RefundBatch): Promise<RefundBatchView> {
  const counted = await countLines(batch._id);
  const count = (state: LineState) => counted[state].count;
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
      waiting: count('waiting'),
      excluded: count('excluded'),
      cancelled: count('cancelled'),
      refunded: count('refunded'),
      skipped: count('skipped'),
      failed: count('failed'),
    },
    amountFen: batch.amountFen,
    refundedFen: counted.refunded.fen,
    note: batch.note,
    stoppedBecause: batch.stoppedBecause,
    version: batch.version,
  };
}

/** @param closedAt when the collection ended: what the phone said before is no news of what it kept since */
export const presentPhone = (
  { _id, label, lastSeenAt, report }: Device,
  closedAt: Date | null,
): PhoneToWaitFor => ({
  id: _id,
  label,
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
  pending: report && (closedAt === null || report.at >= closedAt) ? report.pending : null,
});
