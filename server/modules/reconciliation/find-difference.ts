import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { type DifferenceRecord, Differences, UNSETTLED } from './difference-model';

/** As many as a screen can show; whoever has more begins with the oldest. */
const MOST = 2_000;

export const findDifference = (id: string): Promise<DifferenceRecord | null> =>
  Differences.findById(id).lean<DifferenceRecord>();

/** @throws AppError NOT_FOUND, also for another school's */
export async function findOwnDifference(
  by: Pick<UserActor, 'schoolId'>,
  id: string,
): Promise<DifferenceRecord> {
  const found = await findDifference(id);
  if (found?.schoolId !== by.schoolId) throw new AppError('NOT_FOUND');
  return found;
}

export const differencesOf = (merchantId: string, day: string): Promise<DifferenceRecord[]> =>
  Differences.find({ merchantId, day }).sort({ _id: 1 }).limit(MOST).lean<DifferenceRecord[]>();

/** Of all days, the oldest first. */
export const unsettledDifferences = (merchantId: string): Promise<DifferenceRecord[]> =>
  Differences.find({ merchantId, status: { $in: UNSETTLED } })
    .sort({ day: 1, _id: 1 })
    .limit(MOST)
    .lean<DifferenceRecord[]>();
