import { setTimeout as sleep } from 'node:timers/promises';
import { WeChatPayError } from './errors';

/** Keeps the refund calls of one merchant account under WeChat's limits, however many want to go at once. */
export interface RefundPace {
  /** Waits for its turn, then makes the call. @throws whatever the call throws */
  inTurn<T>(call: () => Promise<T>): Promise<T>;
}

/** WeChat allows 6 failing calls a second and turns everything away beyond them. */
const FAILURES_A_SECOND = 5;
const SECOND_MS = 1_000;
/** A turn that nobody took may be made up for within this time, so that late timers cost no speed. */
const CATCH_UP_MS = 100;

/**
 * After a failure only as many calls are under way as may fail too; while all is well the rate alone counts, so that
 * the first failure of a series may have company.
 *
 * @param perSecond at most 100 of the 150 that WeChat allows: other instances call too
 */
export function createRefundPace(perSecond: number): RefundPace {
  let nextTurn = 0;
  let underWay = 0;
  let failures: number[] = [];

  const recentFailures = () => {
    const since = performance.now() - SECOND_MS;
    failures = failures.filter((at) => at > since);
    return failures.length;
  };
  const mayGo = () => {
    const failed = recentFailures();
    return failed === 0 || failed + underWay < FAILURES_A_SECOND;
  };

  async function turn(): Promise<void> {
    const now = performance.now();
    const mine = Math.max(nextTurn, now - CATCH_UP_MS);
    nextTurn = mine + SECOND_MS / perSecond;
    if (mine > now) await sleep(mine - now);
    while (!mayGo()) await sleep(SECOND_MS / FAILURES_A_SECOND);
  }

  return {
    async inTurn(call) {
      await turn();
      underWay += 1;
      try {
        return await call();
      } catch (error) {
        if (error instanceof WeChatPayError && error.status !== undefined) failures.push(performance.now());
        throw error;
      } finally {
        underWay -= 1;
      }
    },
  };
}
