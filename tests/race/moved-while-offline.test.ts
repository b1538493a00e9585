import { DEMO_PASSWORD, type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { TimetableMove } from '../../shared/contract/timetable-changes';
import { closeCollection, draftOf, makeBookable, makeUpChoice } from '../support/make-up-scene';
import { brokenRules } from '../support/race';
import { bookedStudent, nonce, type StaffPhone, staffPhone } from '../support/site';
import { startTestStack } from '../support/stack';

jest.setTimeout(120_000);

/*
 * A phone without network keeps its scans while the office moves sessions, and students their missed places. What it
 * kept is judged when it is uploaded, by the time of the scan: nothing is lost, and what no longer fits is on the
 * office's list.
 */
const NEXT_DAY = '2022-11-20';

type Booked = Awaited<ReturnType<typeof bookedStudent>>;

let stack: Stack;
let demo: Demo;
let students: Booked[];
let desk: StaffPhone;
/** Kept on the first day, by a phone that lies in a drawer afterwards. */
let forgotten: Kept[];

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 16);
  await makeBookable(demo, { placesPerSlot: 4 });
  await openNextDay();
  await stack.sandbox.setClock(phase('open'));
  const booked = await Promise.all([...Array(16).keys()].map((index) => bookedStudent(stack, demo, index)));
  // One of each session: what moves is somebody's own.
  students = [...new Map(booked.map((each) => [each.session.id, each])).values()];
  await stack.sandbox.setClock(phase('day'));
  desk = await staffPhone(stack, demo);
  forgotten = await Promise.all([student(4), student(5)].map(kept));
});
afterAll(() => stack?.stop());

const params = () => ({ id: demo.campaign.id });

/** The office has a second day in reserve. */
async function openNextDay(): Promise<void> {
  const before = await demo.office.call('GET /api/console/campaigns/:id', { params: params() });
  const [first] = before.collectionDays;
  if (!first) throw new Error('the demo has no day');
  const collectionDays = [first, { ...first, day: NEXT_DAY }];
  await demo.office.call('PUT /api/console/campaigns/:id', {
    params: params(),
    body: { version: before.version, draft: { ...draftOf(before), collectionDays } },
  });
}

function student(index: number): Booked {
  const found = students[index];
  if (!found) throw new Error(`no booked student ${index}`);
  return found;
}

/** A scan as the phone keeps it. */
async function kept({ code, session }: Booked) {
  const at = await stack.sandbox.now();
  const { room } = session;
  return {
    kind: 'scan' as const,
    nonce: nonce(),
    room,
    scannedAt: at.toISOString(),
    text: code,
    originalSeen: false,
    shown: 'ok',
  };
}

type Kept = Awaited<ReturnType<typeof kept>>;

async function upload(...scans: Kept[]) {
  const sentAt = (await stack.sandbox.now()).toISOString();
  return (await desk.call('POST /api/onsite/offline-scans', { body: { sentAt, pending: 0, scans } })).results;
}

async function move(to: TimetableMove['to'], ...sessionIds: string[]): Promise<void> {
  for (const sessionId of sessionIds) {
    const { version } = await demo.office.call('GET /api/console/campaigns/:id', { params: params() });
    await demo.office.call('POST /api/console/campaigns/:id/timetable-changes', {
      params: params(),
      body: {
        version,
        nonce: nonce(),
        move: { scope: 'session', sessionId, to },
        reason: '停电',
        accept: ['overlap', 'room_unknown', 'outside_hours'],
      },
    });
  }
}

const bookingOf = ({ bookingId }: Booked) =>
  desk.call('GET /api/onsite/bookings/:id', { params: { id: bookingId } });

const listed = async ({ bookingId }: Booked) =>
  (await demo.office.call('GET /api/console/campaigns/:id/offline-scans', { params: params() })).scans.filter(
    (scan) => scan.bookingId === bookingId,
  );

