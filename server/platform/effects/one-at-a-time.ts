import type { Slots } from '../mongo/shared-slots';

/**
 * Work that one instance is enough for: whoever finds another at it, or just done with it, leaves it alone. It must bear being
 * done twice all the same: a lease may end before the work does.
 *
 * @param turn one slot, leased for longer than the work takes mostly
 * @param restMs how long nobody need do it again
 */
export const oneAtATime =
  (turn: Slots, restMs: number, work: () => Promise<unknown>) => async (): Promise<void> => {
    const giveBack = await turn.take(() => false);
    if (!giveBack) return;
    try {
      await work();
    } finally {
      await giveBack(restMs);
    }
  };
