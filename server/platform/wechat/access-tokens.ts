import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock';

/** The token that all calls but login need. WeChat keeps one per mini-program: all instances must share it. */
export interface AccessTokens {
  current(): Promise<string>;
  /** Another one than `rejected`, which WeChat no longer accepts. */
  renew(rejected: string): Promise<string>;
}

export interface StoredToken {
  /** 512 characters and more. */
  token: string;
  expiresAt: Date;
}

/** Where the instances of one deployment share the token. */
export interface TokenStore {
  read(): Promise<StoredToken | undefined>;
  write(token: StoredToken): Promise<void>;
  /** @returns true for one caller until `until`, or until it releases; false while somebody else has it */
  lease(now: Date, until: Date): Promise<boolean>;
  release(): Promise<void>;
}

/** WeChat answers the same token to everyone until it is near its end; by force only 20 times a day. */
export type FetchToken = (force: boolean) => Promise<{ token: string; expiresInSeconds: number }>;

/** WeChat keeps the former token valid for 5 minutes beside a new one: the time to change over in. */
const MARGIN_MS = 5 * 60_000;
const LEASE_MS = 10_000;
const POLL_MS = 100;
/** Near its end a token is looked up this often, not with every call. */
const NEAR_END_MS = 30_000;

export function createAccessTokens(options: {
  store: TokenStore;
  fetchToken: FetchToken;
  clock: Clock;
}): AccessTokens {
  const { store, fetchToken, clock } = options;
  let known: { token: string; lookAgainAt: number } | undefined;
  let underWay: Promise<StoredToken> | undefined;

  const lasts = (stored: StoredToken | undefined, forMs: number): stored is StoredToken =>
    stored !== undefined && stored.expiresAt.getTime() - clock.now().getTime() > forMs;

  async function fetchAndShare(rejected?: string): Promise<StoredToken> {
    let fetched = await fetchToken(false);
    if (fetched.token === rejected) fetched = await fetchToken(true);
    const expiresAt = new Date(clock.now().getTime() + fetched.expiresInSeconds * 1000);
    const shared = { token: fetched.token, expiresAt };
    await store.write(shared);
    return shared;
  }

  /** Whoever has the lease fetches; the others use the old token while it lasts, or wait for the new one. */
  async function replace(rejected?: string): Promise<StoredToken> {
    const usable = (stored: StoredToken | undefined, forMs: number): stored is StoredToken =>
      lasts(stored, forMs) && stored.token !== rejected;

    const fetchUnlessDone = async () => {
      try {
        // Its former holder may have written since this instance looked.
        const stored = await store.read();
        return usable(stored, MARGIN_MS) ? stored : await fetchAndShare(rejected);
      } finally {
        await store.release();
      }
    };

    for (let waitedMs = 0; waitedMs <= LEASE_MS; waitedMs += POLL_MS) {
      const stored = await store.read();
      if (usable(stored, MARGIN_MS)) return stored;
      const now = clock.now();
      if (await store.lease(now, new Date(now.getTime() + LEASE_MS))) return fetchUnlessDone();
      if (usable(stored, 0)) return stored;
      await sleep(POLL_MS);
    }
    // Its holder is gone and the clock stands still: two fetches give the same token, so do not wait for ever.
    return fetchAndShare(rejected);
  }

  /** One look-up at a time: a hundred waiting calls are served by the same one. */
  function replaceOnce(rejected?: string): Promise<StoredToken> {
    underWay ??= replace(rejected).finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  function remember({ token, expiresAt }: StoredToken): string {
    const now = clock.now().getTime();
    const lookAgainAt = Math.max(expiresAt.getTime() - MARGIN_MS, now + NEAR_END_MS);
    known = { token, lookAgainAt };
    return token;
  }

  return {
    async current() {
      if (known && clock.now().getTime() < known.lookAgainAt) return known.token;
      return remember(await replaceOnce());
    },
    async renew(rejected) {
      const renewed = await replaceOnce(rejected);
      // A look-up that began before the refusal may have found the same one again.
      return remember(renewed.token === rejected ? await replaceOnce(rejected) : renewed);
    },
  };
}
