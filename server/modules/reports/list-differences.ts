import type { DifferenceLine } from '../../../shared/contract/reports';
import type { DifferenceRecord } from '../reconciliation/difference-model';
import { differencePage } from '../reconciliation/report-days';
import { type Asked, refuseSpan } from './asked';

/** A page of differences with how each was settled, the oldest first. @throws AppError BAD_REQUEST */
export async function listDifferences(
  asked: Pick<Asked, 'merchant' | 'from' | 'to'>,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ lines: DifferenceLine[]; next: string | null }> {
  refuseSpan(asked);
  const found = await differencePage(asked.merchant._id, asked, { after, limit: limit + 1 });
  const lines = found.slice(0, limit).map(present);
  return { lines, next: found.length > limit ? (lines.at(-1)?.id ?? null) : null };
}

const present = (record: DifferenceRecord): DifferenceLine => ({
  id: record._id,
  day: record.day,
  type: record.type,
  status: record.status,
  orderNo: record.orderNo,
  refundNo: record.refundNo,
  transactionId: record.wechatNo,
  oursFen: record.oursFen,
  theirsFen: record.theirsFen,
  explanation: record.explanation,
  owner: record.owner?.name ?? null,
  repair: record.resolution?.repair ?? record.proposal?.repair ?? null,
  by: record.resolution?.by?.name ?? record.proposal?.by.name ?? null,
  approvedBy: record.resolution?.approvedBy?.name ?? null,
  settledAt: record.resolution?.at.toISOString() ?? record.clearedAt?.toISOString() ?? null,
  result: record.resolution?.result ?? record.trouble,
});
