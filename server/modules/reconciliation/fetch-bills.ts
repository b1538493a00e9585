import { addDays, atShanghai } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { World } from '../../world';
import type { Merchant } from '../campaigns/merchant-model';
import { asRefusal, type BillFiles, billFiles, hashOf } from './bill-files';
import { refuseBill } from './bill-table';
import { billDayOf, daysInDoubt } from './find-day';
import { holdDay, isBusy } from './hold-day';
import { importBills } from './import-bills';
import { lookAtCarried, matchDay } from './match-day';
import type { BillDay } from './model';

/** WeChat makes a day's bill in the morning after it. */
export const READY_AT = '10:00';
export const billsAreMade = (day: string, now: Date): boolean => now >= atShanghai(addDays(day, 1), READY_AT);
/** … and keeps it for three months; after that "no statement" no longer means a day without trade. */
export const KEPT_DAYS = 90;

/**
 * Fetches both bills of a day, imports them and matches them with our records, both ways. The same files again are no
 * news: only what is still open is looked at again.
 *
 * @throws AppError BILL_NOT_READY, BILL_REFUSED, DAY_CLOSED, DAY_BUSY, UPSTREAM_UNAVAILABLE
 */
export async function fetchBills(
  world: World,
  by: string,
  { merchant, day }: { merchant: Merchant; day: string },
): Promise<BillDay> {
  if (!billsAreMade(day, world.clock.now())) throw new AppError('BILL_NOT_READY');
  const record = await billDayOf(world, by, { merchant, day });
  if (isBusy(record, world.clock.now())) throw new AppError('DAY_BUSY');
  const files = billFiles(await world.pay.merchantGateway(merchant.mchid), day);
  try {
    if (!(await isKnown(record, files))) await refuseForgotten(world, record, files);
    return await takeBills(world, by, record, files);
  } finally {
    files.close();
  }
}

/**
 * Imports both bills of a day, wherever they come from, and matches them. The same files again are no news.
 *
 * @throws AppError BILL_NOT_READY, BILL_REFUSED, DAY_CLOSED, DAY_BUSY, UPSTREAM_UNAVAILABLE
 */
export async function takeBills(
  world: World,
  by: string,
  record: BillDay,
  files: BillFiles,
): Promise<BillDay> {
  if (await isKnown(record, files)) return lookAgain(world, by, record);
  const matched = await holdDay(world, by, record, async (held) =>
    matchDay(world, by, await imported(world, by, held, files)),
  );
  await matchInDoubt(world, by, matched);
  return matched;
}

async function isKnown({ importId, tradeHash, fundHash }: BillDay, files: BillFiles): Promise<boolean> {
  if (importId === null || hashOf(await files.trade()) !== tradeHash) return false;
  return hashOf(await files.fund()) === fundHash;
}

async function imported(world: World, by: string, held: BillDay, files: BillFiles): Promise<BillDay> {
  try {
    return await importBills(world, by, held, files);
  } catch (cause) {
    throw asRefusal(cause);
  }
}

/** Left by a crash: its bills are in and it is not matched with them. */
export const isUnfinished = ({ state }: BillDay): boolean => state === 'imported' || state === 'matching';

/** Settled by itself in the meantime, or left unfinished by a crash: then there is something to do. */
export async function lookAgain(world: World, by: string, record: BillDay): Promise<BillDay> {
  if (record.state === 'closed' || (!isUnfinished(record) && record.differences === 0)) return record;
  const matched = await holdDay(world, by, record, (held) => matchDay(world, by, held));
  if (isUnfinished(record)) await matchInDoubt(world, by, matched);
  return matched;
}

/** What other days had in doubt, this day's bill may have cleared. */
async function matchInDoubt(world: World, by: string, day: BillDay): Promise<void> {
  for (const other of await daysInDoubt(day)) {
    try {
      if (other.state === 'closed') await lookAtCarried(world, other);
      else await holdDay(world, by, other, (held) => matchDay(world, by, held));
    } catch (cause) {
      // Someone is at it: it will be looked at again with its own next fetch.
      if (!(cause instanceof AppError && cause.code === 'DAY_BUSY')) throw cause;
    }
  }
}

async function refuseForgotten(world: World, { day }: BillDay, files: BillFiles): Promise<void> {
  if (world.clock.now() < atShanghai(addDays(day, KEPT_DAYS))) return;
  if ((await files.trade()).status === 'none') throw refuseBill('微信只保留三个月内的账单，请上传存档的文件');
}
