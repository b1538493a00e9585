/** What a student of the rehearsal does. Everyone else books, pays, comes and is photographed. */
export const COHORTS = {
  /** Books, pays, comes in time, is photographed. */
  usual: '按时完成',
  /** Holds a place and never pays. */
  never_pays: '占位不付',
  /** Lets the first hold run out, books again and pays. */
  pays_late: '过期后重订',
  /** Pays and cancels the evening before. */
  cancels: '提前取消',
  /** Pays; the callback never arrives and the phone is closed. */
  callback_lost: '回调丢失',
  /** Pays and stays away. */
  no_show: '未到',
  /** Comes after the own session, to another room. */
  late: '迟到换教室',
  /** A wrong class name is put right at the desk. */
  corrected: '现场更正',
  /** Checks in and leaves before the camera. */
  never_shot: '签到未拍',
  /** The bank check fails to the last attempt: books all the same, shows the original document. */
  unverified: '核验原件',
  /** Has lost the ID card: books at the door, pays on the own phone. */
  lost_id: '身份证遗失',
  /** Books at the door; somebody else pays. */
  paid_by_another: '他人代付',
  /** Books at the door and owes the fee (待缴). */
  owes: '待缴',
} as const;

export type Cohort = keyof typeof COHORTS;

/** In a thousand students. */
const PLAN: Readonly<Record<Exclude<Cohort, 'usual'>, number>> = {
  never_pays: 30,
  pays_late: 10,
  cancels: 20,
  callback_lost: 20,
  no_show: 40,
  late: 4,
  corrected: 4,
  never_shot: 4,
  unverified: 4,
  lost_id: 4,
  paid_by_another: 4,
  owes: 4,
};

/** Each cohort at equal distances, so that any three hundred in a row hold at least one of each. */
const THOUSAND: readonly Cohort[] = (() => {
  const places: Cohort[] = Array.from({ length: 1000 }, () => 'usual');
  let offset = 5;
  for (const [cohort, count] of Object.entries(PLAN) as [Cohort, number][]) {
    for (let n = 0; n < count; n += 1) {
      let at = Math.floor((n * 1000) / count) + offset;
      while (places[at % 1000] !== 'usual') at += 1;
      places[at % 1000] = cohort;
    }
    offset += 7;
  }
  return places;
})();

export const cohortOf = (index: number): Cohort => THOUSAND[index % 1000] ?? 'usual';

export type Headcounts = Record<Cohort, number>;

export function countCohorts(students: number): Headcounts {
  const counts = Object.fromEntries(Object.keys(COHORTS).map((cohort) => [cohort, 0])) as Headcounts;
  for (let index = 0; index < students; index += 1) counts[cohortOf(index)] += 1;
  return counts;
}

/** Booked at the door. */
export const WALK_INS: readonly Cohort[] = ['lost_id', 'paid_by_another', 'owes'];

/** Paid and never photographed: due for refund when the collection is over. */
export const UNCOLLECTED: readonly Cohort[] = ['no_show', 'never_shot'];

/** Never paid anything online. */
export const UNPAID: readonly Cohort[] = ['never_pays', 'owes'];

export const sumOf = (counts: Headcounts, cohorts: readonly Cohort[]): number =>
  cohorts.reduce((sum, cohort) => sum + counts[cohort], 0);
