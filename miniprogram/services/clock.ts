let aheadMs = 0;

/** The server's time. A phone's own clock may be wrong, and the demo's clock is wrong on purpose. */
export const serverClock = {
  /** @param instant the `now` of an answer, ISO 8601 */
  learn(instant: string): void {
    aheadMs = Date.parse(instant) - Date.now();
  },
  now: (): Date => new Date(Date.now() + aheadMs),
};
