import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { prove } from '../../server/checker/prove';
import { type ApiClient, type ApiError, createApiClient } from '../../server/demo/api-client';
import { DEMO_DAY } from '../../server/demo/notice-2023';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import type { EVIDENCE } from '../../shared/contract/onsite';
import { draftOf } from '../support/make-up-scene';
import { nonce, staffPhone, studentPhone } from '../support/site';
import { smallCampaign } from '../support/small-campaign';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;
/** The day as the notice has it. */
let strict: Demo;
/** The same rows; here students choose any session, and one place a session is kept back. */
let free: Demo;

const ROWS = [
  { major: '园林', headcount: 2, room: 'C区202', from: '09:00', to: '09:10' },
  { major: '园艺', headcount: 4, room: 'C区202', from: '09:10', to: '09:20' },
  { major: '农学', headcount: 4, room: 'C区203', from: '14:00', to: '14:20' },
];

/** By index; the tests say who does what. */
const STUDENTS = [
  { major: '园林' },
  { major: '园林', graduationType: 'early' as const },
  { major: '园林', training: 'second_degree' as const },
  { major: '园艺' },
  { major: '园艺' },
  { major: '园艺' },
  { major: '农学' },
  { major: '农学' },
  { major: '园林' },
  { major: '园艺' },
  { major: '农学' },
];

beforeAll(async () => {
  stack = await startTestStack();
  const demo = await seedDemo(stack, 1);
  strict = await smallCampaign(stack, demo, { rows: ROWS, students: STUDENTS, seed: 71 });
  free = await smallCampaign(stack, demo, {
    rows: ROWS,
    students: STUDENTS,
    seed: 72,
    rules: { allowOtherSessions: true, reserveSeats: 1 },
  });
});
afterAll(() => stack?.stop());

const shanghai = (time: string, day = DEMO_DAY) => new Date(`${day}T${time}+08:00`);
const sessionsOf = async ({ office, campaign }: Demo) =>
  (await office.call('GET /api/console/campaigns/:id/sessions', { params: { id: campaign.id } })).sessions;

async function sessionOf(demo: Demo, major: string) {
  const session = (await sessionsOf(demo)).find(({ title }) => title === major);
  if (!session) throw new Error(`no session of ${major}`);
  return session;
}

/** Verified and confirmed: what remains is to book. */
async function ready(demo: Demo, index: number): Promise<StudentPhone> {
  const phone = await studentPhone(stack, demo, index);
  const { identity, enrolment } = await phone.home();
  if (enrolment?.confirmedAt) return phone;
  await phone.consent();
  if (identity?.status !== 'verified') await phone.verify();
  await phone.findAndConfirm();
  return phone;
}

async function booked(demo: Demo, index: number) {
  const phone = await ready(demo, index);
  const { id } = await phone.pay((await phone.hold()).id);
  return { phone, id, idNumber: phone.person.idNumber };
}
const cardOf = ({ students }: Demo, index: number): string => students[index]?.person.bankCard ?? '';

type Booked = Awaited<ReturnType<typeof booked>>;

/** Students of the strict campaign who are booked when the day begins, by index. */
const onTheDay = new Map<number, Booked>();

const versionOf = async ({ office, campaign }: Demo): Promise<number> =>
  (await office.call('GET /api/console/campaigns/:id', { params: { id: campaign.id } })).version;

describe('when students may book', () => {
  it('not before the school opens, though they see the timetable', async () => {
    const phone = await studentPhone(stack, strict, 0);
    expect((await phone.home()).card).toMatchObject({ kind: 'not_open', opensAt: expect.any(String) });
    const { hits } = await phone.api.call('GET /api/campaigns/:id/timetable', {
      params: { id: strict.campaign.id },
      query: { q: '园林' },
    });
    expect(hits).toEqual([expect.objectContaining({ title: '园林', room: 'C区202' })]);
    const { id } = await sessionOf(strict, '园林');
    await phone.consent();
    await expect(phone.verify()).resolves.toMatchObject({ status: 'verified' });
    await expect(
      phone.findAndConfirm().then(() => phone.api.call('POST /api/me/bookings', { body: { sessionId: id } })),
    ).rejects.toMatchObject({ code: 'CAMPAIGN_NOT_OPEN' });
  });
});

