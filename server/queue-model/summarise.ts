import type { Habits, Row } from './arrivals';
import type { Served } from './play-room';

export interface RoomSummary {
  served: number;
  meanWaitSeconds: number;
  /** Nine of ten wait less. */
  p90WaitSeconds: number;
  longestWaitSeconds: number;
  longestQueue: number;
  endsAt: number;
}

export interface Overflow {
  row: number;
  /** How long after its end the last one who came in time was photographed. */
  overBySeconds: number;
}

export function summariseRoom(served: readonly Served[]): RoomSummary {
  const waits = served.map(({ waitedSeconds }) => waitedSeconds).sort((a, b) => a - b);
  return {
    served: served.length,
    meanWaitSeconds: waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, waits.length),
    p90WaitSeconds: waits[Math.floor(waits.length * 0.9)] ?? 0,
    longestWaitSeconds: waits.at(-1) ?? 0,
    longestQueue: longestQueue(served),
    endsAt: Math.max(0, ...served.map(({ endedAt }) => endedAt)),
  };
}

/** Rows that bring more work than their own time holds, however early their students come: by how much, in seconds. */
export function overfullRows(
  rows: readonly Row[],
  desks: number,
  { noShow, serviceSeconds }: Habits,
): { row: number; excessSeconds: number }[] {
  return rows
    .map(({ from, to, headcount }, row) => ({
      row,
      excessSeconds: (headcount * (1 - noShow) * serviceSeconds) / desks - (to - from),
    }))
    .filter(({ excessSeconds }) => excessSeconds > 0);
}

/** Rows whose students are still waiting when the next row's have been lining up for `patienceSeconds`. */
export function overflowingRows(
  rows: readonly Row[],
  served: readonly Served[],
  patienceSeconds: number,
): Overflow[] {
  return rows.flatMap(({ to }, row) => {
    const inTime = served.filter((each) => each.row === row && !each.isLate);
    const overBySeconds = Math.max(0, ...inTime.map(({ endedAt }) => endedAt - to));
    return overBySeconds > patienceSeconds ? [{ row, overBySeconds }] : [];
  });
}

function longestQueue(served: readonly Served[]): number {
  const steps = served.flatMap(({ at, beganAt }) => [
    { when: at, by: 1 },
    { when: beganAt, by: -1 },
  ]);
  // Whoever is served at once never stood in a queue.
  steps.sort((a, b) => a.when - b.when || a.by - b.by);
  let now = 0;
  let longest = 0;
  for (const { by } of steps) {
    now += by;
    longest = Math.max(longest, now);
  }
  return longest;
}
