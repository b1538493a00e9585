import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { type RefundBatch, RefundBatches } from './model';

/** @throws AppError NOT_FOUND, also for another school's */
export async function findOwnBatch(by: Pick<UserActor, 'schoolId'>, id: string): Promise<RefundBatch> {
  const batch = await RefundBatches.findOne({ _id: id, schoolId: by.schoolId }).lean<RefundBatch>();
  if (!batch) throw new AppError('NOT_FOUND');
  return batch;
}

export const batchesOf = (campaignId: string): Promise<RefundBatch[]> =>
  RefundBatches.find({ campaignId }).sort({ submittedAt: -1 }).limit(100).lean<RefundBatch[]>();
