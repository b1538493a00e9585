import { SYSTEM } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type BucketSpan, bucketOf } from './buckets';
import type { Difference } from './difference';
import { type DifferenceRecord, Differences, UNSETTLED } from './difference-model';
import type { BillDay } from './model';

/**
 * Brings the work list of a day up to what a match has just found in a span of buckets: new ones are added, changed
 * ones told anew, and those that are gone settle by themselves. Doing it again changes nothing, so a crash in the
 * middle is repaired by the next match.
 */
export async function recordDifferences(
  world: World,
  day: BillDay,
  { from, to }: BucketSpan,
  found: readonly Difference[],
): Promise<void> {
  const span = { merchantId: day.merchantId, day: day.day, bucket: { $gte: from, $lt: to } };
  const known = await Differences.find(span).lean<DifferenceRecord[]>();
  const byKey = new Map(known.map((record) => [record.key, record]));
  const added: Difference[] = [];
  for (const difference of found) {
    const record = byKey.get(difference.key);
    if (!record) added.push(difference);
    else if (isNews(record, difference)) await tellAnew(world, record, difference);
    byKey.delete(difference.key);
  }
  for (const record of byKey.values()) {
    if (record.status !== 'settled') await clear(world, record);
  }
  await insert(world, day, added);
}

export const countUnsettled = ({ merchantId, day }: BillDay): Promise<number> =>
  Differences.countDocuments({ merchantId, day, status: { $in: UNSETTLED } });

/** What people have settled stays settled, unless the facts are others now. */
function isNews(record: DifferenceRecord, found: Difference): boolean {
  if (record.status === 'settled' && record.clearedAt !== null) return true;
  return FACTS.some((fact) => record[fact] !== found[fact]);
}

const FACTS = ['type', 'orderNo', 'refundNo', 'wechatNo', 'oursFen', 'theirsFen', 'explanation'] as const;

async function tellAnew(world: World, record: DifferenceRecord, found: Difference): Promise<void> {
  const isReopened = record.status === 'settled';
  await changeRecord(
    Differences,
    { _id: record._id, version: record.version },
    { $set: { ...found, clearedAt: null, ...(isReopened ? { status: 'open' } : {}) } },
    line(world, SYSTEM, isReopened ? 'difference.reopen' : 'difference.change', {
      type: found.type,
      before: record.type,
    }),
  );
}

async function clear(world: World, record: DifferenceRecord): Promise<void> {
  await changeRecord(
    Differences,
    { _id: record._id, version: record.version },
    { $set: { status: 'settled', clearedAt: world.clock.now() } },
    line(world, SYSTEM, 'difference.clear', { type: record.type }),
  );
}

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
