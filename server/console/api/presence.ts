const LASTS_MS = 60_000;

let lastSignAt = Date.now();

/** Somebody has moved the mouse or typed. */
export function noteSign(): void {
  lastSignAt = Date.now();
}

/** Pages ask by themselves; the service is told which questions come while somebody is there, and ends a session left alone. */
export const presenceHeader = (): Record<string, string> =>
  Date.now() - lastSignAt < LASTS_MS ? { 'x-present': '1' } : {};
