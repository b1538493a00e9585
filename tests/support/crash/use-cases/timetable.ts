import { ApiError } from '../../../../server/demo/api-client';
import { layCampaign, laySession, layStudents } from '../../../../server/demo/ground';
import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, phoneOf, ROOM } from '../world';
import { type Booker, booking, nonce, passUntil } from './steps';

const ELSEWHERE = 'C区203';

/** A campaign of its own with one session, in which nobody has a place yet. */
interface Fresh extends Pick<Booker, 'student'> {
  campaignId: string;
  sessionId: string;
}

async function fresh({ ground, victim }: CrashWorld): Promise<Fresh> {
  const campaignId = await layCampaign(ground);
  const sessionId = await laySession(ground, { campaignId, capacity: 2, room: ROOM });
  const [laid] = await layStudents(ground, { campaignId, sessionId }, 1);
  if (!laid) throw new Error('no student');
  return { campaignId, sessionId, student: { ...laid, api: phoneOf(victim.url, laid) } };
}

const holdIn = ({ student, sessionId }: Fresh) =>
  student.api.call('POST /api/me/bookings', { body: { sessionId } });

/** The first place of a campaign keeps the timetable too. */
const firstHold: UseCase<Fresh> = {
  name: "a campaign's first hold",
  arrange: fresh,
  scope: () => 'POST /api/me/bookings',
  act: (_, subject) => holdIn(subject),
  async goOn({ office }, subject) {
    const held = await holdIn(subject);
    expect(held).toMatchObject({ place: 'held', session: { id: subject.sessionId } });
    expect((await holdIn(subject)).id).toBe(held.id);
    const replace = office.call('POST /api/console/campaigns/:id/timetable', {
      params: { id: subject.campaignId },
      body: { text: '专业\t人数\t时间\t备注\t地点\n农学\t30\t11月19日 8:30—9:00\t\tC区202' },
    });
    await expect(replace).rejects.toMatchObject({ code: 'TIMETABLE_IN_USE' });
  },
};

/** Somebody has booked; the office has seen what a move would do. */
interface Moved extends Fresh, Booker {
  version: number;
  nonce: string;
}

const moveOf = ({ sessionId }: Fresh) => ({ scope: 'session' as const, sessionId, to: { room: ELSEWHERE } });

async function previewed(world: CrashWorld): Promise<Moved> {
  const subject = await fresh(world);
  const { id: bookingId } = await holdIn(subject);
  const { version, affected } = await world.office.call(
    'POST /api/console/campaigns/:id/timetable-changes/preview',
    { params: { id: subject.campaignId }, body: { move: moveOf(subject) } },
  );
  expect(affected.students).toBe(1);
  return { ...subject, bookingId, version, nonce: nonce() };
}

const apply = ({ office }: CrashWorld, subject: Moved) =>
  office.call('POST /api/console/campaigns/:id/timetable-changes', {
    params: { id: subject.campaignId },
    body: {
      version: subject.version,
      nonce: subject.nonce,
      move: moveOf(subject),
      reason: '教室停电',
      accept: ['overlap', 'room_unknown', 'outside_hours'],
    },
  });

async function changesOf({ office }: CrashWorld, { campaignId: id }: Fresh) {
  return (await office.call('GET /api/console/campaigns/:id/timetable-changes', { params: { id } })).changes;
}

async function carriedOut(world: CrashWorld, subject: Moved): Promise<void> {
  await passUntil(
    world,
    'the change is carried out',
    async () => (await changesOf(world, subject))[0]?.carriedOut === true,
  );
}

/** Pressed again it is the same change; the student is told of it once. */
async function moveThrough(world: CrashWorld, subject: Moved): Promise<void> {
  const { id } = await apply(world, subject);
  expect((await apply(world, subject)).id).toBe(id);
  await carriedOut(world, subject);
  expect(await changesOf(world, subject)).toMatchObject([{ id, told: 1 }]);
  expect(await booking(subject)).toMatchObject({
    session: { room: ELSEWHERE },
    moved: { changeId: id, from: { room: ROOM }, to: { room: ELSEWHERE }, acknowledged: false },
  });
  const told = await world.ground.db
    .collection<{ _id: string; trail: { verb: string }[] }>('bookings')
    .findOne({ _id: subject.bookingId });
  expect(told?.trail.filter(({ verb }) => verb === 'booking.moved')).toHaveLength(1);
}

const change: UseCase<Moved> = {
  name: 'timetable change',
  arrange: previewed,
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/timetable-changes`,
  act: apply,
  goOn: moveThrough,
};

const carryOut: UseCase<Moved> = {
  name: 'timetable change: sessions written, students told',
  arrange: previewed,
  scope: () => 'job effects',
  // Taken, the session, the booking; taken again, the end.
  steps: 5,
  async act(world, subject) {
    await apply(world, subject);
    // By then no process shows the old timetable any more: the first look is the last one.
    await world.pass(1);
    await carriedOut(world, subject);
  },
  goOn: moveThrough,
};

const acknowledge: UseCase<Moved & { changeId: string }> = {
  name: 'a move seen by the student',
  async arrange(world) {
    const subject = await previewed(world);
    const { id: changeId } = await apply(world, subject);
    await carriedOut(world, subject);
    return { ...subject, changeId };
  },
  scope: ({ bookingId }) => `POST /api/me/bookings/${bookingId}/acknowledge-move`,
  act: (_, { student, bookingId: id, changeId }) =>
    student.api.call('POST /api/me/bookings/:id/acknowledge-move', { params: { id }, body: { changeId } }),
  async goOn(world, subject) {
    await acknowledge.act(world, subject);
    expect((await booking(subject)).moved).toMatchObject({ changeId: subject.changeId, acknowledged: true });
  },
};

interface Grown {
  campaignId: string;
  sessionId: string;
}

const raise = ({ office }: CrashWorld, { campaignId: id, sessionId }: Grown) =>
  office.call('POST /api/console/campaigns/:id/sessions/:sessionId/capacity', {
    params: { id, sessionId },
    body: { version: 1, capacity: 5, reason: '加椅子' },
  });

const capacity: UseCase<Grown> = {
  name: 'more places in a session',
  async arrange({ ground, campaignId }) {
    return { campaignId, sessionId: await laySession(ground, { campaignId, capacity: 3 }) };
  },
  scope: ({ campaignId, sessionId }) =>
    `POST /api/console/campaigns/${campaignId}/sessions/${sessionId}/capacity`,
  act: raise,
  async goOn(world, subject) {
    try {
      await raise(world, subject);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CAPACITY_ONLY_GROWS') throw error;
    }
    const { sessions } = await world.office.call('GET /api/console/campaigns/:id/sessions', {
      params: { id: subject.campaignId },
    });
    expect(sessions.find(({ id }) => id === subject.sessionId)).toMatchObject({ capacity: 5, version: 2 });
  },
};

export const TIMETABLE_CASES = [firstHold, change, carryOut, acknowledge, capacity] as UseCase[];
