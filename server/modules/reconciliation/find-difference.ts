import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { type DifferenceRecord, type DifferenceState, Differences, UNSETTLED } from './difference-model';

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

interface Wanted {
  show: DifferenceState | 'unsettled';
  type?: DifferenceRecord['type'] | undefined;
  ownerId?: string | undefined;
  after?: string | undefined;
  limit: number;
}

/** A page of the work list of all days: what is settled newest first, everything else oldest first. */
export async function workList(
  merchantId: string,
  { show, type, ownerId, after, limit }: Wanted,
): Promise<{ found: DifferenceRecord[]; next: string | null }> {
  const isDone = show === 'settled';
  // Ids begin with the merchant and the day: their order is that of the days.
  const found = await Differences.find({
    merchantId,
    status: show === 'unsettled' ? { $in: UNSETTLED } : show,
    ...(type && { type }),
    ...(ownerId && { 'owner.userId': ownerId }),
    ...(after && { _id: isDone ? { $lt: after } : { $gt: after } }),
  })
    .sort({ _id: isDone ? -1 : 1 })
    .limit(limit + 1)
    .lean<DifferenceRecord[]>();
  const page = found.slice(0, limit);
  return { found: page, next: found.length > limit ? (page.at(-1)?._id ?? null) : null };
}

/** Of all days. */
export async function countByState(merchantId: string): Promise<Record<DifferenceState, number>> {
  const rows = await Differences.aggregate<{ _id: DifferenceState; count: number }>([
    { $match: { merchantId } },
    { $group: { _id: '$status', count: { $sum: 1 } } },
  ]);
  const of = (state: DifferenceState) => rows.find(({ _id }) => _id === state)?.count ?? 0;
  return {
    open: of('open'),
    to_review: of('to_review'),
    working: of('working'),
    carried: of('carried'),
    settled: of('settled'),
  };
}
