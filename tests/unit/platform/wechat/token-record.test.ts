import mongoose from 'mongoose';
import { createSealer } from '../../../../server/platform/crypto/sealer';
import { createAccessTokens } from '../../../../server/platform/wechat/access-tokens';
import { tokenRecord } from '../../../../server/platform/wechat/token-record';
import { openTestDatabase, type TestDatabase } from '../support/database';

const START = new Date('2022-11-19T01:00:00Z');
const clock = { now: () => START };
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const sealer = createSealer({
  setting: 'DATA_KEYS',
  keys: [{ id: 'k1', key: Buffer.alloc(32, 1).toString('base64') }],
});

let database: TestDatabase;
let apps = 0;
/** A record that no other test has. */
const freshRecord = () => {
  apps += 1;
  return tokenRecord(`wx${apps}`, sealer);
};

beforeAll(async () => {
  database = await openTestDatabase(clock);
});
afterAll(() => database.close());

it('keeps a long token, sealed', async () => {
  const record = freshRecord();
  const stored = { token: 'a-token-'.repeat(128), expiresAt: later(7200) };
  expect(await record.read()).toBeUndefined();
  await record.write(stored);
  expect(await record.read()).toEqual(stored);
  const everything = await mongoose.connection.collection('wechat_tokens').find({}).toArray();
  expect(JSON.stringify(everything)).not.toContain('a-token-');
});

it('keeps each mini-program’s own', async () => {
  const [one, other] = [freshRecord(), freshRecord()];
  await one.write({ token: 'one', expiresAt: later(7200) });
  expect(await other.read()).toBeUndefined();
});

describe('the lease', () => {
  it('goes to one of many, from the very first time on', async () => {
    const record = freshRecord();
    const race = () =>
      Promise.all(Array.from({ length: 8 }, async () => Number(await record.lease(START, later(10)))));
    expect((await race()).filter(Boolean)).toHaveLength(1);
    expect((await race()).filter(Boolean)).toHaveLength(0);
  });

  it('is free again when it has run out, and when its holder has released it', async () => {
    const record = freshRecord();
    expect(await record.lease(START, later(10))).toBe(true);
    expect(await record.lease(later(9), later(19))).toBe(false);
    expect(await record.lease(later(10), later(20))).toBe(true);
    await record.release();
    expect(await record.lease(later(11), later(21))).toBe(true);
  });

  it('lets one of many instances fetch the token for all', async () => {
    const record = freshRecord();
    let fetches = 0;
    const instances = Array.from({ length: 6 }, () =>
      createAccessTokens({
        store: record,
        clock,
        fetchToken: async () => {
          fetches += 1;
          return { token: `token-${fetches}`, expiresInSeconds: 7200 };
        },
      }),
    );
    const tokens = await Promise.all(instances.map((instance) => instance.current()));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(fetches).toBe(1);
  });
});
