import { MongoClient } from 'mongodb';
import { DEMO_TEMPLATES } from '../../server/demo/message-templates';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { inParallel } from '../../server/rehearsal/in-parallel';
import { addMinutes } from '../../shared/domain/time';
import { startTestStack } from '../support/stack';

jest.setTimeout(600_000);

const MESSAGES = 12_000;
const RATE = 400;

let stack: Stack;
let demo: Demo;

beforeAll(async () => {
  stack = await startTestStack({ env: { WORKER: 'off', MESSAGES_PER_SECOND: String(RATE) } });
  demo = await seedDemo(stack, 1);
  await stack.sandbox.setClock(phase('open'));
});
afterAll(() => stack?.stop());

it('sends twelve thousand messages at no more than the configured rate, once each, though workers are killed', async () => {
  const client = await MongoClient.connect(stack.mongodbUri);
  const openids = await lay(client);
  const begun = Date.now();
  const first = await stack.addApi({ WORKER: 'on' });
  await stack.addApi({ WORKER: 'on' });
  await until(async () => (await stack.sandbox.inbox()).length > MESSAGES / 3);
  await first.kill();
  const left = () =>
    client
      .db()
      .collection('messages')
      .countDocuments({ state: { $in: ['queued', 'sending'] } });
  await until(async () => {
    // What the killed worker held is free when its lease has run out on the demo clock.
    await stack.sandbox.advance(10_000);
    return (await left()) === 0;
  });
  const seconds = (Date.now() - begun) / 1000;
  const inbox = await stack.sandbox.inbox();
  expect(inbox.length).toBe(MESSAGES);
  expect(new Set(inbox.map(({ openid }) => openid))).toEqual(new Set(openids));
  // No faster than the rate allows, but for the first second's full bucket.
  expect(MESSAGES / seconds).toBeLessThanOrEqual(RATE * 1.05);
  await client.close();
});

/** Students who have accepted `opening`, and the message to each. */
async function lay(client: MongoClient): Promise<string[]> {
  const { id: campaignId, schoolId } = demo.campaign;
  const numbers = Array.from({ length: MESSAGES }, (_, n) => n);
  const openidOf = (n: number) => `oLong${n}`;
  const accountOf = (n: number) => `account-${n}`;
  const db = client.db();
  const now = phase('open');
  await db
    .collection<{ _id: string }>('accounts')
    .insertMany(numbers.map((n) => ({ _id: accountOf(n), openid: openidOf(n), createdAt: now })));
  await db.collection<{ _id: string }>('message_accepts').insertMany(
    numbers.map((n) => ({
      _id: `${accountOf(n)}:opening`,
      accountId: accountOf(n),
      kind: 'opening',
      campaignId,
      schoolId,
      left: 1,
      nonces: [],
      refusedAt: null,
    })),
  );
  await db.collection<{ _id: string }>('messages').insertMany(
    numbers.map((n) => ({
      _id: `opening:${campaignId}:${accountOf(n)}`,
      kind: 'opening',
      schoolId,
      campaignId,
      accountId: accountOf(n),
      subjectId: campaignId,
      state: 'queued',
      whyNot: null,
      dueAt: now,
      waitsForAccept: false,
      expiresAt: addMinutes(now, 3 * 24 * 60),
      attempts: 0,
      plannedAt: now,
      sentAt: null,
      fields: null,
    })),
  );
  await inParallel(16, numbers, (n) =>
    stack.sandbox.subscribe(openidOf(n), DEMO_TEMPLATES.opening.id).then(() => undefined),
  );
  return numbers.map(openidOf);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 400_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('never happened');
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
