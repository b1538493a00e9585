import { type Collection, MongoClient } from 'mongodb';
import { createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { Session } from '../../server/modules/accounts/session-model';
import { hashSessionToken } from '../../server/platform/crypto/session-token';
import { startTestStack } from '../support/stack';

jest.setTimeout(60_000);

/** A console that is left alone (CONSOLE_IDLE_MINUTES) asks for the password again. */
let stack: Stack;
let client: MongoClient;
let sessions: Collection<Session>;

beforeAll(async () => {
  // Without the cache of a session: every request is asked of another process.
  stack = await startTestStack({ apis: 5, env: { CONSOLE_IDLE_MINUTES: '30' } });
  await seedDemo(stack, 1);
  client = await new MongoClient(stack.mongodbUri).connect();
  sessions = client.db().collection<Session>('sessions');
});
afterAll(async () => {
  await client?.close();
  await stack?.stop();
});

const MINUTE_MS = 60_000;

async function signedIn() {
  const response = await fetch(`${firstApi(stack)}/api/console/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'office', password: DEMO_PASSWORD }),
  });
  const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return { cookie, _id: hashSessionToken(cookie.replace('console=', '')) };
}

async function leaveAlone(_id: string, minutes: number): Promise<void> {
  const usedAt = new Date(Date.now() - minutes * MINUTE_MS);
  const { matchedCount } = await sessions.updateOne({ _id }, { $set: { usedAt } });
  expect(matchedCount).toBe(1);
}

/** How the service answers; every call by a process that has not seen the session yet. */
function asker(cookie: string) {
  const apis = [...stack.apis].slice(1);
  return async (headers: Record<string, string> = {}) => {
    const api = apis.shift();
    if (!api) throw new Error('no process is left that has not seen the session');
    return (await fetch(`${api.url}/api/console/me`, { headers: { cookie, ...headers } })).status;
  };
}

it('goes on within the time, and ends after it', async () => {
  const { cookie, _id } = await signedIn();
  const ask = asker(cookie);
  await leaveAlone(_id, 29);
  expect(await ask()).toBe(200);
  await leaveAlone(_id, 31);
  expect(await ask()).toBe(401);
});

it('is not kept alive by what the page asks by itself, but by whoever is there', async () => {
  const { cookie, _id } = await signedIn();
  const ask = asker(cookie);
  await leaveAlone(_id, 20);
  expect(await ask()).toBe(200);
  const usedAt = async () => (await sessions.findOne({ _id }))?.usedAt?.getTime() ?? 0;
  expect(Date.now() - (await usedAt())).toBeGreaterThan(19 * MINUTE_MS);
  expect(await ask({ 'x-present': '1' })).toBe(200);
  expect(Date.now() - (await usedAt())).toBeLessThan(MINUTE_MS);
});

it('is over for good: a sign of life comes too late', async () => {
  const { cookie, _id } = await signedIn();
  const ask = asker(cookie);
  await leaveAlone(_id, 31);
  expect(await ask({ 'x-present': '1' })).toBe(401);
  expect(await ask()).toBe(401);
});

it('concerns the console only: a phone signs in for weeks', async () => {
  const phone = createApiClient(firstApi(stack));
  const [person] = await stack.sandbox.createPeople(1, 77);
  const { token } = await phone.call('POST /api/login/wechat', {
    body: { code: await stack.sandbox.loginCode(person?.openid ?? '') },
  });
  expect(await sessions.findOne({ _id: hashSessionToken(token) })).toMatchObject({
    actor: { kind: 'student' },
  });
  expect((await sessions.findOne({ _id: hashSessionToken(token) }))?.usedAt).toBeUndefined();
});
