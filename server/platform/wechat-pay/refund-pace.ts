import { setTimeout as sleep } from 'node:timers/promises';
import { WeChatPayError } from './errors';
import { openHands, type SharedPace } from './refund-hands';

/** Keeps the refund calls of one merchant account under WeChat's limits, however many want to go at once. */
export interface RefundPace {
  /** Waits for its turn, then makes the call. @throws whatever the call throws */
  inTurn<T>(call: () => Promise<T>): Promise<T>;
  /** Gives back what is shared with other instances. */
  close(): Promise<void>;
}

/** WeChat allows 6 failing calls a second of an account and turns everything away beyond them. */
export const FAILURES_A_SECOND = 5;
const SECOND_MS = 1_000;
/** A turn that nobody took may be made up for within this time, so that late timers cost no speed. */
const CATCH_UP_MS = 100;

/**
 * Every call under way may yet fail: no more are let go than may, counting those that did within the last second. Here
 * that is counted for this instance, so that its calls queue up in order; `shared` counts it for all of them.
 *
 * @param perSecond at most 100, of this instance
 */
export function createRefundPace(perSecond: number, shared?: SharedPace): RefundPace {
  const hands = shared && openHands(shared);
  let nextTurn = 0;
  let underWay = 0;
  /** When the latest calls failed. */
  let failures: number[] = [];
  const waiting: (() => void)[] = [];

  async function turn(): Promise<void> {
    const now = performance.now();
    const mine = Math.max(nextTurn, now - CATCH_UP_MS);
    nextTurn = mine + SECOND_MS / perSecond;
    if (mine > now) await sleep(mine - now);
  }

  function admit(): void {
    const since = performance.now() - SECOND_MS;
    failures = failures.filter((at) => at > since);
    while (waiting.length > 0 && failures.length + underWay < FAILURES_A_SECOND) {
      underWay += 1;
      waiting.shift()?.();
    }
    // Whoever is under way lets the next one in; with nobody there, time does.
    const [oldest] = failures;
    if (waiting.length > 0 && underWay === 0 && oldest !== undefined) setTimeout(admit, oldest - since + 1);
  }

  const leave = (): Promise<void> =>
    new Promise((go) => {
      waiting.push(go);
      admit();
    });

  return {
    async inTurn(call) {
      await turn();
      await leave();
      try {
        return await (hands ? hands.withSlot(call) : call());
      } catch (error) {
        if (error instanceof WeChatPayError) failures.push(performance.now());
        throw error;
      } finally {
        underWay -= 1;
        admit();
      }
    },
    close: async () => hands?.close(),
  };
}
