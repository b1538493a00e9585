import { type WorkCalendar, workCalendar } from '../../../shared/domain/working-days';
import { createRemembered } from '../../platform/remembered';
import { type WorkDays, WorkDaysRecords } from './model';

export const findWorkDays = (schoolId: string): Promise<WorkDays | null> =>
  WorkDaysRecords.findById(schoolId).lean<WorkDays>();

/** A batch promises thousands of dates. So late may another instance hear of a correction; this one does at once. */
const CACHE_MS = 5_000;
const known = createRemembered<WorkCalendar>({ max: 100, ttlMs: CACHE_MS });

/** The published working days with the school's own corrections, for promised dates. */
export const workCalendarOf = (schoolId: string): Promise<WorkCalendar> =>
  known.get(schoolId, () => readCalendar(schoolId));

export const forgetCalendar = (schoolId: string): void => known.forget(schoolId);

const readCalendar = async (schoolId: string): Promise<WorkCalendar> =>
  workCalendar((await findWorkDays(schoolId))?.days);
