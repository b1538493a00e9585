import { createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Api, Stack } from '../../server/demo/stack';
import { judgeOffline } from '../../shared/domain/judge-offline';
import { openSnapshot } from '../../shared/domain/sealed-snapshot';
import { prepareLoosening } from '../support/loosened';
import { bookedStudent, nonce, type StaffPhone, staffPhone } from '../support/site';
import { startTestStack } from '../support/stack';

jest.setTimeout(120_000);

type Booked = Awaited<ReturnType<typeof bookedStudent>>;

const loosening = prepareLoosening();
let stack: Stack;
let demo: Demo;
let second: Api;
let students: Booked[];

beforeAll(async () => {
  stack = await startTestStack({ env: loosening.env });
  demo = await seedDemo(stack, 16);
  second = await stack.addApi();
  await stack.sandbox.setClock(phase('open'));
  students = await Promise.all([...Array(11).keys()].map((index) => bookedStudent(stack, demo, index)));
  await stack.sandbox.setClock(phase('day'));
});
afterAll(() => stack?.stop());

function student(index: number): Booked {
  const found = students[index];
  if (!found) throw new Error(`no booked student ${index}`);
  return found;
}

/** A scan as a phone keeps it, `minutesAgo` before it uploads, by a clock that is `wrongByMs`. */
async function kept(who: Booked, minutesAgo = 0, room = who.session.room, wrongByMs = 0) {
  const at = (await stack.sandbox.now()).getTime() - minutesAgo * 60_000 + wrongByMs;
  return {
    kind: 'scan' as const,
    nonce: nonce(),
    room,
    scannedAt: new Date(at).toISOString(),
    text: who.code,
    originalSeen: false,
    shown: 'ok',
  };
}

async function upload(phone: StaffPhone, scans: object[], { pending = 0, wrongByMs = 0 } = {}) {
  const sentAt = new Date((await stack.sandbox.now()).getTime() + wrongByMs).toISOString();
  // The phone sends what it kept; the test need not spell the union out.
  const body = { sentAt, pending, scans: scans as Awaited<ReturnType<typeof kept>>[] };
  return (await phone.call('POST /api/onsite/offline-scans', { body })).results;
}

/** The phone reaches another process of the service. */
function samePhone(phone: StaffPhone, url: string): StaffPhone {
  const client = createApiClient(url);
  client.carryToken(phone.token);
  return { ...phone, ...client };
}

const attendanceOf = async (desk: StaffPhone, { bookingId }: Booked) =>
  desk.call('GET /api/onsite/bookings/:id', { params: { id: bookingId } });

const doubtful = async () =>
  (
    await demo.office.call('GET /api/console/campaigns/:id/offline-scans', {
      params: { id: demo.campaign.id },
    })
  ).scans;

describe('the snapshot', () => {
  it('lets a phone judge a code without network, and opens for its own token only', async () => {
    const who = student(0);
    const desk = await staffPhone(stack, demo, { rooms: [who.session.room] });
    const other = await staffPhone(stack, demo);
    const { sealed, now } = await desk.call('GET /api/onsite/snapshot');
    const snapshot = openSnapshot(sealed, desk.token);
    expect(openSnapshot(sealed, other.token)).toBeUndefined();
    expect(openSnapshot(`A${sealed.slice(1)}`, desk.token)).toBeUndefined();

    const scan = { text: who.code, now: new Date(now), room: who.session.room };
    const confirmed = { originalSeen: true, admitAnyway: true };
    const judged = judgeOffline(snapshot, new Map(), { ...scan, confirmed });
    expect(judged).toMatchObject({ outcome: 'record', booking: { bookingId: who.bookingId } });
    expect(judged.booking?.name).toMatch(/\*$/);
    expect(JSON.stringify(judged)).not.toContain(demo.students[0]?.name);
  });

  it('holds the rooms of the phone and no others', async () => {
    const rooms = new Set(students.map(({ session }) => session.room));
    expect(rooms.size).toBeGreaterThan(1);
    for (const room of rooms) {
      const desk = await staffPhone(stack, demo, { rooms: [room] });
      const snapshot = openSnapshot((await desk.call('GET /api/onsite/snapshot')).sealed, desk.token);
      for (const { bookingId, session } of students) {
        expect(snapshot?.byBooking(bookingId) !== undefined).toBe(session.room === room);
      }
    }
  });
});

