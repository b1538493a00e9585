import { createApiClient } from '../../server/demo/api-client';
import { DEMO_TEMPLATES } from '../../server/demo/message-templates';
import { DEMO_PASSWORD, type Demo, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import { bookedStudent, nonce, studentPhone } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(120_000);

const NIGHT = new Date('2022-11-15T23:00:00+08:00');
const MORNING = new Date('2022-11-16T08:00:00+08:00');
const WORDS = { title: '请在周五前预约', text: '名额充足，请尽快预约。\n有困难联系辅导员。' };

let stack: Stack;
let demo: Demo;
/** Have confirmed and not booked; the second one books in the night. */
let idle: StudentPhone;
let lastMinute: StudentPhone;
let booked: StudentPhone;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 4);
  await stack.sandbox.setClock(new Date('2022-11-15T09:00:00+08:00'));
  booked = (await bookedStudent(stack, demo, 2)).phone;
  [idle, lastMinute] = [await confirmed(0), await confirmed(1)];
  for (const phone of [idle, lastMinute, booked]) await subscribe(phone);
  await stack.sandbox.setClock(NIGHT);
});
afterAll(() => stack?.stop());

async function confirmed(index: number): Promise<StudentPhone> {
  const phone = await studentPhone(stack, demo, index);
  await phone.consent();
  await phone.verify();
  await phone.findAndConfirm();
  return phone;
}

async function subscribe({ api, person, campaignId }: StudentPhone): Promise<void> {
  await stack.sandbox.subscribe(person.openid, DEMO_TEMPLATES.announcement.id);
  await api.call('POST /api/me/message-accepts', {
    body: { campaignId, accepted: ['announcement'], nonce: nonce() },
  });
}

const campaign = () => ({ params: { id: demo.campaign.id } });
const group = { standing: 'unbooked' } as const;
const announce = (students: number, given = nonce()) =>
  demo.office.call('POST /api/console/campaigns/:id/announcements', {
    ...campaign(),
    body: { ...WORDS, group, students, nonce: given },
  });
const listed = async () =>
  (await demo.office.call('GET /api/console/campaigns/:id/announcements', campaign())).announcements;
const received = async ({ person }: StudentPhone) =>
  (await stack.sandbox.inbox(person.openid)).filter(
    ({ templateId }) => templateId === DEMO_TEMPLATES.announcement.id,
  );

it('counts whom a group reaches, and says that messages wait for the morning', async () => {
  const preview = await demo.office.call('GET /api/console/campaigns/:id/announcements/preview', {
    ...campaign(),
    query: group,
  });
  expect(preview).toMatchObject({ students: 3, bound: 2, subscribed: 2 });
  expect(new Date(preview.messagesAt)).toEqual(MORNING);
});

it('tells nobody when the group is not what was shown, or is empty', async () => {
  await expect(announce(5)).rejects.toMatchObject({
    code: 'ANNOUNCEMENT_GROUP_CHANGED',
    details: { students: 3 },
  });
  await expect(
    demo.office.call('POST /api/console/campaigns/:id/announcements', {
      ...campaign(),
      body: { ...WORDS, group: { college: '没有的学院' }, students: 0, nonce: nonce() },
    }),
  ).rejects.toMatchObject({ code: 'ANNOUNCEMENT_TO_NOBODY' });
  expect(await listed()).toEqual([]);
});

it('is one announcement though asked twice at once and the service is killed at that moment', async () => {
  const once = nonce();
  const [first, second] = await Promise.all([announce(3, once), announce(3, once)]);
  expect(second.id).toBe(first.id);
  const [api] = stack.apis.splice(0, 1);
  await api?.kill();
  await stack.addApi({ PORT: new URL(api?.url ?? '').port });
  expect((await announce(3, once)).id).toBe(first.id);
  const announcements = await eventually('all messages are planned', async () => {
    const found = await listed();
    return found[0]?.state === 'sent' ? found : null;
  });
  expect(announcements).toMatchObject([
    { ...WORDS, students: 3, read: 0, messages: { queued: 2, sent: 0 }, by: '教务处李老师' },
  ]);
});

it('stands on the home pages of the group at once, until it is put away', async () => {
  expect((await idle.home()).announcements).toMatchObject([WORDS]);
  expect((await booked.home()).announcements).toEqual([]);
  const [announcement] = (await lastMinute.home()).announcements;
  const read = (phone: StudentPhone) =>
    phone.api.call('POST /api/me/announcements/:id/read', { params: { id: announcement?.id ?? '' } });
  await Promise.all([read(lastMinute), read(lastMinute)]);
  expect((await lastMinute.home()).announcements).toEqual([]);
  await expect(read(booked)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await listed()).toMatchObject([{ read: 1 }]);
});

it('reaches phones in the morning, once, and not who has booked meanwhile', async () => {
  await lastMinute.pay((await lastMinute.hold()).id);
  expect(await received(idle)).toEqual([]);
  await stack.sandbox.setClock(MORNING);
  await eventually('both messages have ended', async () => {
    const [announcement] = await listed();
    return announcement?.messages.queued === 0 && announcement.messages.sending === 0 ? true : null;
  });
  expect(await listed()).toMatchObject([{ messages: { sent: 1, not_sent: 1 } }]);
  expect(await received(idle)).toMatchObject([{ data: { thing2: { value: WORDS.title } } }]);
  expect(await received(lastMinute)).toEqual([]);
  expect(await received(booked)).toEqual([]);
});

it('is taken back once, though asked twice, and leaves the phones', async () => {
  const id = (await listed())[0]?.id ?? '';
  const withdraw = (given: string) =>
    demo.office.call('POST /api/console/announcements/:id/withdraw', {
      params: { id },
      body: { nonce: given, reason: '内容有误，将重新发' },
    });
  const once = nonce();
  await withdraw(once);
  await withdraw(once);
  await expect(withdraw(nonce())).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
  expect((await idle.home()).announcements).toEqual([]);
  expect(await listed()).toMatchObject([{ state: 'withdrawn' }]);
  await eventually('the audit log tells it', async () => {
    const { lines } = await demo.office.call('GET /api/console/audit', {
      query: { subject: `announcement:${id}` },
    });
    const verbs = lines.map(({ verb }) => verb).join(' ');
    return verbs === 'announcement.withdraw announcement.planned announcement.announce' || null;
  });
});

it('is the office’s to write: support only reads', async () => {
  const support = createApiClient(firstApi(stack));
  await support.signIn('support', DEMO_PASSWORD);
  const { announcements } = await support.call('GET /api/console/campaigns/:id/announcements', campaign());
  expect(announcements).toHaveLength(1);
  await expect(
    support.call('POST /api/console/campaigns/:id/announcements', {
      ...campaign(),
      body: { ...WORDS, group, students: 1, nonce: nonce() },
    }),
  ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
});
