let aheadMs = 0;
const listeners = new Set<() => void>();

/** The server's time. A phone's own clock may be wrong, and the demo's clock is wrong on purpose. */
export const serverClock = {
  /** @param instant the `now` of an answer, ISO 8601 */
  learn(instant: string): void {
    aheadMs = Date.parse(instant) - Date.now();
    for (const listener of listeners) listener();
  },
  /** @returns the way to stop listening */
  onLearned(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** How far the phone's clock is behind, in ms; 0 while nothing was learned. */
  aheadMs: (): number => aheadMs,
  /** What was learned on an earlier visit, for a start without network. */
  assume(ms: number): void {
    aheadMs = ms;
  },
  now: (): Date => new Date(Date.now() + aheadMs),
};
