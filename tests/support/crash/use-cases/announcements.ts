import type { ApiClient } from '../../../../server/demo/api-client';
import { type LaidStudent, layCampaign, laySession, layStudents } from '../../../../server/demo/ground';
import { DEMO_TEMPLATES } from '../../../../server/demo/message-templates';
import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, phoneOf } from '../world';
import { passUntil } from './steps';

/** A campaign of its own, whose three students have said yes to one message of the school. */
interface Listeners {
  campaignId: string;
  students: LaidStudent[];
  nonce: string;
}

const STUDENTS = 3;
let intentions = 0;

async function listeners({ ground, victim, stack }: CrashWorld): Promise<Listeners> {
  const campaignId = await layCampaign(ground);
  const sessionId = await laySession(ground, { campaignId, capacity: STUDENTS });
  const students = await layStudents(ground, { campaignId, sessionId }, STUDENTS);
  intentions += 1;
  for (const student of students) {
    await stack.sandbox.subscribe(student.openid, DEMO_TEMPLATES.announcement.id);
    await phoneOf(victim.url, student).call('POST /api/me/message-accepts', {
      body: { campaignId, accepted: ['announcement'], nonce: `yes-to-the-school-${intentions}` },
    });
  }
  return { campaignId, students, nonce: `announcement-crash-${intentions}` };
}

const announceOnce = ({ office }: CrashWorld, { campaignId: id, nonce }: Listeners) =>
  office.call('POST /api/console/campaigns/:id/announcements', {
    params: { id },
    body: { title: '带身份证原件', text: '请带身份证原件。', group: {}, students: STUDENTS, nonce },
  });

/** One announcement and one message each, at WeChat and by the office's count. */
async function told(world: CrashWorld, { campaignId: id, students }: Listeners): Promise<void> {
  await passUntil(world, 'everybody has been told', async () => {
    const { announcements } = await world.office.call('GET /api/console/campaigns/:id/announcements', {
      params: { id },
    });
    expect(announcements.length).toBe(1);
    const { queued, sending, sent, not_sent } = announcements[0]?.messages ?? {};
    return queued === 0 && sending === 0 && (sent ?? 0) + (not_sent ?? 0) === STUDENTS;
  });
  for (const { openid } of students) expect((await world.stack.sandbox.inbox(openid)).length).toBe(1);
}

async function finish(world: CrashWorld, subject: Listeners): Promise<void> {
  await announceOnce(world, subject);
  await told(world, subject);
}

const inScope = (name: string, scope: UseCase<Listeners>['scope']): UseCase<Listeners> => ({
  name,
  arrange: listeners,
  scope,
  act: finish,
  goOn: finish,
});

/** Announced already. */
interface Announced extends Listeners {
  id: string;
  student: ApiClient;
}

async function announced(world: CrashWorld): Promise<Announced> {
  const subject = await listeners(world);
  const { id } = await announceOnce(world, subject);
  await told(world, subject);
  const [first] = subject.students;
  if (!first) throw new Error('nobody listens');
  return { ...subject, id, student: phoneOf(world.victim.url, first) };
}

/** What the student's first page shows of the office. */
const noticesOf = async ({ student, campaignId }: Announced) =>
  (await student.call('GET /api/me/home', { query: { campaignId } })).announcements;

const withdraw: UseCase<Announced> = {
  name: 'announcement: taken back',
  arrange: announced,
  scope: ({ id }) => `POST /api/console/announcements/${id}/withdraw`,
  act: ({ office }, { id, nonce }) =>
    office.call('POST /api/console/announcements/:id/withdraw', {
      params: { id },
      body: { nonce: `${nonce}-back`, reason: '地点写错了' },
    }),
  async goOn(world, subject) {
    await withdraw.act(world, subject);
    await withdraw.act(world, subject);
    expect(await noticesOf(subject)).toEqual([]);
  },
};

const read: UseCase<Announced> = {
  name: 'announcement: read',
  arrange: announced,
  scope: ({ id }) => `POST /api/me/announcements/${id}/read`,
  act: (_, { student, id }) => student.call('POST /api/me/announcements/:id/read', { params: { id } }),
  async goOn(world, subject) {
    await read.act(world, subject);
    expect(await noticesOf(subject)).toEqual([]);
  },
};

export const ANNOUNCEMENT_CASES = [
  inScope('announcement', ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/announcements`),
  inScope('announcement: its messages planned', () => 'job effects'),
  inScope('announcement: its messages sent', () => 'job messages'),
  withdraw,
  read,
] as UseCase[];
