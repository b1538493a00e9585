import type { DifferenceView } from '../../../shared/contract/reconciliation';
import type { DifferenceRecord, DifferenceState } from './difference-model';

export const STATE_NAMES: Readonly<Record<DifferenceState, string>> = {
  open: '待处理',
  to_review: '待复核',
  working: '执行中',
  carried: '已结转',
  settled: '已平账',
};

export const presentDifference = (reader: { userId: string }, record: DifferenceRecord): DifferenceView => {
  const { owner = null, proposal = null, resolution = null } = record;
  return {
    id: record._id,
    merchantId: record.merchantId,
    day: record.day,
    type: record.type,
    status: record.status,
    orderNo: record.orderNo,
    refundNo: record.refundNo,
    transactionId: record.wechatNo,
    oursFen: record.oursFen,
    theirsFen: record.theirsFen,
    explanation: record.explanation,
    owner: owner && { name: owner.name, mine: owner.userId === reader.userId },
    proposal: proposal && {
      repair: proposal.repair,
      note: proposal.note,
      evidence: proposal.evidence,
      by: proposal.by.name,
      mine: proposal.by.userId === reader.userId,
      at: proposal.at.toISOString(),
    },
    resolution: resolution && {
      repair: resolution.repair,
      note: resolution.note,
      evidence: resolution.evidence,
      by: resolution.by?.name ?? null,
      approvedBy: resolution.approvedBy?.name ?? null,
      at: resolution.at.toISOString(),
      result: resolution.result,
    },
    trouble: record.trouble ?? null,
    version: record.version,
  };
};
