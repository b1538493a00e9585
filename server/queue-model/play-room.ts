/** Somebody who comes to be photographed. Times in seconds of the day. */
export interface Arrival {
  at: number;
  /** Index of the timetable row. */
  row: number;
  /** Came after the row's end, on the own account. */
  isLate: boolean;
  /** How long this one takes before the camera. */
  serviceSeconds: number;
}

export interface Served extends Arrival {
  beganAt: number;
  endedAt: number;
  waitedSeconds: number;
}

/**
 * A room with one queue and several cameras: first come, first served, as shot numbers are. No camera works before the
 * room opens or during its break.
 *
 * @param desks how many cameras
 * @param hours when the room works, in order
 */
export function playRoom(
  arrivals: readonly Arrival[],
  desks: number,
  hours: readonly { from: number; to: number }[],
): Served[] {
  const freeAt = new Array<number>(desks).fill(0);
  return [...arrivals]
    .sort((a, b) => a.at - b.at)
    .map((arrival) => {
      const desk = freeAt.indexOf(Math.min(...freeAt));
      const beganAt = nextOpen(arrival.at, Math.max(arrival.at, freeAt[desk] ?? 0), hours);
      const endedAt = beganAt + arrival.serviceSeconds;
      freeAt[desk] = endedAt;
      return { ...arrival, beganAt, endedAt, waitedSeconds: beganAt - arrival.at };
    });
}

/** Whoever came before a break is still served; whoever comes during it waits for its end. */
function nextOpen(cameAt: number, at: number, hours: readonly { from: number; to: number }[]): number {
  for (const [index, { from, to }] of hours.entries()) {
    const isBeforeBreak = cameAt < (hours[index - 1]?.to ?? 0);
    if (at < from) return isBeforeBreak ? at : from;
    if (at < to) return at;
  }
  return at;
}
