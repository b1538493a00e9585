import type { Arrival } from './play-room';

export interface Row {
  /** Seconds of the day. */
  from: number;
  to: number;
  headcount: number;
}

/** How people behave. Shares of 1. */
export interface Habits {
  noShow: number;
  /** Come after the end of their row. */
  late: number;
  /** Of the others: come in the line-up time before the row begins; the rest during its first half. */
  early: number;
  /** Friends who come together. */
  groupSize: number;
  lineUpSeconds: number;
  /** Mean, in seconds; nobody takes less than half of it, few take more than twice. */
  serviceSeconds: number;
}

export const USUAL_HABITS: Habits = {
  noShow: 0.04,
  late: 0.03,
  early: 0.75,
  groupSize: 6,
  lineUpSeconds: 15 * 60,
  serviceSeconds: 18,
};

/** Latest that somebody late comes. */
const LATE_WITHIN_S = 90 * 60;

/** Who comes to the rows of one room, and when: in groups, most of them before their time. */
export function drawArrivals(rows: readonly Row[], habits: Habits, random: () => number): Arrival[] {
  return rows.flatMap((row, index) => {
    const arrivals: Arrival[] = [];
    const coming = Math.round(row.headcount * (1 - habits.noShow));
    while (arrivals.length < coming) {
      const size = Math.min(coming - arrivals.length, 1 + Math.floor(random() * (2 * habits.groupSize - 1)));
      const { at, isLate } = drawTime(row, habits, random);
      for (let member = 0; member < size; member += 1) {
        arrivals.push({ at: at + member, row: index, isLate, serviceSeconds: drawService(habits, random) });
      }
    }
    return arrivals;
  });
}

function drawTime({ from, to }: Row, habits: Habits, random: () => number): { at: number; isLate: boolean } {
  if (random() < habits.late) return { at: to + random() * LATE_WITHIN_S, isLate: true };
  if (random() < habits.early) return { at: from - random() * habits.lineUpSeconds, isLate: false };
  return { at: from + (random() * (to - from)) / 2, isLate: false };
}

/** Half of the mean is the least it takes; what comes on top is exponential, cut off at three means. */
function drawService({ serviceSeconds }: Habits, random: () => number): number {
  const least = serviceSeconds / 2;
  return Math.min(3 * serviceSeconds, least - Math.log(1 - random()) * least);
}
