import { createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import { closeCollection, makeBookable, makeUpChoice } from '../support/make-up-scene';
import { brokenRules } from '../support/race';
import { bookedStudent, nonce, type StaffPhone, staffPhone, studentPhone } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(180_000);

/*
 * Bookable make-up, from the close of the collection to the refund of those who missed the make-up too. 19 November
 * 2022 is the day of the collection, a Saturday; the place is closed on Mondays.
 */
let stack: Stack;
let demo: Demo;
/** Booked and paid, and did not come. */
let missed: Awaited<ReturnType<typeof bookedStudent>>;
let alsoMissed: Awaited<ReturnType<typeof bookedStudent>>;
/** Missed it too, and comes to the make-up desk without a word. */
let desked: Awaited<ReturnType<typeof bookedStudent>>;
let shot: Awaited<ReturnType<typeof bookedStudent>>;
/** Never booked anything. */
let late: StudentPhone;
let desk: StaffPhone;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 7);
  await stack.sandbox.setClock(phase('open'));
  missed = await bookedStudent(stack, demo, 0);
  alsoMissed = await bookedStudent(stack, demo, 1);
  shot = await bookedStudent(stack, demo, 2);
  desked = await bookedStudent(stack, demo, 6);
  await makeBookable(demo, { placesPerSlot: 2 });
  await stack.sandbox.setClock(phase('day'));
  desk = await staffPhone(stack, demo);
  await scan(shot.code, shot.session.room);
  await shoot(shot.bookingId);
});
afterAll(() => stack?.stop());

const consoleUser = async (login: string) => {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, DEMO_PASSWORD);
  return client;
};

const params = () => ({ params: { id: demo.campaign.id } });
const campaignId = () => demo.campaign.id;
const at = (when: string) => stack.sandbox.setClock(new Date(`${when.replace(' ', 'T')}:00+08:00`));

const scan = async (text: string, room: string, admitAnyway = true) =>
  desk.call('POST /api/onsite/redeem', {
    body: {
      nonce: nonce(),
      room,
      scannedAt: (await stack.sandbox.now()).toISOString(),
      by: { kind: 'code', text },
      admitAnyway,
    },
  });

const shoot = (id: string) =>
  desk.call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: nonce() } });

const hold = (phone: StudentPhone, sessionId: string) =>
  phone.api.call('POST /api/me/bookings', { body: { sessionId, campaignId: campaignId() } });

const moveTo = (phone: StudentPhone, id: string, sessionId: string) =>
  phone.api.call('POST /api/me/bookings/:id/reschedule', { params: { id }, body: { sessionId } });

const slots = () => demo.office.call('GET /api/console/campaigns/:id/make-up-slots', params());
const slotAt = async (when: string) => {
  const wanted = new Date(`${when.replace(' ', 'T')}:00+08:00`).toISOString();
  const slot = (await slots()).days.flatMap((day) => day.slots).find(({ startsAt }) => startsAt === wanted);
  if (!slot) throw new Error(`no slot at ${when}`);
  return slot;
};
const change = (
  slotIds: string[],
  what: { kind: 'stop' } | { kind: 'resume' } | { kind: 'capacity'; capacity: number },
  client = demo.office,
) =>
  client.call('POST /api/console/campaigns/:id/make-up-slots', {
    ...params(),
    body: { slotIds, change: what, reason: '摄影师当天请假' },
  });
const due = async () =>
  (await demo.office.call('GET /api/console/campaigns/:id/uncollected', params())).bookings.map(
    ({ bookingId }) => bookingId,
  );

describe('before the collection is closed', () => {
  it('offers no make-up place, and refuses one that somebody knows of', async () => {
    const before = await missed.phone.api.call('GET /api/me/make-up', {
      query: { campaignId: campaignId() },
    });
    expect(before).toEqual({ stage: 'not_yet', days: [] });
    const [slot] = (await slots()).days
      .flatMap((day) => day.slots)
      .filter(({ startsAt }) => startsAt > '2022-11-20');
    late = await studentPhone(stack, demo, 3);
    await late.consent();
    await late.verify();
    await late.findAndConfirm();
    await expect(hold(late, slot?.id ?? '')).rejects.toMatchObject({ code: 'MAKE_UP_NOT_OPEN' });
    await expect(moveTo(missed.phone, missed.bookingId, slot?.id ?? '')).rejects.toMatchObject({
      code: 'MAKE_UP_NOT_OPEN',
    });
  });
});

