import type { SpecimenPerson } from '../demo/sandbox-client';
import type { DemoStudentPerson } from '../demo/seed';
import type { StudentPhone } from '../demo/student-phone';
import type { Cohort } from './cohorts';

/** One student of the rehearsal, with what became of them so far. */
export interface Player {
  cohort: Cohort;
  student: DemoStudentPerson;
  phone: StudentPhone;
  /** Somebody else with WeChat and a bank card. */
  friend: SpecimenPerson;
  bookingId: string | null;
  sessionId: string | null;
  photographed: boolean;
}

export const ofCohorts = (players: readonly Player[], ...cohorts: readonly Cohort[]): Player[] =>
  players.filter(({ cohort }) => cohorts.includes(cohort));
