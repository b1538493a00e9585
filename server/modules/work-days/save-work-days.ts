import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { forgetCalendar } from './find-work-days';
import { type WorkDays, WorkDaysRecords } from './model';

/**
 * Replaces a school's corrections. Promised dates from now on keep to them; those promised already stay.
 *
 * @param version the one the user saw; 0 when there were none
 * @throws AppError BAD_REQUEST when a day stands there twice, CHANGED_MEANWHILE
 */
export async function saveWorkDays(
  world: World,
  by: UserActor,
  { version, days }: { version: number; days: WorkDays['days'] },
): Promise<WorkDays> {
  const twice = days.find(({ day }, index) => days.findIndex((other) => other.day === day) !== index);
  if (twice) throw new AppError('BAD_REQUEST', { fields: { days: `${twice.day} 写了两次，请只留一行` } });
  const sorted = [...days].sort((a, b) => (a.day < b.day ? -1 : 1));
  const saved = line(world, actorName(by), 'work-days.save', { days: sorted });
  const written =
    version === 0
      ? await insertOnce({ ...newRecord(by.schoolId, saved), schoolId: by.schoolId, days: sorted })
      : await changeRecord(WorkDaysRecords, { _id: by.schoolId, version }, { $set: { days: sorted } }, saved);
  forgetCalendar(by.schoolId);
  if (!written) throw new AppError('CHANGED_MEANWHILE');
  return written;
}

async function insertOnce(record: WorkDays): Promise<WorkDays | null> {
  try {
    return await insertRecord(WorkDaysRecords, record);
  } catch (error) {
    if (duplicateKey(error)) return null;
    throw error;
  }
}
