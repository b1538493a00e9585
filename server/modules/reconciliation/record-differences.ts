import { SYSTEM } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type BucketSpan, bucketOf } from './buckets';
import type { Difference } from './difference';
import { type DifferenceRecord, Differences, type Resolution, UNSETTLED } from './difference-model';
import type { BillDay } from './model';

/**
 * Brings the work list of a day up to what a match has just found in a span of buckets: new ones are added, changed
 * ones told anew, and those that are gone settle by themselves. Doing it again changes nothing, so a crash in the
 * middle is repaired by the next match.
 *
 * @param only the keys that may change
 */
export async function recordDifferences(
  world: World,
  day: BillDay,
  { from, to }: BucketSpan,
  found: readonly Difference[],
  only?: ReadonlySet<string>,
): Promise<void> {
  const span = { merchantId: day.merchantId, day: day.day, bucket: { $gte: from, $lt: to } };
  const recorded = await Differences.find(span).lean<DifferenceRecord[]>();
  const known = only ? recorded.filter(({ key }) => only.has(key)) : recorded;
  const byKey = new Map(known.map((record) => [record.key, record]));
  const added: Difference[] = [];
  for (const difference of found) {
    const record = byKey.get(difference.key);
    if (!record) added.push(difference);
    else if (isNews(record, difference)) await tellAnew(world, day, record, difference);
    byKey.delete(difference.key);
  }
  for (const record of byKey.values()) {
    // What is being carried out may be why it is gone; it settles with its own result.
    if (record.status !== 'settled' && record.status !== 'working') await clear(world, record);
  }
  await insert(world, day, added);
}

export const countUnsettled = ({ merchantId, day }: BillDay): Promise<number> =>
  Differences.countDocuments({ merchantId, day, status: { $in: UNSETTLED } });

/** Of what was signed off as waiting for the day beside. */
export async function carriedKeys({ merchantId, day }: BillDay): Promise<ReadonlySet<string>> {
  const carried = await Differences.find({ merchantId, day, status: 'carried' }, { key: 1 }).lean<
    Pick<DifferenceRecord, 'key'>[]
  >();
  return new Set(carried.map(({ key }) => key));
}

/** What keeps a day from being closed: what waits for the bill of the day beside is carried over. */
export const countBlocking = ({ merchantId, day }: BillDay): Promise<number> =>
  Differences.countDocuments({
    merchantId,
    day,
    status: { $in: ['open', 'to_review', 'working'] },
    type: { $ne: 'cross_day' },
  });

/** What people have settled stays settled, unless the facts are others now. */
function isNews(record: DifferenceRecord, found: Difference): boolean {
  if (record.status === 'working') return false;
  if (record.status === 'settled' && record.clearedAt !== null) return true;
  return FACTS.some((fact) => (record[fact] ?? null) !== found[fact]);
}

const FACTS = [
  'type',
  'orderNo',
  'refundNo',
  'bookingId',
  'wechatNo',
  'oursFen',
  'theirsFen',
  'explanation',
] as const;

/** A proposal was about other facts; what was carried over midnight is somebody's business again unless it still waits. */
async function tellAnew(
  world: World,
  { state }: BillDay,
  record: DifferenceRecord,
  found: Difference,
): Promise<void> {
  const isReopened = record.status === 'settled';
  const status = state === 'closed' && found.type === 'cross_day' ? ('carried' as const) : ('open' as const);
  await changeRecord(
    Differences,
    { _id: record._id, version: record.version },
    { $set: { ...found, status, clearedAt: null, proposal: null, approvedBy: null, resolution: null } },
    line(world, SYSTEM, isReopened ? 'difference.reopen' : 'difference.change', {
      type: found.type,
      before: record.type,
    }),
  );
}

async function clear(world: World, record: DifferenceRecord): Promise<void> {
  const at = world.clock.now();
  await changeRecord(
    Differences,
    { _id: record._id, version: record.version },
    { $set: { status: 'settled', clearedAt: at, proposal: null, resolution: byItself(record, at) } },
    line(world, SYSTEM, 'difference.clear', { type: record.type }),
  );
}

const byItself = ({ type }: DifferenceRecord, at: Date): Resolution => ({
  repair: null,
  note: null,
  evidence: null,
  by: null,
  approvedBy: null,
  at,
  result: type === 'cross_day' ? '相邻一天的账单里有了对方，自动销账' : '再次核对时两边已经一致，自动销账',
});

async function insert(world: World, day: BillDay, added: readonly Difference[]): Promise<void> {
  if (added.length === 0) return;
  const records = added.map(
    (difference): DifferenceRecord => ({
      ...newRecord(
        `${day._id}:${difference.key}`,
        line(world, SYSTEM, 'difference.find', { type: difference.type }),
      ),
      ...difference,
      schoolId: day.schoolId,
      merchantId: day.merchantId,
      day: day.day,
      bucket: bucketOf(difference.wechatNo ?? difference.refundNo ?? difference.orderNo ?? ''),
      status: 'open',
      owner: null,
      proposal: null,
      approvedBy: null,
      resolution: null,
      trouble: null,
      clearedAt: null,
    }),
  );
  try {
    await Differences.insertMany(records, { lean: true, ordered: false });
  } catch (error) {
    // Another match of the same day at the same time has found it too.
    if (!duplicateKey(error)) throw error;
  }
}
