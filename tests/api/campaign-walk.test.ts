import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_TEMPLATES } from '../../server/demo/message-templates';
import { DEMO_DAY } from '../../server/demo/notice-2023';
import { DEMO_PASSWORD, type Demo, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import { closeAndRefund } from '../../server/rehearsal/settle-up';
import { MESSAGE_KINDS, type MessageKind } from '../../shared/domain/messages';
import { addDays, atShanghai, shanghaiDay, shanghaiTime } from '../../shared/domain/time';
import { nonce, staffPhone, studentPhone } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(240_000);

/**
 * One campaign from two weeks before booking opens to the 45th day after the shots, in a minute: every message on its
 * day, once, though the service is restarted on the way, is down for three days, and is killed in the middle.
 */
const LOG = path.resolve(__dirname, '../../docs/campaign-walk.md');

const ROLES = {
  comes: '按时到场',
  absent: '没有到场',
  cancels: '提前取消',
  subscribes_late: '过后才订阅',
  moved: '时段被调整',
  refuses: '在微信里关了通知',
} as const;
type Role = keyof typeof ROLES;
const NAMES = Object.keys(ROLES) as Role[];

let stack: Stack;
let demo: Demo;
const phones = {} as Record<Role, StudentPhone>;
const bookings = {} as Record<Role, string>;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, NAMES.length);
  for (const [index, role] of NAMES.entries()) phones[role] = await studentPhone(stack, demo, index);
});
afterAll(() => stack?.stop());

const clockTo = (day: string, time: string) => stack.sandbox.setClock(atShanghai(day, time));

/** The prompt at a tap: WeChat keeps its own count of what was accepted, the service keeps ours. */
async function accept(role: Role, ...kinds: MessageKind[]): Promise<void> {
  const { person, api, campaignId } = phones[role];
  for (const kind of kinds) await stack.sandbox.subscribe(person.openid, DEMO_TEMPLATES[kind].id);
  await api.call('POST /api/me/message-accepts', { body: { campaignId, accepted: kinds, nonce: nonce() } });
}

interface Got {
  role: Role;
  kind: MessageKind;
  at: Date;
  text: string;
}

/** Everything that ever reached a phone, in order. */
async function delivered(): Promise<Got[]> {
  const roleOf = new Map(NAMES.map((role) => [phones[role].person.openid, role]));
  const kindOf = new Map(MESSAGE_KINDS.map((kind) => [DEMO_TEMPLATES[kind].id, kind]));
  return (await stack.sandbox.inbox()).flatMap(({ openid, templateId, at, data }) => {
    const role = roleOf.get(openid);
    const kind = kindOf.get(templateId);
    const text = Object.values(data)
      .map(({ value }) => value)
      .join(' · ');
    return role && kind ? [{ role, kind, at: new Date(at), text }] : [];
  });
}

const got = (role: Role, kind: MessageKind) =>
  eventually(`${role} gets ${kind}`, async () => {
    const found = (await delivered()).filter((message) => message.role === role && message.kind === kind);
    return found.length > 0 ? found : null;
  });

const messages = async (kind: MessageKind) =>
  (
    await demo.office.call('GET /api/console/campaigns/:id/messages', {
      params: { id: demo.campaign.id },
      query: { kind, limit: 100 },
    })
  ).messages;

/** What became of a student's message, as the office reads it. */
const fate = (role: Role, kind: MessageKind, wanted: string) =>
  eventually(`${kind} of ${role} is ${wanted}`, async () => {
    const { studentNo } = demo.students[NAMES.indexOf(role)] ?? {};
    const own = (await messages(kind)).filter(({ student }) => student?.studentNo === studentNo);
    return own.some(({ state, whyNot }) => (whyNot ?? state) === wanted) ? own : null;
  });

async function restart(end: 'stop' | 'kill' = 'stop'): Promise<void> {
  const api = stack.apis.shift();
  if (!api) throw new Error('no API to restart');
  await api[end]();
  await startAgain(api.url);
}

