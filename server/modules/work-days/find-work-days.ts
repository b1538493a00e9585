import { type WorkCalendar, workCalendar } from '../../../shared/domain/working-days';
import { type WorkDays, WorkDaysRecords } from './model';

export const findWorkDays = (schoolId: string): Promise<WorkDays | null> =>
  WorkDaysRecords.findById(schoolId).lean<WorkDays>();

/** The published working days with the school's own corrections, for promised dates. */
export const workCalendarOf = async (schoolId: string): Promise<WorkCalendar> =>
  workCalendar((await findWorkDays(schoolId))?.days);
