/** What a student of the rehearsal does. Everyone else books, pays, comes and is photographed. */
export type Cohort = 'usual' | 'never_pays' | 'cancels' | 'callback_lost' | 'no_show' | 'walk_in';

/** In a hundred students, spread so that any hundred in a row hold the same. */
const PLAN: readonly (readonly [Cohort, number])[] = [
  ['never_pays', 3],
  ['no_show', 4],
  ['walk_in', 1],
  ['cancels', 2],
  ['callback_lost', 2],
];

const HUNDRED: readonly Cohort[] = (() => {
  const places: Cohort[] = Array.from({ length: 100 }, () => 'usual');
  let at = 7;
  for (const [cohort, count] of PLAN) {
    for (let n = 0; n < count; n += 1) {
      places[at % 100] = cohort;
      at += 8;
    }
  }
  return places;
})();

export const cohortOf = (index: number): Cohort => HUNDRED[index % 100] ?? 'usual';

export type Funnel = Record<Cohort, number>;

export function countCohorts(students: number): Funnel {
  const funnel: Funnel = { usual: 0, never_pays: 0, cancels: 0, callback_lost: 0, no_show: 0, walk_in: 0 };
  for (let index = 0; index < students; index += 1) funnel[cohortOf(index)] += 1;
  return funnel;
}