async function startAgain(url: string): Promise<void> {
  await stack.addApi({ PORT: new URL(url).port });
}

it('tells who asked for it that booking is open, in the morning, once, whatever is restarted', async () => {
  await stack.sandbox.setClock(atShanghai('2022-11-01', '10:00'), true);
  await accept('comes', 'opening');
  await accept('moved', 'opening');
  await clockTo('2022-11-14', '23:30');
  await restart();
  await clockTo('2022-11-15', '08:00');
  const [message] = await got('comes', 'opening');
  expect(shanghaiDay(message?.at ?? new Date(0))).toBe('2022-11-15');
  await got('moved', 'opening');
  await restart('kill');
  expect((await delivered()).filter(({ kind }) => kind === 'opening')).toHaveLength(2);
});

it('answers a booking at once, and waits for those who subscribe later', async () => {
  for (const role of NAMES) {
    const phone = phones[role];
    await phone.consent();
    await phone.verify();
    await phone.findAndConfirm();
    const { id } = await phone.pay((await phone.hold()).id);
    bookings[role] = id;
    if (role === 'refuses') {
      // The phone says accepted, WeChat's own books know of nothing: messages were switched off meanwhile.
      await phone.api.call('POST /api/me/message-accepts', {
        body: { campaignId: demo.campaign.id, accepted: ['booked'], nonce: nonce() },
      });
    } else if (role !== 'subscribes_late') {
      await accept(role, 'booked', 'day_before', 'refunded', 'moved', 'photo_check');
    }
  }
  const [message] = await got('comes', 'booked');
  expect(message?.text).toContain('2022-11-19');
  await fate('refuses', 'booked', 'refused');
  await fate('subscribes_late', 'booked', 'queued');
  await clockTo('2022-11-15', '12:00');
  await accept('subscribes_late', 'booked');
  await got('subscribes_late', 'booked');
});

it('says that a session has moved, but not in the night', async () => {
  await clockTo('2022-11-16', '22:30');
  const { session } = (await phones.moved.home()).booking ?? {};
  if (!session) throw new Error('no session to move');
  const { version } = await demo.office.call('GET /api/console/campaigns/:id', {
    params: { id: demo.campaign.id },
  });
  await demo.office.call('POST /api/console/campaigns/:id/timetable-changes', {
    params: { id: demo.campaign.id },
    body: {
      version,
      nonce: nonce(),
      move: { scope: 'session', sessionId: session.id, to: { room: 'C区301' } },
      reason: '教室检修',
      accept: ['room_unknown'],
    },
  });
  await fate('moved', 'moved', 'queued');
  expect((await delivered()).filter(({ kind }) => kind === 'moved')).toEqual([]);
  await clockTo('2022-11-17', '08:00');
  const [message] = await got('moved', 'moved');
  expect(message?.text).toContain('C区301');
});

it('says that the money is back after a cancellation, and reminds of nothing that is over', async () => {
  await phones.cancels.api.call('POST /api/me/bookings/:id/cancel', {
    params: { id: bookings.cancels },
    body: {},
  });
  await eventually('the refund arrives', async () => {
    await stack.sandbox.advance(90_000);
    return (await delivered()).some(({ role, kind }) => role === 'cancels' && kind === 'refunded') || null;
  });
  await clockTo(addDays(DEMO_DAY, -1), '18:00');
  const [reminder] = await got('comes', 'day_before');
  expect(reminder?.text).toContain(`${DEMO_DAY} `);
  await got('moved', 'day_before');
  await fate('cancels', 'day_before', 'not_applicable');
});

