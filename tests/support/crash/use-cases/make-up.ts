import { setTimeout as sleep } from 'node:timers/promises';
import { layCampaign, laySession, layStudents } from '../../../../server/demo/ground';
import { makeUpChoice } from '../../make-up-scene';
import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, phoneOf, type Student } from '../world';
import { type Booker, booking, checkPayment, expectBooking, nonce, payAtCashier } from './steps';

/** The service may believe for five seconds what it knew of a campaign. */
const CACHED_MS = 5_500;
const WHEN = '2022-11-22 09:00';
const LATER = '2022-11-22 10:00';

interface MakeUp {
  campaignId: string;
  student: Student;
  slotId: string;
}

/** A campaign of its own, closed at once, whose student wants a make-up slot that nobody has written down yet. */
async function closedCampaign(world: CrashWorld): Promise<{ campaignId: string; student: Student }> {
  const { ground, victim } = world;
  const campaignId = await layCampaign(ground);
  const sessionId = await laySession(ground, { campaignId, capacity: 2 });
  const [laid] = await layStudents(ground, { campaignId, sessionId }, 1);
  if (!laid) throw new Error('no student');
  return { campaignId, student: { ...laid, api: phoneOf(victim.url, laid) } };
}

async function close({ ground, stack }: CrashWorld, campaignId: string): Promise<void> {
  await ground.db.collection<{ _id: string }>('campaigns').updateOne(
    { _id: campaignId },
    {
      $set: {
        collectionClosedAt: await stack.sandbox.now(),
        'makeUp.bookable': { slotMinutes: 60, placesPerSlot: 2 },
      },
      $inc: { version: 1 },
    },
  );
}

const slotOf = async ({ api }: Student, campaignId: string, when = WHEN) =>
  (await makeUpChoice(api, campaignId, when)).id;

const hold: UseCase<MakeUp> = {
  name: 'hold of a make-up place',
  async arrange(world) {
    const { campaignId, student } = await closedCampaign(world);
    await close(world, campaignId);
    return { campaignId, student, slotId: await slotOf(student, campaignId) };
  },
  scope: () => 'POST /api/me/bookings',
  act: (_, { student, slotId: sessionId, campaignId }) =>
    student.api.call('POST /api/me/bookings', { body: { sessionId, campaignId } }),
  async goOn(world, subject) {
    const held = await hold.act(world, subject);
    expect(held).toMatchObject({ place: 'held', session: { id: subject.slotId, isMakeUp: true } });
  },
};

const carryOver: UseCase<MakeUp & Booker> = {
  name: 'a missed place carried over',
  async arrange(world) {
    const { campaignId, student } = await closedCampaign(world);
    const { sessions } = await student.api.call('GET /api/me/sessions', { query: { campaignId } });
    const { id: bookingId } = await student.api.call('POST /api/me/bookings', {
      body: { sessionId: sessions[0]?.id ?? '' },
    });
    await payAtCashier(world, { student, bookingId });
    await checkPayment({ student, bookingId });
    await expectBooking({ student, bookingId }, { place: 'booked', payment: 'paid' });
    await close(world, campaignId);
    await sleep(CACHED_MS);
    return { campaignId, student, bookingId, slotId: await slotOf(student, campaignId) };
  },
  scope: ({ bookingId }) => `POST /api/me/bookings/${bookingId}/reschedule`,
  act: (_, { student, bookingId, slotId }) =>
    student.api.call('POST /api/me/bookings/:id/reschedule', {
      params: { id: bookingId },
      body: { sessionId: slotId },
    }),
  async goOn(world, subject) {
    const before = await booking(subject);
    if (before.session?.id !== subject.slotId) await carryOver.act(world, subject);
    const after = await booking(subject);
    expect(after).toMatchObject({
      place: 'booked',
      payment: 'paid',
      session: { id: subject.slotId },
      order: { refunds: [] },
    });
  },
};

interface Slots extends MakeUp {
  slotIds: string[];
}

const changeSlots: UseCase<Slots> = {
  name: 'more places in two make-up slots',
  async arrange(world) {
    const { campaignId, student } = await closedCampaign(world);
    await close(world, campaignId);
    const slotIds = [await slotOf(student, campaignId), await slotOf(student, campaignId, LATER)];
    return { campaignId, student, slotId: slotIds[0] ?? '', slotIds };
  },
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/make-up-slots`,
  act: ({ office }, { campaignId: id, slotIds }) =>
    office.call('POST /api/console/campaigns/:id/make-up-slots', {
      params: { id },
      body: { slotIds, change: { kind: 'capacity', capacity: 5 }, reason: '多来一位摄影师' },
    }),
  async goOn(world, subject) {
    await changeSlots.act(world, subject);
    const { days } = await world.office.call('GET /api/console/campaigns/:id/make-up-slots', {
      params: { id: subject.campaignId },
    });
    const changed = days.flatMap(({ slots }) => slots).filter(({ id }) => subject.slotIds.includes(id));
    expect(changed).toMatchObject([{ capacity: 5 }, { capacity: 5 }]);
    await hold.goOn(world, subject);
  },
};

interface PaperPhoto {
  campaignId: string;
  studentId: string;
  nonce: string;
}

const handedIn: UseCase<PaperPhoto> = {
  name: 'a paper photo handed in',
  async arrange(world) {
    const { campaignId, student } = await closedCampaign(world);
    await close(world, campaignId);
    return { campaignId, studentId: student.id, nonce: nonce() };
  },
  scope: ({ studentId }) => `POST /api/console/students/${studentId}/paper-photo`,
  act: ({ office }, { studentId: id, nonce }) =>
    office.call('POST /api/console/students/:id/paper-photo', {
      params: { id },
      body: { version: 1, nonce, handedIn: true },
    }),
  async goOn(world, subject) {
    await handedIn.act(world, subject);
    const { counts, lines } = await world.office.call('GET /api/console/campaigns/:id/make-up-students', {
      params: { id: subject.campaignId },
      query: { show: 'handed_in' },
    });
    expect(counts).toEqual({ missing: 0, handed_in: 1 });
    expect(lines).toMatchObject([{ studentId: subject.studentId, paperPhoto: { by: '教务处李老师' } }]);
  },
};

export const MAKE_UP_CASES = [hold, carryOver, changeSlots, handedIn] as UseCase[];
