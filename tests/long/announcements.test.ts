import { MongoClient } from 'mongodb';
import { createApiClient } from '../../server/demo/api-client';
import {
  type Ground,
  type LaidStudent,
  layCampaign,
  layGround,
  laySession,
  layStudents,
} from '../../server/demo/ground';
import { DEMO_TEMPLATES } from '../../server/demo/message-templates';
import { DEMO_PASSWORD, firstApi } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { inParallel } from '../../server/rehearsal/in-parallel';
import { startTestStack } from '../support/stack';

jest.setTimeout(900_000);

const STUDENTS = 12_000;
const RATE = 400;

let stack: Stack;
let ground: Ground;
let client: MongoClient;

beforeAll(async () => {
  stack = await startTestStack({ env: { WORKER: 'off', MESSAGES_PER_SECOND: String(RATE) } });
  ground = await layGround(stack);
  client = await MongoClient.connect(stack.mongodbUri);
});
afterAll(async () => {
  await client?.close();
  await ground?.close();
  await stack?.stop();
});

it('tells twelve thousand students once each at no more than the configured rate, though workers are killed while they plan and while they send', async () => {
  const { campaignId, students } = await lay();
  const office = createApiClient(firstApi(stack));
  await office.signIn('office', DEMO_PASSWORD);
  const params = { id: campaignId };
  const preview = await office.call('GET /api/console/campaigns/:id/announcements/preview', {
    params,
    query: {},
  });
  expect(preview).toMatchObject({ students: STUDENTS, bound: STUDENTS, subscribed: STUDENTS });
  const body = {
    title: '带身份证原件',
    text: '请带身份证原件，提前十五分钟到教室门口列队。',
    group: {},
    students: STUDENTS,
    nonce: 'announcement-to-all-0001',
  };
  await office.call('POST /api/console/campaigns/:id/announcements', { params, body });

  const messages = client.db().collection('messages');
  const planner = await stack.addApi({ WORKER: 'on' });
  await until(async () => (await messages.countDocuments({ kind: 'announcement' })) > STUDENTS / 4);
  await planner.kill();
  // Pressed again because nothing was to be seen: the same intention.
  await office.call('POST /api/console/campaigns/:id/announcements', { params, body });

  const begun = Date.now();
  const before = (await stack.sandbox.inbox()).length;
  const first = await stack.addApi({ WORKER: 'on' });
  await stack.addApi({ WORKER: 'on' });
  await until(async () => (await stack.sandbox.inbox()).length > STUDENTS / 2);
  await first.kill();
  await until(async () => {
    // What a killed worker held is free when its lease has run out on the demo clock.
    await stack.sandbox.advance(10_000);
    const left = await messages.countDocuments({ state: { $in: ['queued', 'sending'] } });
    return left === 0 && (await messages.countDocuments({ kind: 'announcement' })) === STUDENTS;
  });
  const seconds = (Date.now() - begun) / 1000;

  const inbox = await stack.sandbox.inbox();
  expect(inbox.length).toBe(STUDENTS);
  expect(new Set(inbox.map(({ openid }) => openid))).toEqual(new Set(students.map(({ openid }) => openid)));
  // No faster than the rate allows, but for the first second's full bucket.
  expect((STUDENTS - before) / seconds).toBeLessThanOrEqual(RATE * 1.05);
  const { announcements } = await office.call('GET /api/console/campaigns/:id/announcements', { params });
  expect(announcements).toMatchObject([{ state: 'sent', students: STUDENTS }]);
});

/** Students with a phone, each with one yes to a message of the school. */
async function lay(): Promise<{ campaignId: string; students: LaidStudent[] }> {
  const campaignId = await layCampaign(ground);
  const sessionId = await laySession(ground, { campaignId, capacity: STUDENTS });
  const students = await layStudents(ground, { campaignId, sessionId }, STUDENTS);
  await client
    .db()
    .collection<{ _id: string }>('message_accepts')
    .insertMany(
      students.map(({ accountId }) => ({
        _id: `${accountId}:announcement`,
        accountId,
        kind: 'announcement',
        campaignId,
        schoolId: ground.schoolId,
        left: 1,
        nonces: [],
        refusedAt: null,
      })),
    );
  await inParallel(16, students, ({ openid }) =>
    stack.sandbox.subscribe(openid, DEMO_TEMPLATES.announcement.id).then(() => undefined),
  );
  return { campaignId, students };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 400_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('never happened');
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
