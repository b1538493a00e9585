import type { Log } from '../log';
import type { Slots } from '../mongo/shared-slots';

/** Whoever was left waiting for so long does it all the same: the slot may be gone, or leased by a clock that was wrong. */
const PATIENCE_MS = 30_000;

/**
 * For work that one instance is enough for: whoever finds another at it leaves it alone. It must bear being done twice all the
 * same: a lease may end before the work does.
 *
 * @param turn one slot, leased for longer than the work mostly takes
 * @returns runs the work, or does not
 */
export function oneAtATime(
  turn: Slots,
  log: Log,
  patienceMs = PATIENCE_MS,
): (work: () => Promise<unknown>) => Promise<void> {
  let waitingSince: number | null = null;
  return async (work) => {
    const giveBack = await turn.take(() => false);
    if (!giveBack) {
      waitingSince ??= performance.now();
      if (performance.now() - waitingSince < patienceMs) return;
    }
    waitingSince = null;
    try {
      await work();
    } finally {
      await giveBack?.(0).catch((error: unknown) =>
        log.warn({ err: error }, 'turn not given back; it ends by itself'),
      );
    }
  };
}