describe('an upload', () => {
  it('lists what a phone had to set aside, once, until the scan itself is handed over', async () => {
    const desk = await staffPhone(stack, demo, { label: '放一边的' });
    const who = student(10);
    const scan = await kept(who, 3);
    const aside = () => ({
      kind: 'set_aside' as const,
      nonce: nonce(),
      of: scan.nonce,
      room: scan.room,
      scannedAt: scan.scannedAt,
      bookingId: who.bookingId,
      problem: 'BAD_REQUEST',
    });
    const ofThisPhone = async () => (await doubtful()).filter(({ device }) => device === '放一边的');

    await expect(upload(desk, [{ ...scan, room: '' }])).rejects.toThrow('BAD_REQUEST');
    await Promise.all([upload(desk, [aside()]), upload(desk, [aside()])]);
    const name = demo.students[10]?.name;
    expect(await ofThisPhone()).toMatchObject([
      { outcome: 'refused', problem: 'BAD_REQUEST', bookingId: who.bookingId, person: { name } },
    ]);
    expect((await attendanceOf(desk, who)).arrival).toBeNull();

    expect(await upload(desk, [scan])).toMatchObject([{ outcome: 'recorded' }]);
    expect(await ofThisPhone()).toEqual([]);
  });

  it('names nobody of another campaign for what was set aside', async () => {
    const desk = await staffPhone(stack, demo, { label: '没有这个人' });
    const { scannedAt, room } = await kept(student(10));
    const of = nonce();
    const about = { of, room, scannedAt, bookingId: 'f'.repeat(24), problem: 'BAD_REQUEST' };
    await upload(desk, [{ kind: 'set_aside', nonce: nonce(), ...about }]);
    const listed = (await doubtful()).find(({ device }) => device === '没有这个人');
    expect(listed).toMatchObject({ bookingId: null, person: null });
  });

  it('checks in everybody who was let in offline, once, however often it is sent and wherever it arrives', async () => {
    const desk = await staffPhone(stack, demo);
    const elsewhere = samePhone(desk, second.url);
    const who = [student(0), student(1)];
    const scans = await Promise.all(who.map((each, index) => kept(each, 20 - index)));
    const [first, again] = await Promise.all([upload(desk, scans), upload(elsewhere, scans)]);
    expect(first.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded']);
    expect(again).toEqual(first);
    expect(await upload(desk, scans)).toEqual(first);
    const numbers = await Promise.all(
      who.map(async (each) => (await attendanceOf(desk, each)).arrival?.shotNumber),
    );
    expect(numbers).toEqual(first.map(({ shotNumber }) => shotNumber));
  });

  it('keeps the original time, also from a phone whose clock is an hour wrong', async () => {
    const desk = await staffPhone(stack, demo);
    const wrongByMs = 3_600_000;
    const expected = (await stack.sandbox.now()).getTime() - 30 * 60_000;
    const scan = await kept(student(2), 30, undefined, wrongByMs);
    const [result] = await upload(desk, [scan], { wrongByMs });
    expect(result).toMatchObject({ outcome: 'recorded' });
    const { arrival } = await attendanceOf(desk, student(2));
    expect(Math.abs(Date.parse(arrival?.at ?? '') - expected)).toBeLessThan(5_000);
  });

  it('lists a student whom two offline phones let in; the earlier scan counts, nobody is counted twice', async () => {
    const [early, late] = [
      await staffPhone(stack, demo, { label: '早的' }),
      await staffPhone(stack, demo, { label: '晚的' }),
    ];
    const who = student(3);
    const [scannedLate] = await upload(late, [await kept(who, 5)]);
    expect(scannedLate).toMatchObject({ outcome: 'recorded' });
    const [scannedEarly] = await upload(early, [await kept(who, 25)]);
    expect(scannedEarly).toMatchObject({ outcome: 'conflict', shotNumber: scannedLate?.shotNumber });

    const { arrival } = await attendanceOf(early, who);
    const minutesAgo = ((await stack.sandbox.now()).getTime() - Date.parse(arrival?.at ?? '')) / 60_000;
    expect(Math.round(minutesAgo)).toBe(25);
    const [conflict] = (await doubtful()).filter(({ bookingId }) => bookingId === who.bookingId);
    expect(conflict).toMatchObject({
      outcome: 'conflict',
      device: '早的',
      counts: true,
      other: { device: '晚的' },
    });
  });

  /** Two phones, which let the same student in. @returns what came of either's scan */
  const uploadBoth = async (who: Booked, url: string) => {
    const phones = await Promise.all([
      staffPhone(stack, demo, { label: '甲' }),
      staffPhone(stack, demo, { label: '乙', api: url }),
    ]);
    const outcomes = await Promise.all(
      phones.map(async (phone, index) => (await upload(phone, [await kept(who, 10 + index)]))[0]?.outcome),
    );
    return outcomes.sort();
  };

  it('gives the place to one of two phones that upload at the same moment', async () => {
    expect(await uploadBoth(student(4), second.url)).toEqual(['conflict', 'recorded']);
  });

  it('control: without the state in the guard of the arrival both are told that it was theirs', async () => {
    const together = { of: 'bookings', verb: 'booking.arrive', without: ['attendance', 'shotKeys'], meet: 2 };
    const outcomes = await loosening.loosen([together], () => uploadBoth(student(9), firstApi(stack)));
    expect(outcomes).toEqual(['recorded', 'recorded']);
  });

  it('goes on after a scan that the service refuses, and lists it', async () => {
    const desk = await staffPhone(stack, demo);
    const nobody = { ...(await kept(student(5))), text: '20190000000' };
    const results = await upload(desk, [nobody, await kept(student(5))]);
    expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['refused', 'unknown'],
      ['recorded', expect.anything()],
    ]);
    expect(
      (await doubtful()).some(({ reason, outcome }) => outcome === 'refused' && reason === 'unknown'),
    ).toBe(true);
  });

  it('takes an undone scan back', async () => {
    const desk = await staffPhone(stack, demo);
    const scan = await kept(student(6), 3);
    const undo = { kind: 'undo', nonce: nonce(), scannedAt: scan.scannedAt, of: scan.nonce, bookingId: null };
    const outcomes = (await upload(desk, [scan, undo])).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['recorded', 'undone']);
    expect(await attendanceOf(desk, student(6))).toMatchObject({ attendance: 'expected', arrival: null });
    expect((await upload(desk, [scan, undo])).map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(await attendanceOf(desk, student(6))).toMatchObject({ attendance: 'expected' });
  });

  it('finds an online scan whose answer was lost', async () => {
    const desk = await staffPhone(stack, demo);
    const who = student(7);
    const scan = await kept(who);
    const answer = await desk.call('POST /api/onsite/redeem', {
      body: {
        nonce: scan.nonce,
        room: scan.room,
        scannedAt: scan.scannedAt,
        by: { kind: 'code', text: scan.text },
        originalSeen: true,
        admitAnyway: true,
      },
    });
    expect(answer.admitted).toBe(true);
    expect(await upload(desk, [scan])).toMatchObject([
      { outcome: 'recorded', shotNumber: answer.arrival?.shotNumber },
    ]);
  });

  it('is repeated after the service was killed in the middle of it', async () => {
    const doomed = await stack.addApi();
    const desk = await staffPhone(stack, demo);
    const scan = await kept(student(8), 1);
    const cut = upload(samePhone(desk, doomed.url), [scan]).catch(() => null);
    await doomed.kill();
    await cut;
    expect(await upload(desk, [scan])).toMatchObject([{ outcome: 'recorded' }]);
    expect(await attendanceOf(desk, student(8))).toMatchObject({ attendance: 'arrived' });
  });
});