it('refunds who did not come, and tells them', async () => {
  const { session } = (await phones.comes.home()).booking ?? {};
  if (!session) throw new Error('no session');
  await stack.sandbox.setClock(new Date(session.startsAt));
  const desk = await staffPhone(stack, demo);
  for (const role of ['comes', 'moved', 'subscribes_late', 'refuses'] as const) {
    const { code, now } = await phones[role].home();
    await desk.call('POST /api/onsite/redeem', {
      body: {
        nonce: nonce(),
        room: session.room,
        scannedAt: now,
        by: { kind: 'code', text: code?.fixed ?? '' },
        admitAnyway: true,
      },
    });
    await desk.call('POST /api/onsite/bookings/:id/shot', {
      params: { id: bookings[role] },
      body: { nonce: nonce() },
    });
  }
  await clockTo(DEMO_DAY, '17:00');
  expect((await closeAndRefund(stack, demo)).refunds).toBe(1);
  await got('absent', 'refunded');
});

it('reminds of the portrait on the fortieth day, though nobody worked for three days before', async () => {
  const api = stack.apis.shift();
  await api?.stop();
  const fortieth = addDays(DEMO_DAY, 40);
  await clockTo(addDays(fortieth, -1), '12:00');
  await clockTo(addDays(fortieth, 2), '12:00');
  await startAgain(api?.url ?? firstApi(stack));
  // The office's session has run out long ago.
  await demo.office.signIn('office', DEMO_PASSWORD);
  await got('comes', 'photo_check');
  await got('moved', 'photo_check');
  expect((await phones.comes.home()).card.kind).toBe('check_photo');
});

it('stops reminding who has checked, and lists who has not and what is wrong', async () => {
  const check = (role: Role, result: 'right' | 'wrong', note?: string) =>
    phones[role].api.call('POST /api/me/bookings/:id/photo-check', {
      params: { id: bookings[role] },
      body: { result, ...(note ? { note } : {}) },
    });
  await check('comes', 'right');
  await check('moved', 'wrong', '不是本人');
  await check('subscribes_late', 'right');
  await accept('subscribes_late', 'photo_check');
  await fate('subscribes_late', 'photo_check', 'not_applicable');
  const lists = await demo.office.call('GET /api/console/campaigns/:id/photo-checks', {
    params: { id: demo.campaign.id },
    query: { show: 'wrong' },
  });
  expect(lists.counts).toEqual({ unchecked: 1, wrong: 1, handled: 0, right: 2 });
  expect(lists.lines).toMatchObject([
    { note: '不是本人', name: demo.students[NAMES.indexOf('moved')]?.name },
  ]);
  await clockTo(addDays(DEMO_DAY, 45), '10:00');
});

it('has sent nothing twice and nothing at night, and is written down in docs/campaign-walk.md', async () => {
  const all = await delivered();
  const keys = all.map(({ role, kind }) => `${role} ${kind}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { kind, at } of all) {
    if (kind !== 'booked') expect(shanghaiTime(at) >= '08:00' && shanghaiTime(at) < '22:00').toBe(true);
  }
  const story = storyOf(all);
  if (process.env.UPDATE_DOCS) writeFileSync(LOG, story);
  expect(readFileSync(LOG, 'utf8')).toBe(story);
});

function storyOf(all: readonly Got[]): string {
  const lines = [...all]
    .sort((a, b) => shanghaiDay(a.at).localeCompare(shanghaiDay(b.at)) || order(a) - order(b))
    .map(
      ({ role, kind, at, text }) => `| ${shanghaiDay(at)} | ${ROLES[role]} | ${kind} | ${told(kind, text)} |`,
    );
  return `# 一个批次走一遍：谁在哪天收到了什么

由 \`tests/api/campaign-walk.test.ts\` 在演示时钟上走出来的真实记录；测试会核对这一页（\`UPDATE_DOCS=1\` 时重写）。

| 日期 | 学生 | 消息 | 内容 |
|---|---|---|---|
${lines.join('\n')}
`;
}

/** Whose minute depends on how fast the test runs is told by the day. */
const told = (kind: MessageKind, text: string): string =>
  kind === 'refunded' || kind === 'photo_check' ? text.replace(/ \d\d:\d\d/, '') : text;

const order = ({ role, kind }: Got): number =>
  MESSAGE_KINDS.indexOf(kind) * NAMES.length + NAMES.indexOf(role);
