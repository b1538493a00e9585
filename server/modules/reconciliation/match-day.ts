import { addDays, atShanghai } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { ahead } from '../../platform/ahead';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type LocalMovement, movementsBetween, movementsOf, paidBookings } from '../payments/money-of-day';
import { readRows } from './bill-store';
import { type BucketSpan, bucketSpans, type Codec, packByBucket, unpackRows } from './buckets';
import type { Side } from './chunk-model';
import { flowCodec, movementCodec, tradeCodec } from './codecs';
import type { Difference } from './difference';
import { importsAround } from './find-day';
import { type DayPart, type Elsewhere, matchPart } from './match-part';
import { type BillDay, BillDays, type OurTotals } from './model';
import { carriedKeys, countUnsettled, recordDifferences } from './record-differences';
import { openSpill, type Spill } from './spill';

/** Looked up in one query. */
const NUMBERS_A_QUERY = 1_000;

/**
 * Matches an imported day with our records, both ways, part by part. May be repeated at any time: what agrees now
 * settles, what does not is told.
 *
 * @param held by `holdDay`
 * @returns the day, let go, `matched` or with `differences`
 * @throws AppError DAY_BUSY when someone else has changed it meanwhile
 */
export async function matchDay(world: World, by: string, held: BillDay): Promise<BillDay> {
  if (held.importId === null) throw new AppError('DAY_NOT_MATCHED');
  const record = await changeDay(world, by, held, { state: 'matching' }, 'bill.match');
  const ours = await findDifferences(record, (span, found) => recordDifferences(world, record, span, found));
  const differences = await countUnsettled(record);
  const state = differences > 0 ? 'differences' : 'matched';
  const facts = { state, ours, differences, trouble: null, busyUntil: null } as const;
  return changeDay(world, by, record, facts, 'bill.matched');
}

/**
 * What a closed day carried over midnight, looked at again now that the bills beside it are in: gone, or somebody's
 * business after all. Of the day itself nothing changes.
 */
export async function lookAtCarried(world: World, day: BillDay): Promise<void> {
  const carried = await carriedKeys(day);
  await findDifferences(day, (span, found) =>
    recordDifferences(
      world,
      day,
      span,
      found.filter(({ key }) => carried.has(key)),
      carried,
    ),
  );
}

/** @returns our totals of the day */
async function findDifferences(
  record: BillDay,
  take: (span: BucketSpan, found: Difference[]) => Promise<void>,
): Promise<OurTotals> {
  const importId = record.importId ?? '';
  const spill = await openSpill();
  try {
    const ours = await putOursAside(record, spill);
    const around = await importsAround(record);
    const rows = (record.theirs?.rows ?? 0) + (record.moved?.rows ?? 0) + ours.payments + ours.refunds;
    for await (const { span, part } of ahead(partsOf(importId, spill, bucketSpans(rows)))) {
      await take(span, await matchPart(record.day, part, lookElsewhere(record, span, around)));
    }
    return ours;
  } finally {
    await spill.close();
  }
}

async function* partsOf(
  importId: string,
  spill: Spill,
  spans: readonly BucketSpan[],
): AsyncGenerator<{ span: BucketSpan; part: DayPart }> {
  for (const span of spans) {
    const part = {
      trade: await all(readRows([importId], 'trade', span, tradeCodec)),
      flows: await all(readRows([importId], 'flow', span, flowCodec)),
      ours: await all(unspilled(spill, span)),
    };
    yield { span, part };
  }
}

async function changeDay(
  world: World,
  by: string,
  { _id, version }: BillDay,
  facts: Partial<BillDay>,
  verb: string,
): Promise<BillDay> {
  const { differences } = facts;
  const told = differences === undefined ? {} : { differences };
  const changed = await changeRecord(
    BillDays,
    { _id, version },
    { $set: facts },
    line(world, by, verb, told),
  );
  if (!changed) throw new AppError('DAY_BUSY');
  return changed;
}

async function putOursAside({ mchid, day }: BillDay, spill: Spill): Promise<OurTotals> {
  const ours: OurTotals = { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 };
  const movements = movementsBetween(mchid, atShanghai(day), atShanghai(addDays(day, 1)));
  for await (const pack of packByBucket(counted(ahead(movements), ours), keyOf, movementCodec))
    await spill.add(pack);
  return ours;
}

async function* counted(batches: AsyncIterable<LocalMovement[]>, totals: OurTotals) {
  for await (const batch of batches) {
    for (const { kind, fen } of batch) {
      if (kind === 'payment') {
        totals.payments += 1;
        totals.paidFen += fen;
      } else {
        totals.refunds += 1;
        totals.refundedFen += fen;
      }
    }
    yield batch;
  }
}

const keyOf = ({ wechatNo, refundNo, orderNo }: LocalMovement) => wechatNo ?? refundNo ?? orderNo;

async function* unspilled(spill: Spill, span: BucketSpan): AsyncGenerator<LocalMovement[]> {
  for await (const bytes of spill.read(span)) yield await unpackRows(bytes, movementCodec);
}

/** The same span of other days' bills holds the same numbers. */
function lookElsewhere(
  { mchid, day }: BillDay,
  span: BucketSpan,
  around: ReadonlyMap<string, string>,
): Elsewhere {
  const find = async <Row extends { wechatNo: string }, Packed>(
    importIds: readonly string[],
    side: Side,
    codec: Codec<Row, Packed>,
    wechatNos: readonly string[],
  ) => {
    const wanted = new Set(wechatNos);
    return all(onlyOf(readRows(importIds, side, span, codec), wanted));
  };
  const beside = [addDays(day, -1), addDays(day, 1)].flatMap((other) => around.get(other) ?? []);
  return {
    ours: async (orderNos) => all(movementsInBatches(mchid, orderNos)),
    paidBookings: (bookingIds) => paidInBatches(bookingIds),
    trade: (wechatNos) => find([...around.values()], 'trade', tradeCodec, wechatNos),
    flows: (wechatNos) => find(beside, 'flow', flowCodec, wechatNos),
    isImported: (other) => around.has(other),
  };
}

async function* onlyOf<Row extends { wechatNo: string }>(
  batches: AsyncIterable<Row[]>,
  wanted: ReadonlySet<string>,
): AsyncGenerator<Row[]> {
  for await (const rows of batches) yield rows.filter(({ wechatNo }) => wanted.has(wechatNo));
}

async function paidInBatches(bookingIds: readonly string[]): Promise<ReadonlySet<string>> {
  const paid = new Set<string>();
  for (let from = 0; from < bookingIds.length; from += NUMBERS_A_QUERY)
    for (const id of await paidBookings(bookingIds.slice(from, from + NUMBERS_A_QUERY))) paid.add(id);
  return paid;
}

async function* movementsInBatches(
  mchid: string,
  orderNos: readonly string[],
): AsyncGenerator<LocalMovement[]> {
  for (let from = 0; from < orderNos.length; from += NUMBERS_A_QUERY) {
    yield await movementsOf(mchid, orderNos.slice(from, from + NUMBERS_A_QUERY));
  }
}

async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const batch of batches) for (const item of batch) items.push(item);
  return items;
}
