import type { Connection } from 'mongoose';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from '../../shared/contract/endpoint';
import { AppError } from '../errors';
import { sharedLimiter } from '../platform/mongo/shared-limits';

/** So many points in so many seconds. Generous: a limit protects the service, it does not discipline people. */
const RULES: Record<RateLimit, { points: number; seconds: number; shared?: true }> = {
  read: { points: 600, seconds: 60 },
  write: { points: 60, seconds: 60 },
  scan: { points: 600, seconds: 60 },
  upload: { points: 20, seconds: 60 },
  login: { points: 30, seconds: 60, shared: true },
  verification: { points: 20, seconds: 600, shared: true },
  search: { points: 60, seconds: 60, shared: true },
};

export interface RateLimiters {
  /** @throws AppError TOO_MANY_REQUESTS with the seconds to wait */
  take(limit: RateLimit, who: string): Promise<void>;
}

/** Before login all that is known is the address, and a whole campus of thousands shares a few of them. */
const PEOPLE_AN_ADDRESS = 100;

/** By person or device; by address only where nobody is signed in yet. */
export function createRateLimiters(connection: Connection): RateLimiters {
  const limitersFor = (people: number) =>
    new Map(
      Object.entries(RULES).map(([name, { points, seconds, shared }]) => {
        const options = { keyPrefix: name, points: points * people, duration: seconds };
        const limiter = shared
          ? sharedLimiter(connection, { ...options, insuranceLimiter: new RateLimiterMemory(options) })
          : new RateLimiterMemory(options);
        return [name, limiter] as const;
      }),
    );
  const byPerson = limitersFor(1);
  const byAddress = limitersFor(PEOPLE_AN_ADDRESS);
  return {
    async take(limit, who) {
      const limiter = (who.startsWith('address:') ? byAddress : byPerson).get(limit);
      if (!limiter) throw new Error(`no such rate limit: ${limit}`);
      try {
        await limiter.consume(who, 1);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new AppError('TOO_MANY_REQUESTS', { seconds: Math.ceil(refusal.msBeforeNext / 1000) });
      }
    },
  };
}
