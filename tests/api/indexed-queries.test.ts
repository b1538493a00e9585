import { MongoClient } from 'mongodb';
import { layMoneyScene } from '../../server/demo/money-scene';
import { DEMO_PASSWORD, DEMO_USERS, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { layTodoItems } from '../../server/demo/todo-scene';
import { type ContractKey, contract } from '../../shared/contract';
import type { Caller, Endpoint } from '../../shared/contract/endpoint';
import { askEndpoint, consoleHeaders, idsFor, layThings, type Things } from '../support/every-endpoint';
import { watchQueries } from '../support/queries';
import { fullerSamplesOf, sampleOf } from '../support/sample';
import { staffPhone } from '../support/site';
import { startTestStack } from '../support/stack';

jest.setTimeout(300_000);

/*
 * Every endpoint is asked by somebody who may, about things that there are, with each of its filters; before, the office's
 * queues and the money page get one item each. What the API asked of the database meanwhile must be found by an index: a
 * collection that grows with the students is never read as a whole.
 */
const watch = watchQueries();
let stack: Stack;
let demo: Demo;
let things: Things;
const carried = new Map<Caller, Record<string, string>>();

beforeAll(async () => {
  stack = await startTestStack({ env: watch.env });
  demo = await seedDemo(stack, 40);
  await stack.sandbox.setClock(phase('open'));
  await layTodoItems(stack, demo);
  await layMoneyScene(stack, { ...demo, students: demo.students.slice(20, 25) });
  things = await layThings(stack, demo, 30);
  await signEverybodyIn();
});
afterAll(async () => {
  watch.forget();
  await stack?.stop();
});

async function signEverybodyIn(): Promise<void> {
  for (const { role, login } of DEMO_USERS)
    carried.set(role, await consoleHeaders(stack, login, DEMO_PASSWORD));
  const [student] = demo.students.slice(30);
  const code = await stack.sandbox.loginCode(student?.person.openid ?? '');
  const { text } = await askEndpoint(firstApi(stack), 'POST /api/login/wechat', {}, { body: { code } });
  carried.set('student', { authorization: `Bearer ${JSON.parse(text).token}` });
  carried.set('staff', { authorization: `Bearer ${(await staffPhone(stack, demo)).token}` });
  carried.set('anyone', {});
}

/** Whoever asks these is signed out afterwards, or somebody else is. */
const ENDING = /logout|\/users\/|erasure|\/password/;
const KEYS = (Object.keys(contract) as ContractKey[]).sort(
  (one, other) => Number(ENDING.test(one)) - Number(ENDING.test(other)),
);
/** The door: what is behind it has not been reached. */
const AT_THE_DOOR = new Set([
  'NOT_SIGNED_IN',
  'NOT_ALLOWED',
  'CODE_NEEDED',
  'WRONG_CONTENT_TYPE',
  'INTERNAL',
]);

async function askAll(key: ContractKey): Promise<string[]> {
  const { who, query, body, secondFactor, upload }: Endpoint = contract[key];
  const [role] = who.filter((caller) => carried.has(caller));
  const params = idsFor(things, key) ?? {};
  const bodies = body ? [sampleOf(body), ...fullerSamplesOf(body)] : [undefined];
  const queries = query ? [sampleOf(query), ...fullerSamplesOf(query)] : [undefined];
  const isPhoto = upload && upload.types !== 'any' && upload.types.some((type) => type.startsWith('image/'));
  const file = isPhoto ? { file: await idPhoto() } : {};
  const stopped: string[] = [];
  for (const parts of [
    ...bodies.map((one) => ({ body: one, query: queries[0] })),
    ...queries.slice(1).map((one) => ({ body: bodies[0], query: one })),
  ]) {
    const code: Record<string, string> = secondFactor ? { 'x-code': await codeOf(role) } : {};
    const answer = await askEndpoint(
      firstApi(stack),
      key,
      { ...(role && carried.get(role)), ...code },
      { params, ...parts, ...file },
    );
    if (answer.code && AT_THE_DOOR.has(answer.code)) stopped.push(`${key}: ${answer.text}`);
  }
  return stopped;
}

async function idPhoto(): Promise<File> {
  const photo = await stack.sandbox.idPhoto(demo.students[30]?.person.id ?? '', 'front');
  return new File([photo], '身份证.jpg', { type: 'image/jpeg' });
}

/** A new one every time: each counts once. */
async function codeOf(role: Caller | undefined): Promise<string> {
  await stack.sandbox.advance(60_000);
  const login = DEMO_USERS.find((user) => user.role === role)?.login ?? '';
  return (await stack.sandbox.authenticator(login)).code;
}

it('every endpoint is past its door', async () => {
  const stopped: string[] = [];
  for (const key of KEYS) stopped.push(...(await askAll(key)));
  expect(stopped).toEqual([]);
});

it('and nothing it asked of the database is looked for without an index', async () => {
  expect(watch.kinds()).toBeGreaterThan(KEYS.length);
  expect(await watch.unindexed(stack.mongodbUri)).toEqual([]);
});

it('control: without the index of an account’s bookings the list of orders is found to read them all', async () => {
  const client = await new MongoClient(stack.mongodbUri).connect();
  const bookings = client.db().collection('bookings');
  const key = { accountId: 1, campaignId: 1, createdAt: -1 } as const;
  await bookings.dropIndex('accountId_1_campaignId_1_createdAt_-1');
  try {
    const found = await watch.unindexed(stack.mongodbUri);
    expect(found).toContainEqual({
      what: 'find bookings {"accountId":"?"}',
      by: 'GET /api/me/orders',
    });
  } finally {
    await bookings.createIndex(key);
    await client.close();
  }
});
