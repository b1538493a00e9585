import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../../server/platform/clock';
import { oneAtATime } from '../../../../server/platform/effects/one-at-a-time';
import { randomIds } from '../../../../server/platform/ids';
import { sharedSlots } from '../../../../server/platform/mongo/shared-slots';
import { openTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase(systemClock);
});
afterAll(() => database?.close());

const LEASE_MS = 2_000;

const turnOf = (what: string, leaseMs = 60_000) =>
  sharedSlots(what, { count: 1, leaseMs, newToken: () => randomIds.id() });

/** Work that lasts until it is told to end. */
function openWork() {
  let begin = () => {};
  let end = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = () => {
    begin();
    return ended;
  };
  return { begun, end, work };
}

it('whoever finds another at it leaves it alone, and does it next time', async () => {
  const { begun, end, work } = openWork();
  let done = 0;
  const count = async () => {
    done += 1;
  };
  const first = oneAtATime(turnOf('lines'), 0, work)();
  await begun;
  const second = oneAtATime(turnOf('lines'), 0, count);
  await second();
  expect(done).toBe(0);
  end();
  await first;
  await second();
  expect(done).toBe(1);
});

it('what was just done rests', async () => {
  let done = 0;
  const instances = [1, 2].map(() =>
    oneAtATime(turnOf('rests'), 60_000, async () => {
      done += 1;
    }),
  );
  for (const run of instances) await run();
  expect(done).toBe(1);
});

it('work that fails says so, and the next one may try', async () => {
  const failing = oneAtATime(turnOf('fails'), 0, () => Promise.reject(new Error('no database')));
  await expect(failing()).rejects.toThrow('no database');
  let done = 0;
  await oneAtATime(turnOf('fails'), 0, async () => {
    done += 1;
  })();
  expect(done).toBe(1);
});

it('whoever dies at it keeps nobody from it for longer than the lease', async () => {
  const { begun, work } = openWork();
  void oneAtATime(turnOf('dies', LEASE_MS), 0, work)();
  await begun;
  let done = 0;
  const next = oneAtATime(turnOf('dies'), 0, async () => {
    done += 1;
  });
  await next();
  expect(done).toBe(0);
  await sleep(LEASE_MS);
  await next();
  expect(done).toBe(1);
});