describe('settlement', () => {
  const stateOf = async ({ id }: StaffPhone) =>
    (
      await demo.office.call('GET /api/console/campaigns/:id/devices', { params: { id: demo.campaign.id } })
    ).devices.find((device) => device.id === id);

  it('waits for a phone that may keep scans, until it has uploaded or is waived', async () => {
    const [diligent, lost] = [await staffPhone(stack, demo), await staffPhone(stack, demo)];
    expect(await stateOf(lost)).toMatchObject({ upload: 'unused' });
    for (const phone of [diligent, lost]) await phone.call('GET /api/onsite/snapshot');
    expect(await stateOf(diligent)).toMatchObject({ upload: 'waiting', pending: null });
    await upload(diligent, [], { pending: 3 });
    expect(await stateOf(diligent)).toMatchObject({ upload: 'waiting', pending: 3 });
    await upload(diligent, []);
    expect(await stateOf(diligent)).toMatchObject({ upload: 'uploaded', pending: 0 });
    await demo.office.call('POST /api/console/devices/:id/waive', {
      params: { id: lost.id },
      body: { reason: '手机掉进水里' },
    });
    expect(await stateOf(lost)).toMatchObject({ upload: 'waived' });
  });

  it('refuses to refund anybody before that', async () => {
    const campaign = { params: { id: demo.campaign.id } };
    const late = await staffPhone(stack, demo, { label: '没电的手机' });
    await late.call('GET /api/onsite/snapshot');
    await upload(late, []);
    await stack.sandbox.setClock(phase('closing'));
    const { version } = await demo.office.call('GET /api/console/campaigns/:id', campaign);
    await demo.office.call('POST /api/console/campaigns/:id/close-collection', {
      ...campaign,
      body: { version },
    });
    const finance = createApiClient(firstApi(stack));
    await finance.signIn('finance1', DEMO_PASSWORD);
    const submit = () =>
      finance.call('POST /api/console/campaigns/:id/refund-batches', { ...campaign, body: {} });
    await expect(submit()).rejects.toMatchObject({
      code: 'PHONES_NOT_UPLOADED',
      details: { phones: expect.stringContaining('没电的手机') },
    });

    await upload(late, []);
    const { devices } = await demo.office.call('GET /api/console/campaigns/:id/devices', campaign);
    for (const { id } of devices.filter((device) => device.upload === 'waiting')) {
      await demo.office.call('POST /api/console/devices/:id/waive', {
        params: { id },
        body: { reason: '手机丢失' },
      });
    }
    expect((await submit()).state).toBe('submitted');
  });
});
