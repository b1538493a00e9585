import { addDays } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Merchant } from '../campaigns/merchant-model';
import { Differences, UNSETTLED } from './difference-model';
import { type BillDay, BillDays } from './model';

/** WeChat closes a refund that found no funds after a week; an answer may reach us later still. */
const LOOK_AROUND_DAYS = 31;

/** Its record, made when there is none yet. */
export async function billDayOf(
  world: World,
  by: string,
  { merchant, day }: { merchant: Merchant; day: string },
): Promise<BillDay> {
  const _id = `${merchant._id}:${day}`;
  const known = await BillDays.findById(_id).lean<BillDay>();
  if (known) return known;
  try {
    return await insertRecord(BillDays, {
      ...newRecord(_id, line(world, by, 'bill.day')),
      schoolId: merchant.schoolId,
      merchantId: merchant._id,
      mchid: merchant.mchid,
      day,
      state: 'waiting',
      tradeHash: null,
      fundHash: null,
      importId: null,
      importedAt: null,
      theirs: null,
      moved: null,
      ours: { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 },
      differences: 0,
      trouble: null,
      busyUntil: null,
      signOff: null,
      closed: null,
    });
  } catch (error) {
    const other = duplicateKey(error) && (await BillDays.findById(_id).lean<BillDay>());
    if (!other) throw error;
    return other;
  }
}

/** The imports of the days that may explain what a day does not: a month before and after. */
export async function importsAround({ merchantId, day }: BillDay): Promise<ReadonlyMap<string, string>> {
  const days = await BillDays.find(
    { merchantId, day: { $gte: addDays(day, -LOOK_AROUND_DAYS), $lte: addDays(day, LOOK_AROUND_DAYS) } },
    { day: 1, importId: 1 },
  ).lean<Pick<BillDay, 'day' | 'importId'>[]>();
  return new Map(
    days.flatMap(({ day: other, importId }) => (importId && other !== day ? [[other, importId]] : [])),
  );
}

/** Days with something that the bill of another day may clear (存疑). */
export const doubtfulDays = (merchantId: string): Promise<string[]> =>
  Differences.distinct('day', { merchantId, status: { $in: UNSETTLED }, type: 'cross_day' });

/** As it is stored at this moment. @throws AppError DAY_NOT_MATCHED when it never was looked at */
export async function findDay(merchantId: string, day: string): Promise<BillDay> {
  const found = await BillDays.findById(`${merchantId}:${day}`).lean<BillDay>();
  if (!found) throw new AppError('DAY_NOT_MATCHED');
  return found;
}

/** Other days of the merchant that the bill of `day` may have cleared something of. */
export async function daysInDoubt({ merchantId, day }: BillDay): Promise<BillDay[]> {
  const doubtful = await doubtfulDays(merchantId);
  const beside = [addDays(day, -1), addDays(day, 1)];
  const days = await BillDays.find({
    merchantId,
    day: { $in: [...new Set([...doubtful, ...beside])] },
    state: { $in: ['differences', 'closed'] },
  }).lean<BillDay[]>();
  return days.filter(
    (other) => other.day !== day && (other.state !== 'closed' || doubtful.includes(other.day)),
  );
}
