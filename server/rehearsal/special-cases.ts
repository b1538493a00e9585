import type { Cohort } from './cohorts';
import type { Player } from './player';

/** Of each a whole day has to show so many; fewer is a rehearsal of something else. */
const LEAST_OF_EACH = 5;

type Played = Pick<Player, 'cohort' | 'photographed'> & {
  student: Pick<Player['student'], 'graduationType' | 'training'>;
};

/** How many of each special case were played to their end, not how many were planned. */
export function specialCases(players: readonly Played[]) {
  const photographed = players.filter((player) => player.photographed);
  const ofCohort = (cohort: Cohort) => photographed.filter((player) => player.cohort === cohort).length;
  return {
    early_graduates: photographed.filter(({ student }) => student.graduationType === 'early').length,
    second_degree: photographed.filter(({ student }) => student.training === 'second_degree').length,
    lost_id: ofCohort('lost_id'),
    late: ofCohort('late'),
    corrected: ofCohort('corrected'),
    unverified: ofCohort('unverified'),
    paid_by_another: ofCohort('paid_by_another'),
    owes: ofCohort('owes'),
    never_shot: players.filter((player) => player.cohort === 'never_shot' && !player.photographed).length,
  };
}

/** Of which there were too few for a whole day, in sentences; empty when all were shown. */
export const tooFew = (cases: Readonly<Record<string, number>>): string[] =>
  Object.entries(cases)
    .filter(([, count]) => count < LEAST_OF_EACH)
    .map(([name, count]) => `${name}: ${count}, must be at least ${LEAST_OF_EACH}`);
