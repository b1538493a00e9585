import { addDays, addMinutes, atShanghai, daysBetween, shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { SYSTEM } from '../../http/actor';
import type { World } from '../../world';
import type { Merchant } from '../campaigns/merchant-model';
import { allMerchants, countMerchants, findMerchant } from '../campaigns/merchants';
import { anyMovement } from '../payments/money-of-day';
import { fetchBills, KEPT_DAYS, READY_AT } from './fetch-bills';
import { doubtfulDays } from './find-day';
import { type BillDay, BillDays } from './model';
import { type BillProgress, BillProgresses } from './progress-model';

/** WeChat asks to come back for a bill in the making after half an hour. */
const AGAIN_AFTER_MINUTES = 30;
/** Longer than a merchant's days take; then whoever began is taken for dead. */
const LEASE_MINUTES = 30;
const MERCHANTS_A_RUN = 20;
/** Callbacks are repeated for a day: a payment may become known after the bills of its day were due. */
const LATE_DAYS = 2;

/**
 * Fetches the bills of every past day on which a merchant's money moved, once WeChat has them. For a sweep: two counts
 * and one indexed look-up when nothing is due; any number of instances may call it.
 *
 * @returns how many days were fetched
 */
export async function fetchDueBills(world: World): Promise<number> {
  const now = world.clock.now();
  const last = lastBillDay(now);
  await enrolNewMerchants(last, now);
  const due = await BillProgresses.find({ doneTo: { $lt: last }, nextAt: { $lte: now } })
    .limit(MERCHANTS_A_RUN)
    .lean<BillProgress[]>();
  let fetched = 0;
  for (const progress of due) fetched += await catchUp(world, progress, last);
  return fetched;
}

/** The last day whose bills can be had. */
function lastBillDay(now: Date): string {
  const today = shanghaiDay(now);
  return now < atShanghai(today, READY_AT) ? addDays(today, -2) : addDays(today, -1);
}

async function enrolNewMerchants(last: string, now: Date): Promise<void> {
  if ((await BillProgresses.estimatedDocumentCount()) >= (await countMerchants())) return;
  const merchants = await allMerchants();
  await BillProgresses.bulkWrite(
    merchants.map(({ _id }) => ({
      updateOne: {
        filter: { _id },
        update: { $setOnInsert: { doneTo: addDays(last, 1 - KEPT_DAYS), nextAt: now } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}

async function catchUp(world: World, progress: BillProgress, last: string): Promise<number> {
  const { _id, nextAt, doneTo } = progress;
  const now = world.clock.now();
  const lease = addMinutes(now, LEASE_MINUTES);
  const taken = await BillProgresses.updateOne({ _id, nextAt }, { $set: { nextAt: lease } });
  if (taken.modifiedCount === 0) return 0;
  const merchant = await findMerchant(_id);
  const days = merchant ? await dueDays(merchant, addDays(doneTo, 1 - LATE_DAYS), last) : [];
  let failed = 0;
  for (const day of days) {
    if (merchant && !(await tryDay(world, merchant, day))) failed += 1;
  }
  const next =
    failed > 0
      ? { nextAt: addMinutes(world.clock.now(), AGAIN_AFTER_MINUTES) }
      : { doneTo: last, nextAt: now };
  await BillProgresses.updateOne({ _id, nextAt: lease }, { $set: next });
  return days.length - failed;
}

/** A failure concerns one day only: the others go on, and this one is tried again later. */
async function tryDay(world: World, merchant: Merchant, day: string): Promise<boolean> {
  try {
    await fetchBills(world, SYSTEM, { merchant, day });
    return true;
  } catch (cause) {
    const code = cause instanceof AppError ? cause.code : 'INTERNAL';
    const isExpected = code === 'BILL_NOT_READY' || code === 'DAY_BUSY';
    world.log[isExpected ? 'info' : 'error'](
      { err: cause, merchant: merchant._id, day, code },
      'bills not fetched',
    );
    return false;
  }
}

/** Days whose money moved, or whose bill clears what another day has in doubt, and that are not matched yet. */
async function dueDays(merchant: Merchant, from: string, to: string): Promise<string[]> {
  const known = await BillDays.find(
    { merchantId: merchant._id, day: { $gte: from, $lte: to } },
    { day: 1, state: 1 },
  ).lean<Pick<BillDay, 'day' | 'state'>[]>();
  const stateOf = new Map(known.map(({ day, state }) => [day, state]));
  const doubtful = await doubtfulDays(merchant._id);
  const clearing = new Set(doubtful.flatMap((day) => [addDays(day, -1), addDays(day, 1)]));
  const due: string[] = [];
  for (let offset = 0; offset <= daysBetween(from, to); offset += 1) {
    const day = addDays(from, offset);
    const state = stateOf.get(day) ?? 'waiting';
    if (state === 'imported' || state === 'matching') due.push(day);
    if (state !== 'waiting') continue;
    const moved = await anyMovement(merchant.mchid, atShanghai(day), atShanghai(addDays(day, 1)));
    if (moved || clearing.has(day)) due.push(day);
  }
  return due;
}