describe('the code that the notice prints', () => {
  it('opens the mini-program at its home page, and says for which campaign', async () => {
    const { image, ...rest } = await strict.office.call('GET /api/console/campaigns/:id/mini-program-code', {
      params: { id: strict.campaign.id },
    });
    expect(rest).toEqual({ page: 'pages/home/index', scene: strict.campaign.id });
    const png = PNG.sync.read(Buffer.from(image.replace('data:image/png;base64,', ''), 'base64'));
    const seen = jsQR(new Uint8ClampedArray(png.data), png.width, png.height);
    expect(seen?.data).toContain(strict.campaign.id);
  });
});

describe('which session', () => {
  beforeAll(() => stack.sandbox.setClock(phase('open')));

  it('the own group only, unless the campaign lets students choose', async () => {
    const others = await sessionOf(strict, '农学');
    const phone = await ready(strict, 3);
    const { sessions } = await phone.api.call('GET /api/me/sessions', {
      query: { campaignId: strict.campaign.id },
    });
    expect(sessions.map(({ title, own, closedBecause }) => [title, own, closedBecause])).toEqual([
      ['园艺', true, null],
      ['园林', false, 'not_your_group'],
      ['农学', false, 'not_your_group'],
    ]);
    await expect(phone.hold(others.id)).rejects.toMatchObject({ code: 'SESSION_NOT_YOURS' });
    const elsewhere = await ready(free, 3);
    const held = await elsewhere.hold((await sessionOf(free, '农学')).id);
    expect(held.session?.title).toBe('农学');
    await elsewhere.api.call('POST /api/me/bookings/:id/cancel', { params: { id: held.id }, body: {} });
  });

  it('early graduates stand with their major', async () => {
    const early = await ready(strict, 1);
    expect((await early.home()).enrolment).toMatchObject({ graduationType: 'early' });
    expect(await early.ownSessionId()).toBe((await sessionOf(strict, '园林')).id);
  });

  it('second-degree students stand where the office puts them', async () => {
    const second = await ready(strict, 2);
    expect(await second.ownSessionId()).toBe((await sessionOf(strict, '园林')).id);
    const put = async (secondDegree: 'not_placed' | { sessionId: string }) => {
      const params = { id: strict.campaign.id };
      const before = await strict.office.call('GET /api/console/campaigns/:id', { params });
      const draft = draftOf(before);
      return strict.office.call('PUT /api/console/campaigns/:id', {
        params,
        body: {
          version: before.version,
          draft: { ...draft, rules: { ...draft.rules, secondDegree } },
        },
      });
    };
    const agronomy = await sessionOf(strict, '农学');
    await put({ sessionId: agronomy.id });
    expect(await second.ownSessionId()).toBe(agronomy.id);
    await put('not_placed');
    await expect(second.ownSessionId()).rejects.toThrow('no session of the own group');
    const { groups } = await strict.office.call('GET /api/console/campaigns/:id/unmatched', {
      params: { id: strict.campaign.id },
    });
    expect(groups).toEqual([
      expect.objectContaining({
        training: 'second_degree',
        because: expect.stringContaining('第二学士学位'),
      }),
    ]);
    await expect(put({ sessionId: '0'.repeat(24) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await put({ sessionId: agronomy.id });
  });
});

describe('who cannot be verified', () => {
  it('having lost the ID card, is sent to the door and books nothing', async () => {
    const phone = await studentPhone(stack, strict, 9);
    await phone.api.call('POST /api/me/verification/on-site', {
      body: { campaignId: strict.campaign.id, reason: 'lost_id' },
    });
    expect((await phone.home()).card.kind).toBe('on_site');
    const { id } = await sessionOf(strict, '园艺');
    await expect(phone.hold(id)).rejects.toMatchObject({ code: 'NOT_ON_ROSTER' });
  });

  it('is told what to do next by every failure, and after the last one books unverified', async () => {
    const phone = await studentPhone(stack, strict, 10);
    await phone.consent();
    const { name, idNumber: documentNumber } = phone.person;
    const attemptsLeft: unknown[] = [];
    // The same card a third time could be locked by the bank: that attempt is another's card.
    const wrong = [{ phone: '13900000000' }, { phone: '13900000001' }, { bankCard: cardOf(strict, 0) }];
    for (const changes of wrong) {
      const failed = await phone.verify(changes).then(
        () => null,
        (error: ApiError) => error,
      );
      expect(failed).toMatchObject({ code: 'VERIFICATION_FAILED' });
      expect(failed?.message).toMatch(/请|可以/);
      attemptsLeft.push(failed?.details?.attemptsLeft);
    }
    expect(attemptsLeft).toEqual([2, 1, 0]);
    const identity = await phone.api.call('POST /api/me/verification/unverified', {
      body: { campaignId: strict.campaign.id, name, documentType: 'resident_id', documentNumber },
    });
    expect(identity.status).toBe('unverified');
    await phone.findAndConfirm();
    const paid = await phone.pay((await phone.hold()).id);
    expect(paid).toMatchObject({ place: 'booked', seeOriginalId: true });
    onTheDay.set(10, { phone, id: paid.id, idNumber: documentNumber });
  });
});

describe('how many', () => {
  let inReserve: Booked;

  it('students fill the planned places, never the reserve', async () => {
    const { id, capacity, headcount } = await sessionOf(free, '园林');
    expect({ capacity, headcount }).toEqual({ capacity: 3, headcount: 2 });
    await booked(free, 0);
    await booked(free, 1);
    const late = await ready(free, 2);
    await expect(late.hold(id)).rejects.toMatchObject({ code: 'SOLD_OUT' });
    const { sessions } = await late.api.call('GET /api/me/sessions', {
      query: { campaignId: free.campaign.id },
    });
    expect(sessions.find((session) => session.id === id)).toMatchObject({ left: 0, closedBecause: 'full' });
  });

  it('the office gives the reserve away, and the student is told of the move', async () => {
    const { id } = await sessionOf(free, '园林');
    inReserve = await booked(free, 4);
    const move = async (bookingId: string, phone: StudentPhone) =>
      free.office.call('POST /api/console/bookings/:id/move', {
        params: { id: bookingId },
        body: {
          version: (await phone.home()).booking?.version ?? 0,
          nonce: nonce(),
          sessionId: id,
          reason: '与考试冲突',
        },
      });
    expect(await move(inReserve.id, inReserve.phone)).toMatchObject({ session: { id }, seatNo: 3 });
    expect((await inReserve.phone.home()).booking?.moved).toMatchObject({
      reason: '与考试冲突',
      acknowledged: false,
      from: { startsAt: shanghai('09:10').toISOString() },
      to: { startsAt: shanghai('09:00').toISOString() },
    });
    const another = await booked(free, 5);
    await expect(move(another.id, another.phone)).rejects.toMatchObject({ code: 'SOLD_OUT' });
  });

  it('a raise of the capacity is audited, opens places, and there is no way back', async () => {
    const { id, version } = await sessionOf(free, '园林');
    const raise = (capacity: number, seen: number) =>
      free.office.call('POST /api/console/campaigns/:id/sessions/:sessionId/capacity', {
        params: { id: free.campaign.id, sessionId: id },
        body: { version: seen, capacity, reason: '加一台相机' },
      });
    await expect(raise(3, version)).rejects.toMatchObject({ code: 'CAPACITY_ONLY_GROWS' });
    const raised = await raise(5, version);
    await expect(raise(6, version)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(raised.capacity).toBe(5);
    const line = await eventually('the audit line', async () => {
      const { lines } = await free.office.call('GET /api/console/audit', {
        query: { subject: `session:${id}` },
      });
      return lines.find(({ verb }) => verb === 'session.raise-capacity') ?? null;
    });
    expect(line.facts).toMatchObject({ before: 3, capacity: 5, reason: '加一台相机' });
    expect((await (await studentPhone(stack, free, 2)).hold(id)).session?.id).toBe(id);
  });
});

describe('until 24:00 the day before', () => {
  let mover: Booked;
  let canceller: Booked;
  let late: Booked;

  it('changes and cancelling are free, though booking itself has ended', async () => {
    mover = await booked(free, 6);
    canceller = await booked(strict, 3);
    late = await booked(strict, 4);
    const { amountFen, feeItems } = await late.phone.api.call('GET /api/me/bookings/:id', {
      params: { id: late.id },
    });
    expect({ amountFen, fees: feeItems.map((item) => item.amountFen) }).toEqual({
      amountFen: 3000,
      fees: [1500, 1500],
    });
    for (const index of [0, 1, 5, 6]) onTheDay.set(index, await booked(strict, index));
    const tooLate = await ready(strict, 7);
    await stack.sandbox.setClock(shanghai('23:59:00', '2022-11-18'));
    await expect(tooLate.hold()).rejects.toMatchObject({ code: 'CAMPAIGN_CLOSED' });
    const { id } = await sessionOf(free, '园艺');
    const moved = await mover.phone.api.call('POST /api/me/bookings/:id/reschedule', {
      params: { id: mover.id },
      body: { sessionId: id },
    });
    expect(moved).toMatchObject({ session: { id }, changeableUntil: shanghai('00:00:00').toISOString() });
    const cancelled = await canceller.phone.api.call('POST /api/me/bookings/:id/cancel', {
      params: { id: canceller.id },
      body: {},
    });
    expect(cancelled.place).toBe('cancelled');
    const refund = await eventually('the whole fee is back', async () => {
      const { booking } = await canceller.phone.home();
      const [first] = booking?.order?.refunds ?? [];
      return first?.status === 'arrived' ? first : null;
    });
    // Friday night: Monday, Tuesday, Wednesday.
    expect(refund).toMatchObject({ amountFen: 3000, dueDay: '2022-11-23' });
  });

  it('after midnight only the office changes anything', async () => {
    await stack.sandbox.setClock(shanghai('00:00:00'));
    const params = { id: late.id };
    await expect(
      late.phone.api.call('POST /api/me/bookings/:id/cancel', { params, body: {} }),
    ).rejects.toMatchObject({ code: 'CHANGE_TOO_LATE' });
    await expect(
      late.phone.api.call('POST /api/me/bookings/:id/reschedule', {
        params,
        body: { sessionId: (await sessionOf(strict, '农学')).id },
      }),
    ).rejects.toMatchObject({ code: 'CHANGE_TOO_LATE' });
    const { version } = await late.phone.api.call('GET /api/me/bookings/:id', { params });
    const cancel = (seen: number) =>
      strict.office.call('POST /api/console/bookings/:id/cancel', {
        params,
        body: { version: seen, nonce: nonce(), reason: '住院' },
      });
    await expect(cancel(version - 1)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await cancel(version)).toMatchObject({
      place: 'cancelled',
      order: { refunds: [{ amountFen: 3000 }] },
    });
    await expect(cancel(version + 1)).rejects.toMatchObject({ code: 'BOOKING_NOT_ACTIVE' });
  });
});

describe('at the door', () => {
  let desk: ApiClient;
  beforeAll(async () => {
    desk = await staffPhone(stack, strict);
  });

  /** The original ID card: its number, typed. */
  async function look(index: number, time: string, room: string, more: object = {}, day = DEMO_DAY) {
    const now = shanghai(time, day);
    if ((await stack.sandbox.now()) < now) await stack.sandbox.setClock(now);
    const number = strict.students[index]?.idNumber ?? '';
    return desk.call('POST /api/onsite/redeem', {
      body: {
        nonce: nonce(),
        room,
        scannedAt: now.toISOString(),
        by: { kind: 'document', number },
        ...more,
      },
    });
  }
  const shoot = (index: number) =>
    desk.call('POST /api/onsite/bookings/:id/shot', {
      params: { id: onTheDay.get(index)?.id ?? '' },
      body: { nonce: nonce() },
    });

  it('is early at 16 minutes before, and in time at 14: students line up 15 minutes ahead', async () => {
    const early = await look(0, '08:44:00', 'C区202');
    expect(early).toMatchObject({ reason: 'early', admitted: false, tone: 'amber' });
    expect(early.say).toMatch(/(?<!0)8:45/);
    expect(await look(0, '08:46:00', 'C区202')).toMatchObject({ reason: 'ok', admitted: true });
    await shoot(0);
  });

  it('takes a latecomer of 90 minutes on the same day in any room, with one tap and no seat', async () => {
    const before = (await sessionOf(strict, '农学')).booked;
    const late = await look(5, '10:40:00', 'C区203');
    expect(late).toMatchObject({ reason: 'late_same_day', admitted: false, tone: 'amber' });
    expect(late.say).toContain('9:10–9:20');
    const admitted = await look(5, '10:40:10', 'C区203', { admitAnyway: true });
    expect(admitted).toMatchObject({ admitted: true, arrival: { room: 'C区203' } });
    expect((await sessionOf(strict, '农学')).booked).toBe(before);
    await shoot(5);
  });

  it('sends whoever has not booked to the desk for it first', async () => {
    const stranger = await look(8, '10:41:00', 'C区202');
    expect(stranger).toMatchObject({ reason: 'unknown', tone: 'red', admitted: false });
    expect(stranger.say).toContain('请到现场预约处办理');
  });

  const walkInOf = async (index: number, evidence: (typeof EVIDENCE)[number] = 'id_card') => {
    const { people } = await desk.call('POST /api/onsite/search', {
      body: { q: strict.students[index]?.studentNo ?? '' },
    });
    const studentId = people[0]?.studentId ?? '';
    return desk.call('POST /api/onsite/walk-ins', {
      body: { nonce: nonce(), room: 'C区202', studentId, evidence, payment: 'owed' },
    });
  };

  it('books a walk-in whose session is full, without taking a seat', async () => {
    const { id, capacity, booked: taken } = await sessionOf(strict, '园林');
    expect(taken).toBe(capacity);
    const walkIn = await walkInOf(8);
    expect(walkIn).toMatchObject({ admitted: true, arrival: { room: 'C区202' } });
    expect((await sessionsOf(strict)).find((session) => session.id === id)).toMatchObject({ capacity });
    await desk.call('POST /api/onsite/bookings/:id/shot', {
      params: { id: walkIn.person?.bookingId ?? '' },
      body: { nonce: nonce() },
    });
  });

  it('sends to the right room whoever stands in another one', async () => {
    const elsewhere = await look(6, '14:05:00', 'C区202');
    expect(elsewhere).toMatchObject({ reason: 'wrong_room', admitted: false });
    expect(elsewhere.say).toContain('C区203');
    expect(await look(6, '14:06:00', 'C区203')).toMatchObject({ reason: 'ok', admitted: true });
  });

  it('corrects what is wrong before the shot, and nothing after it', async () => {
    const correct = async (index: number) => {
      const { enrolment } = (await onTheDay.get(index)?.phone.home()) ?? {};
      return desk.call('POST /api/onsite/students/:id/correct', {
        params: { id: enrolment?.id ?? '' },
        body: {
          version: enrolment?.version ?? 0,
          field: 'className',
          value: '农学1902',
          reason: '现场看学生证',
        },
      });
    };
    await correct(6);
    expect((await onTheDay.get(6)?.phone.home())?.enrolment?.className).toBe('农学1902');
    await expect(correct(5)).rejects.toMatchObject({ code: 'CORRECTION_AFTER_SHOT' });
  });

  it('looks at the original of who booked unverified, and then lets in', async () => {
    const amber = await look(10, '14:10:00', 'C区203');
    expect(amber).toMatchObject({ reason: 'see_original', tone: 'amber', admitted: false });
    expect(await look(10, '14:10:00', 'C区203', { originalSeen: true })).toMatchObject({ admitted: true });
    await shoot(10);
  });

  it('books who lost the ID card by another proof', async () => {
    expect((await walkInOf(9, 'temporary_id')).admitted).toBe(true);
  });

  it('does not end the collection before its last hour is over', async () => {
    await stack.sandbox.setClock(shanghai('16:29:00'));
    await expect(close()).rejects.toMatchObject({ code: 'COLLECTION_NOT_OVER' });
  });

  it('refuses another day, with the day that was booked', async () => {
    const next = await look(1, '10:00:00', 'C区202', { admitAnyway: true }, '2022-11-20');
    expect(next).toMatchObject({ reason: 'wrong_day', admitted: false, tone: 'red' });
    expect(next.say).toContain('11月19日 9:00');
  });

  it('books nobody at the door on another day, and says which days there are', async () => {
    await expect(walkInOf(7)).rejects.toMatchObject({
      code: 'NOT_A_COLLECTION_DAY',
      message: expect.stringContaining('采集日是11月19日'),
    });
  });

  it('lets nobody in, and books nobody, once the collection has ended', async () => {
    expect((await close()).phase).toBe('over');
    const over = await look(1, '10:05:00', 'C区202', { admitAnyway: true }, '2022-11-20');
    expect(over).toMatchObject({ reason: 'collection_over', admitted: false });
    await expect(walkInOf(7)).rejects.toMatchObject({ code: 'CAMPAIGN_CLOSED' });
    await expect(
      strict.office.call('POST /api/console/campaigns/:id/timetable-changes/preview', {
        params: { id: strict.campaign.id },
        body: { move: { scope: 'day', day: DEMO_DAY, from: '08:00', to: { shiftMinutes: 5 } } },
      }),
    ).rejects.toMatchObject({ code: 'COLLECTION_CLOSED' });
  });

  const close = async () =>
    strict.office.call('POST /api/console/campaigns/:id/close-collection', {
      params: { id: strict.campaign.id },
      body: { version: await versionOf(strict) },
    });
});

describe('what was paid and not photographed', () => {
  const finance = async (login: string) => {
    const client = createApiClient(firstApi(stack));
    await client.signIn(login, DEMO_PASSWORD);
    return client;
  };

  it('goes back within three working days of the calendar that the office keeps; the arrived are listed apart', async () => {
    const before = await strict.office.call('GET /api/console/work-days');
    expect(before).toMatchObject({ version: 0, days: [] });
    const days = [{ day: '2022-11-22', working: false, name: '全市停工' }];
    const saved = await strict.office.call('PUT /api/console/work-days', { body: { version: 0, days } });
    expect(saved).toMatchObject({ version: 1, days });
    await expect(
      strict.office.call('PUT /api/console/work-days', { body: { version: 0, days: [] } }),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });

    const [maker, checker] = [await finance('finance1'), await finance('finance2')];
    const params = { id: strict.campaign.id };
    const { bookings, amountFen } = await maker.call('GET /api/console/campaigns/:id/uncollected', {
      params,
    });
    expect(amountFen).toBe(6000);
    const [absent, arrived] = [1, 6].map((index) => onTheDay.get(index)?.id);
    expect(new Map(bookings.map((one) => [one.bookingId, one.arrived]))).toEqual(
      new Map([
        [absent, false],
        [arrived, true],
      ]),
    );
    const batch = await maker.call('POST /api/console/campaigns/:id/refund-batches', {
      params,
      body: { exclude: [{ bookingId: arrived ?? '', reason: '查拍摄记录' }] },
    });
    expect(batch).toMatchObject({ lines: { total: 1 }, amountFen: 3000 });
    await checker.call('POST /api/console/refund-batches/:id/decide', {
      params: { id: batch.id },
      body: { version: batch.version, decision: 'approve' },
    });
    const refund = await eventually('the refund', async () => {
      const { booking } = (await onTheDay.get(1)?.phone.home()) ?? {};
      return booking?.order?.refunds[0] ?? null;
    });
    // Sunday: Monday, not Tuesday, Wednesday, Thursday.
    expect(refund).toMatchObject({ amountFen: 3000, dueDay: '2022-11-24' });
    expect((await onTheDay.get(6)?.phone.home())?.booking?.order?.refunds).toEqual([]);
  });
});

describe('forty days after the own shot', () => {
  const cardOn = async (day: string) => {
    await stack.sandbox.setClock(shanghai('09:00:00', day));
    return (await onTheDay.get(0)?.phone.home())?.card;
  };

  it('the home page asks to check the portrait, and not a day before', async () => {
    expect(await cardOn('2022-12-28')).toEqual({ kind: 'shot' });
    expect(await cardOn('2022-12-29')).toEqual({
      kind: 'check_photo',
      since: '2022-12-29',
      result: null,
    });
  });
});

it('leaves every seat and every fen proved by the independent checker', async () => {
  const proof = await prove({ mongodbUri: stack.mongodbUri, sandboxControlUrl: stack.sandboxUrls.control });
  expect(proof.problems).toEqual([]);
});
