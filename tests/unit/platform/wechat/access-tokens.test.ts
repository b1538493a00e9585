import {
  type AccessTokens,
  createAccessTokens,
  type StoredToken,
  type TokenStore,
} from '../../../../server/platform/wechat/access-tokens';

const START = new Date('2022-11-19T01:00:00Z');

/** One deployment: a shared store, WeChat, and as many instances as a test wants. */
function deployment() {
  let now = START;
  let stored: StoredToken | undefined;
  let leaseUntil = new Date(0);
  let issued = 1;
  const fetches: boolean[] = [];
  let looks = 0;
  const store: TokenStore = {
    read: async () => {
      looks += 1;
      return stored;
    },
    write: async (token) => {
      stored = token;
    },
    release: async () => {
      leaseUntil = new Date(0);
    },
    lease: async (at, until) => {
      if (leaseUntil > at) return false;
      leaseUntil = until;
      return true;
    },
  };
  const fetchToken = async (force: boolean) => {
    fetches.push(force);
    await new Promise((resolve) => setImmediate(resolve));
    if (force) issued += 1;
    return { token: `token-${issued}-`.padEnd(512, 'x'), expiresInSeconds: 7200 };
  };
  return {
    instance: (): AccessTokens => createAccessTokens({ store, fetchToken, clock: { now: () => now } }),
    pass: (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    /** WeChat hands out another token from now on. */
    expireAtWeChat: () => {
      issued += 1;
    },
    holdLease: () => {
      leaseUntil = new Date(now.getTime() + 10_000);
    },
    fetches,
    looks: () => looks,
    stored: () => stored,
  };
}

it('is fetched once for all calls of all instances', async () => {
  const world = deployment();
  const [first, second] = [world.instance(), world.instance()];
  const tokens = await Promise.all([first.current(), first.current(), second.current(), second.current()]);
  expect(new Set(tokens).size).toBe(1);
  expect(world.fetches).toEqual([false]);
  expect(world.stored()).toEqual({ token: tokens[0], expiresAt: new Date('2022-11-19T03:00:00Z') });
});

it('costs one look-up for all calls that wait in an instance', async () => {
  const world = deployment();
  await world.instance().current();
  const before = world.looks();
  const tokens = world.instance();
  await Promise.all(Array.from({ length: 100 }, () => tokens.current()));
  expect(world.looks() - before).toBe(1);
});

it('is kept until five minutes before its end, then replaced', async () => {
  const world = deployment();
  const tokens = world.instance();
  const before = await tokens.current();
  world.pass(114);
  expect(await tokens.current()).toBe(before);
  world.expireAtWeChat();
  world.pass(1);
  expect(await tokens.current()).not.toBe(before);
  expect(world.fetches).toEqual([false, false]);
});

it('is not fetched with every call in its last minutes, when WeChat still hands out the same', async () => {
  const world = deployment();
  const tokens = world.instance();
  await tokens.current();
  world.pass(116);
  for (let call = 0; call < 5; call += 1) await tokens.current();
  expect(world.fetches).toEqual([false, false]);
});

it('goes on being used while another instance fetches the next', async () => {
  const world = deployment();
  const tokens = world.instance();
  const before = await tokens.current();
  world.pass(116);
  world.holdLease();
  expect(await tokens.current()).toBe(before);
  expect(world.fetches).toHaveLength(1);
});

it('that was refused is replaced by the one another instance got since', async () => {
  const world = deployment();
  const [first, second] = [world.instance(), world.instance()];
  const refused = await first.current();
  await second.current();
  world.expireAtWeChat();
  const next = await second.renew(refused);
  expect(await first.renew(refused)).toBe(next);
  expect(world.fetches).toEqual([false, false]);
});

it('that was refused though WeChat still hands it out is replaced by force', async () => {
  const world = deployment();
  const tokens = world.instance();
  const refused = await tokens.current();
  expect(await tokens.renew(refused)).not.toBe(refused);
  expect(world.fetches).toEqual([false, false, true]);
});

it('is not fetched again by an instance that looked just before another wrote', async () => {
  let stored: StoredToken | undefined;
  let fetches = 0;
  const tokens = createAccessTokens({
    store: {
      read: async () => stored,
      write: async () => undefined,
      lease: async () => {
        stored = { token: 'written meanwhile', expiresAt: new Date(START.getTime() + 7_200_000) };
        return true;
      },
      release: async () => undefined,
    },
    fetchToken: async () => {
      fetches += 1;
      return { token: 'fetched', expiresInSeconds: 7200 };
    },
    clock: { now: () => START },
  });
  expect(await tokens.current()).toBe('written meanwhile');
  expect(fetches).toBe(0);
});

it('is asked for again after a failure, at once', async () => {
  let failing = true;
  let leased = false;
  const tokens = createAccessTokens({
    store: {
      read: async () => undefined,
      write: async () => undefined,
      lease: async () => {
        if (leased) return false;
        leased = true;
        return true;
      },
      release: async () => {
        leased = false;
      },
    },
    fetchToken: async () => {
      if (failing) throw new Error('no answer');
      return { token: 'token', expiresInSeconds: 7200 };
    },
    clock: { now: () => START },
  });
  await expect(tokens.current()).rejects.toThrow('no answer');
  failing = false;
  expect(await tokens.current()).toBe('token');
});