describe('a missed place becomes a make-up place', () => {
  it('is offered on the home page, by the days that are open', async () => {
    await stack.sandbox.setClock(phase('next'));
    await demo.office.signIn('office', DEMO_PASSWORD);
    await closeCollection(demo);
    await missed.phone.login();
    expect((await missed.phone.home()).card).toEqual({ kind: 'make_up', until: '2023-04-30', isPaid: true });
    await shot.phone.login();
    expect((await shot.phone.home()).card.kind).toBe('shot');
    const { stage, days } = await missed.phone.api.call('GET /api/me/make-up', {
      query: { campaignId: campaignId() },
    });
    expect(stage).toBe('open');
    // Sunday, then closed on Monday.
    expect(days.slice(0, 3).map(({ day }) => day)).toEqual(['2022-11-20', '2022-11-22', '2022-11-23']);
    expect(days[0]?.choices[0]).toMatchObject({ left: 2, closedBecause: 'over' });
    expect(days[1]?.choices.map(({ left, closedBecause }) => [left, closedBecause])).toEqual(
      Array.from({ length: 7 }, () => [2, null]),
    );
  });

  it('with its money: nothing is refunded, nothing paid again, and no batch lists it', async () => {
    const choice = await makeUpChoice(missed.phone.api, campaignId(), '2022-11-22 09:00');
    expect(await due()).toEqual([missed.bookingId, alsoMissed.bookingId, desked.bookingId].sort());
    const booking = await moveTo(missed.phone, missed.bookingId, choice.id);
    expect(booking).toMatchObject({
      id: missed.bookingId,
      place: 'booked',
      payment: 'paid',
      session: { isMakeUp: true, day: '2022-11-22', room: '补拍点' },
      order: { status: 'paid', refunds: [] },
    });
    expect((await missed.phone.home()).card.kind).toBe('booked');
    expect(await due()).toEqual([alsoMissed.bookingId, desked.bookingId].sort());
    // Whoever has been photographed has nothing to make up.
    await expect(moveTo(shot.phone, shot.bookingId, choice.id)).rejects.toMatchObject({
      code: 'CHANGE_TOO_LATE',
    });
    await expect(hold(shot.phone, choice.id)).rejects.toMatchObject({ code: 'ALREADY_BOOKED' });
  });

  it('may be changed until the day before, to other make-up places only', async () => {
    const other = await makeUpChoice(missed.phone.api, campaignId(), '2022-11-23 14:00');
    expect((await moveTo(missed.phone, missed.bookingId, other.id)).session?.day).toBe('2022-11-23');
    await expect(moveTo(missed.phone, missed.bookingId, missed.session.id)).rejects.toMatchObject({
      code: 'CAMPAIGN_CLOSED',
    });
    const back = await makeUpChoice(missed.phone.api, campaignId(), '2022-11-22 09:00');
    await moveTo(missed.phone, missed.bookingId, back.id);
  });
});

describe('who has never booked', () => {
  it('books a make-up place, pays and gets a code', async () => {
    await late.login();
    expect((await late.home()).card).toMatchObject({ kind: 'make_up', isPaid: false });
    const choice = await makeUpChoice(late.api, campaignId(), '2022-11-22 09:00');
    const held = await hold(late, choice.id);
    expect(held).toMatchObject({ place: 'held', amountFen: 3000, session: { id: choice.id } });
    expect((await hold(late, choice.id)).id).toBe(held.id);
    await late.pay(held.id);
    const { card, code } = await late.home();
    expect(card.kind).toBe('booked');
    expect(code?.fixed).toBeTruthy();
    expect((await makeUpChoice(late.api, campaignId(), '2022-11-22 09:00')).closedBecause).toBe(
      'yours_already',
    );
  });

  it('finds a full slot closed, and a hold that ends frees it', async () => {
    const third = await studentPhone(stack, demo, 4);
    await third.consent();
    await third.verify();
    await third.findAndConfirm();
    const full = await makeUpChoice(third.api, campaignId(), '2022-11-22 09:00');
    expect(full).toMatchObject({ left: 0, closedBecause: 'full' });
    await expect(hold(third, full.id)).rejects.toMatchObject({ code: 'SOLD_OUT' });
    const free = await makeUpChoice(third.api, campaignId(), '2022-11-22 10:00');
    const { id } = await hold(third, free.id);
    await at('2022-11-20 10:30');
    await eventually('the hold has ended', async () => {
      const { booking } = await third.home();
      return booking?.id === id && booking.place === 'released' ? booking : null;
    });
    expect((await makeUpChoice(third.api, campaignId(), '2022-11-22 10:00')).left).toBe(2);
    expect(await brokenRules(stack)).toEqual([]);
  });
});