async function scanNow(text: string, room: string) {
  const scannedAt = (await stack.sandbox.now()).toISOString();
  const body = { nonce: nonce(), room, scannedAt, by: { kind: 'code' as const, text }, admitAnyway: true };
  return desk.call('POST /api/onsite/redeem', { body });
}

it('records a scan whose session has moved to another room of the same day, where it was made', async () => {
  const who = student(0);
  const scan = await kept(who);
  await move({ room: 'C区207' }, who.session.id);
  expect(await upload(scan)).toMatchObject([{ outcome: 'recorded' }]);
  expect(await bookingOf(who)).toMatchObject({
    attendance: 'arrived',
    arrival: { room: who.session.room },
    session: { room: 'C区207' },
  });
  expect(await listed(who)).toEqual([]);
});

it('does not take the place of the new day for a scan of the old one; the office has it on its list, once', async () => {
  const who = student(1);
  const scan = await kept(who);
  await move({ day: NEXT_DAY }, who.session.id);
  const answers = [await upload(scan), await upload(scan)];
  for (const answer of answers) {
    expect(answer).toEqual([expect.objectContaining({ outcome: 'refused', reason: 'wrong_day' })]);
  }
  expect(await bookingOf(who)).toMatchObject({ place: 'booked', attendance: 'expected', arrival: null });
  expect(await listed(who)).toMatchObject([{ outcome: 'refused', reason: 'wrong_day', counts: false }]);
});

it('of an upload and a move in the same moment either stands, and nobody falls between them', async () => {
  const both = [student(2), student(3)];
  const scans = await Promise.all(both.map(kept));
  const [results] = await Promise.all([
    upload(...scans),
    move({ day: NEXT_DAY }, ...new Set(both.map(({ session }) => session.id))),
  ]);
  for (const [index, who] of both.entries()) {
    const { place, attendance, session } = await bookingOf(who);
    const isRecorded = results[index]?.outcome === 'recorded';
    expect({ place, attendance, day: session?.day }).toEqual({
      place: 'booked',
      attendance: isRecorded ? 'arrived' : 'expected',
      day: NEXT_DAY,
    });
    expect(await listed(who)).toHaveLength(isRecorded ? 0 : 1);
  }
  expect(await brokenRules(stack)).toEqual([]);
});

it('lets the student in on the new day', async () => {
  const who = student(1);
  await stack.sandbox.setClock(new Date(`${NEXT_DAY}T09:05:00+08:00`));
  await who.phone.login();
  const { code, booking } = await who.phone.home();
  expect(booking?.session?.day).toBe(NEXT_DAY);
  expect(await scanNow(code?.fixed ?? '', booking?.session?.room ?? '')).toMatchObject({ admitted: true });
});

it('of a missed place that has become a make-up place is listed, and the make-up place stays', async () => {
  const [who, other] = [student(4), student(5)];
  await stack.sandbox.setClock(new Date(`${NEXT_DAY}T18:00:00+08:00`));
  await demo.office.signIn('office', DEMO_PASSWORD);
  await closeCollection(demo);
  await who.phone.login();
  const choice = await makeUpChoice(who.phone.api, demo.campaign.id, '2022-11-22 09:00');
  await who.phone.api.call('POST /api/me/bookings/:id/reschedule', {
    params: { id: who.bookingId },
    body: { sessionId: choice.id },
  });

  // Kept for a day: the phone says how long ago they were, and the close of the collection came after them.
  expect((await upload(...forgotten)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['refused', 'wrong_day'],
    ['recorded', expect.anything()],
  ]);
  expect(await listed(who)).toMatchObject([{ reason: 'wrong_day' }]);
  expect(await bookingOf(who)).toMatchObject({ place: 'booked', attendance: 'expected' });
  expect(await bookingOf(other)).toMatchObject({ place: 'booked', attendance: 'arrived' });
  expect(await brokenRules(stack)).toEqual([]);
});
