import { ApiError } from '../../../../server/demo/api-client';
import { layCampaign, laySession, layStudents } from '../../../../server/demo/ground';
import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, phoneOf, ROOM, type Student } from '../world';
import { nonce, passUntil } from './steps';

/** A student who is for a second degree, as nobody knew; those have a session of their own. */
interface Miscounted {
  student: Student;
  secondDegreeSession: string;
  version: number;
  nonce: string;
}

async function miscounted({ ground, victim }: CrashWorld): Promise<Miscounted> {
  const campaignId = await layCampaign(ground);
  const sessionId = await laySession(ground, { campaignId, capacity: 2, room: ROOM });
  const secondDegreeSession = await laySession(ground, { campaignId, capacity: 2, room: 'C区203' });
  await ground.db
    .collection<{ _id: string }>('campaigns')
    .updateOne({ _id: campaignId }, { $set: { 'rules.secondDegree': { sessionId: secondDegreeSession } } });
  const [laid] = await layStudents(ground, { campaignId, sessionId }, 1);
  if (!laid) throw new Error('no student');
  const student = { ...laid, api: phoneOf(victim.url, laid) };
  await student.api.call('POST /api/me/bookings', { body: { sessionId } });
  await student.api.call('POST /api/me/enrolment/:id/corrections', {
    params: { id: student.id },
    body: { field: 'training', proposed: '第二学士学位', reason: '录取通知书上是第二学士学位' },
  });
  return { student, secondDegreeSession, version: 2, nonce: nonce() };
}

const accept = ({ office }: CrashWorld, { student, version, nonce }: Miscounted) =>
  office.call('POST /api/console/students/:id/accept-correction', {
    params: { id: student.id },
    body: { version, nonce, answer: '已核对录取名册' },
  });

const correction: UseCase<Miscounted> = {
  name: 'enrolment corrected to a second degree',
  arrange: miscounted,
  scope: ({ student }) => `POST /api/console/students/${student.id}/accept-correction`,
  act: accept,
  async goOn(world, subject) {
    await accept(world, subject);
    expect(await accept(world, subject)).toMatchObject({
      training: 'second_degree',
      correction: { status: 'done', answer: '已核对录取名册' },
    });
    const { student, secondDegreeSession } = subject;
    const students = world.ground.db.collection<{ _id: string; sessionId: string }>('students');
    await passUntil(
      world,
      'the student has the session of the second degrees',
      async () => (await students.findOne({ _id: student.id }))?.sessionId === secondDegreeSession,
    );
  },
};

/** What the office has seen of its corrections to the published holidays, and the day it adds. */
interface Holiday {
  day: string;
  version: number;
}

let holidays = 0;

async function holiday({ office }: CrashWorld): Promise<Holiday> {
  holidays += 1;
  const { version } = await office.call('GET /api/console/work-days');
  return { version, day: `2023-03-${String(holidays).padStart(2, '0')}` };
}

const saveDays = ({ office }: CrashWorld, { day, version }: Holiday) =>
  office.call('PUT /api/console/work-days', {
    body: { version, days: [{ day, working: false, name: '校庆' }] },
  });

/** The first one begins the record, the others change it. */
const workDays: UseCase<Holiday> = {
  name: 'working days',
  arrange: holiday,
  scope: () => 'PUT /api/console/work-days',
  act: saveDays,
  async goOn(world, subject) {
    try {
      await saveDays(world, subject);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CHANGED_MEANWHILE') throw error;
    }
    expect(await world.office.call('GET /api/console/work-days')).toMatchObject({
      version: subject.version + 1,
      days: [{ day: subject.day, working: false, name: '校庆' }],
    });
  },
};

export const CORRECTION_CASES = [correction, workDays] as UseCase[];