describe('the office', () => {
  it('sees days, slots and who has booked', async () => {
    expect(await slotAt('2022-11-22 09:00')).toMatchObject({ capacity: 2, booked: 2, isStopped: false });
    const { guests, total } = await demo.office.call('GET /api/console/campaigns/:id/make-up-guests', {
      ...params(),
      query: { day: '2022-11-22' },
    });
    expect(total).toBe(2);
    expect(guests.map(({ studentNo }) => studentNo).sort()).toEqual(
      [demo.students[0]?.studentNo, demo.students[3]?.studentNo].sort(),
    );
    const { lines } = await demo.office.call('GET /api/console/campaigns/:id/make-up-students', {
      ...params(),
      query: { show: 'missing' },
    });
    expect(lines.filter(({ bookedFor }) => bookedFor !== null)).toHaveLength(2);
  });

  it('gives more places, never fewer, and stops a slot: who has it stays, nobody comes after', async () => {
    const [nine, ten] = [await slotAt('2022-11-22 09:00'), await slotAt('2022-11-22 10:00')];
    await change([nine.id], { kind: 'capacity', capacity: 3 });
    expect((await slotAt('2022-11-22 09:00')).capacity).toBe(3);
    await expect(change([nine.id, ten.id], { kind: 'capacity', capacity: 2 })).rejects.toMatchObject({
      code: 'CAPACITY_ONLY_GROWS',
    });
    await change([nine.id, ten.id], { kind: 'stop' });
    await change([nine.id, ten.id], { kind: 'stop' });
    const stopped = await makeUpChoice(alsoMissed.phone.api, campaignId(), '2022-11-22 10:00').catch(
      async () => {
        await alsoMissed.phone.login();
        return makeUpChoice(alsoMissed.phone.api, campaignId(), '2022-11-22 10:00');
      },
    );
    expect(stopped.closedBecause).toBe('stopped');
    await expect(moveTo(alsoMissed.phone, alsoMissed.bookingId, ten.id)).rejects.toMatchObject({
      code: 'MAKE_UP_SLOT_CLOSED',
    });
    expect((await slotAt('2022-11-22 09:00')).booked).toBe(2);
    await change([ten.id], { kind: 'resume' });
    expect((await slotAt('2022-11-22 10:00')).isStopped).toBe(false);
    const { lines } = await eventually('the audit log has caught up', async () => {
      const log = await demo.office.call('GET /api/console/audit', {
        query: { subject: `session:${ten.id}` },
      });
      return log.lines.some(({ verb }) => verb === 'session.resume-booking') ? log : null;
    });
    expect(lines.filter(({ verb }) => verb === 'session.stop-booking')).toHaveLength(1);
  });

  it('keeps what was booked when a holiday is entered later, and offers it no more', async () => {
    const { version } = await demo.office.call('GET /api/console/work-days');
    await demo.office.call('PUT /api/console/work-days', {
      body: { version, days: [{ day: '2022-11-22', working: false, name: '校庆' }] },
    });
    expect(await slotAt('2022-11-22 09:00')).toMatchObject({ booked: 2, isOffered: false });
    await expect(makeUpChoice(alsoMissed.phone.api, campaignId(), '2022-11-22 11:00')).rejects.toThrow(
      'no make-up place',
    );
    await demo.office.call('PUT /api/console/work-days', { body: { version: version + 1, days: [] } });
    expect(await slotAt('2022-11-22 09:00')).toMatchObject({ booked: 2, isOffered: true });
  });

  it('is not everybody: support reads, finance and colleges do not, and only the office changes', async () => {
    const support = await consoleUser('support');
    expect((await support.call('GET /api/console/campaigns/:id/make-up-slots', params())).stage).toBe('open');
    const ten = await slotAt('2022-11-22 10:00');
    await expect(change([ten.id], { kind: 'stop' }, support)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    for (const login of ['finance1', 'college']) {
      await expect(
        (await consoleUser(login)).call('GET /api/console/campaigns/:id/make-up-slots', params()),
      ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    }
  });
});

describe('the make-up day', () => {
  it('lets its students in at the make-up place, with shot numbers of that room', async () => {
    await at('2022-11-22 09:05');
    await demo.office.signIn('office', DEMO_PASSWORD);
    await missed.phone.login();
    await late.login();
    const { code } = await missed.phone.home();
    desk = await staffPhone(stack, demo, { label: '补拍机', rooms: ['补拍点'] });
    expect(await scan(code?.fixed ?? '', '补拍点', false)).toMatchObject({
      reason: 'ok',
      admitted: true,
      arrival: { room: '补拍点', shotNumber: 1 },
    });
    await shoot(missed.bookingId);
    const second = (await late.home()).code;
    expect(await scan(second?.rotating ?? '', '补拍点', false)).toMatchObject({
      admitted: true,
      arrival: { shotNumber: 2 },
    });
    // Whoever has only the missed place of the collection is told that it is over.
    expect(await scan(alsoMissed.code, '补拍点')).toMatchObject({ admitted: false });
    const board = await demo.office.call('GET /api/console/campaigns/:id/board', {
      ...params(),
      query: { day: '2022-11-22' },
    });
    expect(board.rooms).toMatchObject([{ room: '补拍点' }]);
  });

  it('books at the door there, on make-up days only', async () => {
    const person = demo.students[5];
    const { people } = await desk.call('POST /api/onsite/search', { body: { q: person?.studentNo ?? '' } });
    const studentId = people[0]?.studentId ?? '';
    const walkIn = (room: string) =>
      desk.call('POST /api/onsite/walk-ins', {
        body: { nonce: nonce(), room, studentId, evidence: 'id_card', payment: 'owed' },
      });
    expect(await walkIn('补拍点')).toMatchObject({ admitted: true, arrival: { shotNumber: 3 } });
  });

  it('lets whoever missed a paid place in at the desk, on what they have paid', async () => {
    const { people } = await desk.call('POST /api/onsite/search', {
      body: { q: demo.students[6]?.studentNo ?? '' },
    });
    const walkIn = (room: string, given: string) =>
      desk.call('POST /api/onsite/walk-ins', {
        body: {
          nonce: given,
          room,
          studentId: people[0]?.studentId ?? '',
          evidence: 'id_card',
          payment: 'owed',
        },
      });
    const once = nonce();
    for (const _ of [1, 2]) {
      expect(await walkIn('补拍点', once)).toMatchObject({
        reason: 'ok',
        admitted: true,
        arrival: { shotNumber: 4 },
      });
    }
    expect(await due()).not.toContain(desked.bookingId);
  });

  it('is due for refund the day after, when nobody came, and may be carried over again until it is refunded', async () => {
    await at('2022-11-23 09:00');
    await demo.office.signIn('office', DEMO_PASSWORD);
    await late.login();
    // Arrived and left before the shot.
    const lateId = (await late.home()).booking?.id ?? '';
    expect(await due()).toEqual([alsoMissed.bookingId, desked.bookingId, lateId].sort());
    expect((await late.home()).card).toMatchObject({ kind: 'make_up', isPaid: true });
    const again = await makeUpChoice(late.api, campaignId(), '2022-11-25 09:00');
    expect(await moveTo(late, lateId, again.id)).toMatchObject({ attendance: 'expected', arrival: null });
    expect(await due()).toEqual([alsoMissed.bookingId, desked.bookingId].sort());
    expect(await brokenRules(stack)).toEqual([]);
  });
});

describe('the refund batch', () => {
  it('gives back who did not make up, leaves who has, and the refunded book anew and pay again', async () => {
    const [finance, second] = [await consoleUser('finance1'), await consoleUser('finance2')];
    const batch = await finance.call('POST /api/console/campaigns/:id/refund-batches', {
      ...params(),
      body: { exclude: [] },
    });
    // The one at the desk had gone before the shot.
    expect(batch.lines.total).toBe(2);
    await second.call('POST /api/console/refund-batches/:id/decide', {
      params: { id: batch.id },
      body: { version: batch.version, decision: 'approve' },
    });
    await eventually('the batch is done', async () => {
      await stack.sandbox.advance(31_000);
      const { state, lines } = await finance.call('GET /api/console/refund-batches/:id', {
        params: { id: batch.id },
      });
      return state === 'done' && lines.refunded === 2 ? state : null;
    });
    await alsoMissed.phone.login();
    expect((await alsoMissed.phone.home()).card).toEqual({
      kind: 'make_up',
      until: '2023-04-30',
      isPaid: false,
    });
    const choice = await makeUpChoice(alsoMissed.phone.api, campaignId(), '2022-11-25 10:00');
    const held = await hold(alsoMissed.phone, choice.id);
    await alsoMissed.phone.pay(held.id);
    expect((await alsoMissed.phone.home()).card.kind).toBe('booked');
    expect(await brokenRules(stack)).toEqual([]);
  });

  it('ends with the deadline', async () => {
    await at('2023-05-01 09:00');
    await late.login();
    expect(await late.api.call('GET /api/me/make-up', { query: { campaignId: campaignId() } })).toEqual({
      stage: 'over',
      days: [],
    });
  });
});
