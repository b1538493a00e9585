import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { backUp } from '../../server/backup/backup';
import { restore } from '../../server/backup/restore';
import { type Proof, prove } from '../../server/checker/prove';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import { confirmedStudent } from '../support/site';
import { BUILT, eventually, startTestStack } from '../support/stack';

jest.setTimeout(240_000);

const DAY = '2022-11-15';
/** WeChat makes the bill until ten. */
const TOO_EARLY = new Date('2022-11-16T09:30:00+08:00');
const NEXT_MORNING = new Date('2022-11-16T10:05:00+08:00');

let stack: Stack;
let demo: Demo;
let client: MongoClient;
let db: Db;
let folder: string;
const phones: StudentPhone[] = [];
const bookingIds: string[] = [];

/**
 * Before the backup: 0 and 1 are booked, 2 holds. After it: 0 cancels and is refunded, 2 pays, 3 books and pays,
 * 4 books, pays and cancels. Then the database is lost and the backup restored.
 */
beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 5);
  await stack.sandbox.setClock(phase('open'));
  client = await new MongoClient(stack.mongodbUri).connect();
  db = client.db();
  folder = mkdtempSync(path.join(os.tmpdir(), 'recovery-'));
  for (let n = 0; n < 5; n += 1) phones.push(await confirmedStudent(stack, demo, n));
  await book(0);
  await book(1);
  bookingIds[2] = (await phone(2).hold()).id;

  const file = path.join(folder, 'yesterday.backup');
  await backUp({ mongodbUri: stack.mongodbUri, file });
  await cancel(0);
  await phone(2).pay(booking(2));
  await book(3);
  await book(4);
  await cancel(4);
  await stack.sandbox.advance(5_000);
  await eventually('both refunds have arrived', async () =>
    (await db.collection('orders').countDocuments({ 'refunds.state': 'succeeded' })) === 2 ? true : null,
  );
  await stack.apis[0]?.stop();
  await restore({ mongodbUri: stack.mongodbUri, file, replace: true });
  await stack.sandbox.setClock(TOO_EARLY);
});
afterAll(async () => {
  await client?.close();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const phone = (n: number): StudentPhone => phones[n] ?? missing(n);
const booking = (n: number): string => bookingIds[n] ?? missing(n);
function missing(n: number): never {
  throw new Error(`nobody at ${n}`);
}

async function book(n: number): Promise<void> {
  const { id } = await phone(n).hold();
  bookingIds[n] = id;
  expect((await phone(n).pay(id)).place).toBe('booked');
}

async function cancel(n: number): Promise<void> {
  await phone(n).api.call('POST /api/me/bookings/:id/cancel', { params: { id: booking(n) }, body: {} });
}

/** As the operator runs it. */
function recover(): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(BUILT, 'cli/recover-payments.js'), '--from', DAY],
    { env: { ...process.env, ...stack.env }, encoding: 'utf8' },
  );
  return { status, output: `${stdout}${stderr}` };
}

const proof = (settled: boolean): Promise<Proof> =>
  prove({ mongodbUri: stack.mongodbUri, sandboxControlUrl: stack.sandboxUrls.control, settled });

const placeOf = async (n: number) =>
  await db
    .collection<{ _id: string }>('bookings')
    .findOne({ _id: booking(n) }, { projection: { place: 1, payment: 1, _id: 0 } });

it('lost money for real: WeChat has payments and refunds that no record here knows', async () => {
  const { problems } = await proof(false);
  expect(
    problems
      .map(({ rule }) => rule)
      .filter((rule) => rule !== 'hold-overdue')
      .sort(),
  ).toEqual([
    'payment-unknown-here',
    'payment-unknown-here',
    'payment-unknown-here',
    'refund-unknown-here',
    'refund-unknown-here',
  ]);
});

it('says and fails while WeChat has not made a bill, and changes nothing', async () => {
  const orders = () => db.collection('orders').find().sort({ _id: 1 }).toArray();
  const before = await orders();
  const { status, output } = recover();
  expect(output).toContain(`${DAY} 的账单还没有生成，次日 10:00 之后请再运行一次`);
  expect(status).toBe(1);
  expect(await orders()).toEqual(before);
  await stack.sandbox.setClock(NEXT_MORNING);
});

it('finds every payment and refund again, and gives each its place or takes it back', async () => {
  const { status, output } = recover();
  expect(output).toContain('本地已有 1 笔，找回 4 笔');
  expect(output).toContain('2022-11-16 的收款要到明天 10:00 之后才有账单');
  expect(status).toBe(0);
  expect(await placeOf(0)).toEqual({ place: 'cancelled', payment: 'paid' });
  expect(await placeOf(1)).toEqual({ place: 'booked', payment: 'paid' });
  expect(await placeOf(2)).toEqual({ place: 'booked', payment: 'paid' });
  expect(await placeOf(3)).toEqual({ place: 'booked', payment: 'paid' });
  expect(await placeOf(4)).toMatchObject({ place: 'released' });
});

it('changes nothing when it is run again', async () => {
  const orders = () => db.collection('orders').find().project({ version: 1 }).sort({ _id: 1 }).toArray();
  const before = await orders();
  const { status, output } = recover();
  expect(output).toContain('本地已有 5 笔，找回 0 笔');
  expect(status).toBe(0);
  expect(await orders()).toEqual(before);
});

it('leaves a clean proof, against the books of WeChat too, once the service has run again', async () => {
  await stack.addApi();
  await eventually('nothing is left to do', async () => {
    await stack.sandbox.advance(60_000);
    const busy = { 'effects.0': { $exists: true } };
    const left =
      (await db.collection('bookings').countDocuments(busy)) +
      (await db.collection('orders').countDocuments(busy));
    return left === 0 ? true : null;
  });
  const { problems, money } = await proof(true);
  expect(problems).toEqual([]);
  expect(money).toMatchObject({ paid: 15_000, refunded: 6_000, unexplained: 0 });
});

it('drops nothing that it cannot attribute: it says so, fails, and leaves it for a person to resolve', async () => {
  const [account] = (await stack.sandbox.credentials()).merchants;
  await stack.sandbox.ask('POST', '/books/entries', {
    kind: 'payment',
    mchid: account?.mchid,
    at: `${DAY}T15:00:00+08:00`,
    totalFen: 3_000,
    outTradeNo: 'XNOBODYSMONEY',
  });
  const { status, output } = recover();
  expect(output).toContain('无法归属，已列入待处理通知：XNOBODYSMONEY');
  expect(status).toBe(1);
  recover();
  expect(await db.collection('orphan_notifications').countDocuments({ outTradeNo: 'XNOBODYSMONEY' })).toBe(1);
  const { problems } = await proof(true);
  expect(problems.map(({ rule }) => rule)).toEqual(['notice-unresolved']);
});
