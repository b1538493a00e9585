import { LRUCache } from 'lru-cache';
import { type WorkCalendar, workCalendar } from '../../../shared/domain/working-days';
import { type WorkDays, WorkDaysRecords } from './model';

export const findWorkDays = (schoolId: string): Promise<WorkDays | null> =>
  WorkDaysRecords.findById(schoolId).lean<WorkDays>();

/** A batch promises thousands of dates. So late may another instance hear of a correction; this one does at once. */
const CACHE_MS = 5_000;
const known = new LRUCache<string, Promise<WorkCalendar>>({ max: 100, ttl: CACHE_MS });

/** The published working days with the school's own corrections, for promised dates. */
export function workCalendarOf(schoolId: string): Promise<WorkCalendar> {
  const reading = known.get(schoolId) ?? readCalendar(schoolId);
  known.set(schoolId, reading, { noUpdateTTL: true });
  reading.catch(() => known.delete(schoolId));
  return reading;
}

export const forgetCalendar = (schoolId: string): void => {
  known.delete(schoolId);
};

const readCalendar = async (schoolId: string): Promise<WorkCalendar> =>
  workCalendar((await findWorkDays(schoolId))?.days);
