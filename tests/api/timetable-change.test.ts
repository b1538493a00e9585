import { prove } from '../../server/checker/prove';
import { DEMO_DAY } from '../../server/demo/notice-2023';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import type { StudentPhone } from '../../server/demo/student-phone';
import { withWorld } from '../../server/demo/with-world';
import { tellMoved } from '../../server/modules/bookings/tell-moved';
import {
  type TimetableChange as StoredChange,
  TimetableChanges,
} from '../../server/modules/campaigns/timetable-change-model';
import type { BookingView } from '../../shared/contract/bookings';
import type { SessionView } from '../../shared/contract/campaigns';
import type { TimetableMove } from '../../shared/contract/timetable-changes';
import { addMinutes, shanghaiTime } from '../../shared/domain/time';
import { bookedStudent, nonce, staffPhone } from '../support/site';
import { eventually, startTestStack } from '../support/stack';

jest.setTimeout(120_000);

interface Booked {
  phone: StudentPhone;
  bookingId: string;
  session: SessionView;
}

let stack: Stack;
let demo: Demo;
/** In the order of the day. */
let booked: Booked[];

/** Nobody sweeps at first: whatever is to happen by itself waits, as after a crash. */
beforeAll(async () => {
  stack = await startTestStack({ env: { WORKER: 'off' } });
  demo = await seedDemo(stack, 16);
  await stack.sandbox.setClock(phase('open'));
  const students: Booked[] = [];
  for (const index of [0, 1, 2, 3, 4, 5]) students.push(await bookedStudent(stack, demo, index));
  booked = students.sort((a, b) => a.session.startsAt.localeCompare(b.session.startsAt));
});
afterAll(() => stack?.stop());

const campaignId = () => ({ id: demo.campaign.id });
const preview = (move: TimetableMove) =>
  demo.office.call('POST /api/console/campaigns/:id/timetable-changes/preview', {
    params: campaignId(),
    body: { move },
  });
const apply = async (move: TimetableMove, more: { version?: number; nonce?: string } = {}) =>
  demo.office.call('POST /api/console/campaigns/:id/timetable-changes', {
    params: campaignId(),
    body: {
      version: (await demo.office.call('GET /api/console/campaigns/:id', { params: campaignId() })).version,
      nonce: nonce(),
      move,
      reason: '教室投影故障',
      accept: ['overlap', 'room_unknown', 'outside_hours'],
      ...more,
    },
  });

function student(index: number): Booked {
  const found = booked[index];
  if (!found) throw new Error(`no student ${index}`);
  return found;
}

async function bookingOf({ phone }: Booked): Promise<BookingView> {
  const { booking } = await phone.home();
  if (!booking) throw new Error('no booking');
  return booking;
}

const toldOf = (who: Booked) => eventually('the student is told', async () => (await bookingOf(who)).moved);

async function historyOf(id: string): Promise<string[]> {
  const { lines } = await demo.office.call('GET /api/console/bookings/:id/timeline', { params: { id } });
  return lines.map(({ verb }) => verb);
}

describe('the preview of a move', () => {
  it('names the sessions, who is affected by college, and what speaks against it, and writes nothing', async () => {
    const { session } = student(0);
    const seen = await preview({
      scope: 'room',
      day: DEMO_DAY,
      room: session.room,
      from: shanghaiTime(new Date(session.startsAt)),
      to: { room: 'C区301' },
    });
    const own = seen.sessions.find(({ sessionId }) => sessionId === session.id);
    expect(own).toMatchObject({
      affected: 1,
      arrived: 0,
      from: { room: session.room, startsAt: session.startsAt },
      to: { room: 'C区301', startsAt: session.startsAt },
    });
    expect(seen.affected.students).toBeGreaterThanOrEqual(1);
    expect(seen.affected.paid).toBe(seen.affected.students);
    expect(seen.affected.colleges.reduce((sum, { students }) => sum + students, 0)).toBe(
      seen.affected.students,
    );
    expect(seen.conflicts.map(({ code }) => code)).toEqual(['room_unknown']);
    expect((await bookingOf(student(0))).session).toMatchObject({ room: session.room });
  });

  it.each<[string, (session: SessionView) => TimetableMove, string, string]>([
    [
      'a day that is no collection day',
      ({ id }) => ({ scope: 'session', sessionId: id, to: { day: '2022-11-21' } }),
      'day_not_announced',
      'blocks',
    ],
    [
      'the evening',
      ({ id }) => ({ scope: 'session', sessionId: id, to: { startsAt: '19:00' } }),
      'outside_hours',
      'asks',
    ],
    [
      'a time that ends before it begins',
      ({ id }) => ({ scope: 'session', sessionId: id, to: { startsAt: '10:00', endsAt: '09:00' } }),
      'time_order',
      'blocks',
    ],
    [
      'past midnight',
      ({ room }) => ({ scope: 'room', day: DEMO_DAY, room, to: { shiftMinutes: 600 } }),
      'crosses_midnight',
      'blocks',
    ],
    [
      'the same hour of another room',
      ({ id, room }) => ({
        scope: 'session',
        sessionId: id,
        to: { room: room === 'C区202' ? 'C区203' : 'C区202' },
      }),
      'overlap',
      'asks',
    ],
    [
      'a minute for everybody',
      ({ id }) => ({ scope: 'session', sessionId: id, to: { startsAt: '12:00', endsAt: '12:01' } }),
      'too_tight',
      'asks',
    ],
  ])('warns of %s', async (_, move, code, severity) => {
    const { conflicts } = await preview(move(student(0).session));
    expect(conflicts).toContainEqual(expect.objectContaining({ code, severity }));
  });

  it('refuses to move nothing', async () => {
    const { id, room } = student(0).session;
    const nothing: TimetableMove[] = [
      { scope: 'session', sessionId: id, to: { room } },
      { scope: 'room', day: DEMO_DAY, room: 'C区999', to: { shiftMinutes: 10 } },
      { scope: 'day', day: '2022-12-24', to: { shiftMinutes: 10 } },
    ];
    for (const move of nothing)
      await expect(preview(move)).rejects.toMatchObject({ code: 'NOTHING_TO_MOVE' });
  });
});

describe('a move', () => {
  it('is refused as a whole, with every conflict, until the office accepts them', async () => {
    const { id } = student(0).session;
    const { version } = await preview({ scope: 'session', sessionId: id, to: { startsAt: '19:00' } });
    const refused = demo.office.call('POST /api/console/campaigns/:id/timetable-changes', {
      params: campaignId(),
      body: {
        version,
        nonce: nonce(),
        reason: '停电',
        move: { scope: 'session', sessionId: id, to: { startsAt: '19:00' } },
      },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'TIMETABLE_CONFLICTS',
      details: { count: 1, conflicts: [expect.objectContaining({ code: 'outside_hours', sessionId: id })] },
    });
    expect((await bookingOf(student(0))).session?.startsAt).toBe(student(0).session.startsAt);
  });

  it('is seen at once as a whole; who died before telling the students tells them later, each once', async () => {
    const move: TimetableMove = { scope: 'day', day: DEMO_DAY, to: { shiftMinutes: 10 } };
    const once = nonce();
    const change = await apply(move, { nonce: once });
    expect(change).toMatchObject({ carriedOut: false, told: 0 });
    expect(change.sessions).toHaveLength(103);
    for (const who of booked) {
      const { session: now, moved } = await bookingOf(who);
      expect(now?.startsAt).toBe(addMinutes(new Date(who.session.startsAt), 10).toISOString());
      expect(moved).toBeNull();
    }
    expect((await apply(move, { nonce: once })).id).toBe(change.id);

    // One process tells two students and dies; another one that saw the same change tells the same two again.
    await withWorld(stack, async (world) => {
      const found = await TimetableChanges.findById(change.id).lean<StoredChange>();
      if (!found) throw new Error('the change is not stored');
      const news = { ...found, until: new Date(found.at.getTime() + 60_000) };
      expect(await tellMoved(world, { ...news, limit: 2 })).toBe(2);
      const told = await Promise.all(booked.map(bookingOf));
      expect(told.filter(({ moved }) => moved !== null)).toHaveLength(2);
    });

    const [api] = stack.apis;
    await api?.kill();
    await stack.addApi({ PORT: new URL(api?.url ?? '').port, WORKER: 'on' });
    for (const who of booked) {
      const moved = await toldOf(who);
      expect(moved).toMatchObject({
        changeId: change.id,
        reason: '教室投影故障',
        acknowledged: false,
        from: { room: who.session.room, startsAt: who.session.startsAt },
        to: { startsAt: addMinutes(new Date(who.session.startsAt), 10).toISOString() },
      });
    }
    await stack.sandbox.advance(30_000);
    const { changes } = await eventually('the change is carried out', async () => {
      const answer = await demo.office.call('GET /api/console/campaigns/:id/timetable-changes', {
        params: campaignId(),
      });
      return answer.changes[0]?.carriedOut ? answer : null;
    });
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ told: booked.length, acknowledged: 0, cancelled: 0 });
    for (const { bookingId } of booked) {
      const lines = await eventually('the audit line', async () => {
        const history = await historyOf(bookingId);
        return history.includes('booking.moved') ? history : null;
      });
      expect(lines.filter((verb) => verb === 'booking.moved')).toHaveLength(1);
    }
  });

  it('is seen until it is acknowledged, and a newer one is not acknowledged with it', async () => {
    const who = student(1);
    const first = await toldOf(who);
    await apply({ scope: 'session', sessionId: who.session.id, to: { startsAt: '16:00' } });
    const second = await eventually('the second move is told', async () => {
      const { moved } = await bookingOf(who);
      return moved && moved.changeId !== first.changeId ? moved : null;
    });
    expect(second.from.startsAt).toBe(who.session.startsAt);

    const acknowledge = (changeId: string) =>
      who.phone.api.call('POST /api/me/bookings/:id/acknowledge-move', {
        params: { id: who.bookingId },
        body: { changeId },
      });
    await acknowledge(first.changeId);
    expect((await bookingOf(who)).moved?.acknowledged).toBe(false);
    await acknowledge(second.changeId);
    await acknowledge(second.changeId);
    expect((await bookingOf(who)).moved?.acknowledged).toBe(true);
    const { students } = await demo.office.call(
      'GET /api/console/campaigns/:id/timetable-changes/:changeId/students',
      { params: { ...campaignId(), changeId: second.changeId } },
    );
    expect(students).toEqual([expect.objectContaining({ state: 'acknowledged' })]);
  });

  it('crosses a student who cancels at the same moment: either way the place is given up once and nothing is lost', async () => {
    const who = student(5);
    const [cancelled] = await Promise.allSettled([
      who.phone.api.call('POST /api/me/bookings/:id/cancel', { params: { id: who.bookingId }, body: {} }),
      apply({ scope: 'session', sessionId: who.session.id, to: { room: 'C区302' } }),
    ]);
    // Told in between, the student is asked to look again before deciding.
    if (cancelled.status === 'rejected')
      expect(cancelled.reason).toMatchObject({ code: 'BOOKING_NOT_ACTIVE' });
    const after = await bookingOf(who);
    if (after.place === 'booked')
      await who.phone.api.call('POST /api/me/bookings/:id/cancel', {
        params: { id: who.bookingId },
        body: {},
      });
    const refunds = await eventually('the refund', async () => {
      const { place, order } = await bookingOf(who);
      return place === 'cancelled' && order?.refunds[0]?.status === 'arrived' ? order.refunds : null;
    });
    expect(refunds).toHaveLength(1);
  });

  it('is made by one of two people who saw the same timetable', async () => {
    const { id } = student(2).session;
    const { version } = await preview({ scope: 'session', sessionId: id, to: { startsAt: '12:20' } });
    const both = await Promise.allSettled(
      ['12:20', '12:25'].map((startsAt) =>
        apply({ scope: 'session', sessionId: id, to: { startsAt } }, { version }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [lost] = both.filter((one) => one.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const { changes } = await demo.office.call('GET /api/console/campaigns/:id/timetable-changes', {
      params: campaignId(),
    });
    expect(changes).toHaveLength(4);
  });
});

describe('on the day', () => {
  let unmoved: Booked;
  beforeAll(async () => {
    unmoved = await bookedStudent(stack, demo, 6);
    await stack.sandbox.setClock(phase('day'));
  });

  it('judges the scan by the new time and room, and leaves alone who has arrived', async () => {
    const who = student(0);
    const desk = await staffPhone(stack, demo);
    const { code, booking } = await who.phone.home();
    if (!code || !booking?.session) throw new Error('no code');
    const move = (to: { room: string; startsAt: string }) =>
      apply({ scope: 'session', sessionId: who.session.id, to });
    const scan = async (room: string) =>
      desk.call('POST /api/onsite/redeem', {
        body: {
          nonce: nonce(),
          room,
          scannedAt: (await stack.sandbox.now()).toISOString(),
          by: { kind: 'code', text: code.fixed },
        },
      });
    await move({ room: who.session.room, startsAt: '14:00' });
    expect(await scan(who.session.room)).toMatchObject({
      reason: 'early',
      say: expect.stringContaining('13:45'),
    });
    await move({ room: 'C区301', startsAt: '09:10' });
    expect(await scan(who.session.room)).toMatchObject({
      reason: 'wrong_room',
      say: expect.stringContaining('C区301'),
    });
    expect(await scan('C区301')).toMatchObject({ reason: 'ok', admitted: true });

    const { sessions, conflicts } = await preview({
      scope: 'session',
      sessionId: who.session.id,
      to: { startsAt: '16:10' },
    });
    expect(sessions).toEqual([expect.objectContaining({ affected: 0, arrived: 1 })]);
    expect(conflicts).toContainEqual(expect.objectContaining({ code: 'already_arrived', severity: 'tells' }));
  });

  it('lets whoever was moved cancel with a full refund after the usual deadline', async () => {
    const who = student(3);
    const { cancellableUntil, changeableUntil } = await bookingOf(who);
    expect(new Date(changeableUntil ?? 0).getTime()).toBeLessThan(phase('day').getTime());
    expect(new Date(cancellableUntil ?? 0).getTime()).toBeGreaterThan(phase('day').getTime());
    const cancelled = await who.phone.api.call('POST /api/me/bookings/:id/cancel', {
      params: { id: who.bookingId },
      body: { reason: '新时间有考试' },
    });
    expect(cancelled.place).toBe('cancelled');
    const refund = await eventually('the whole fee is back', async () => {
      const { order } = await who.phone.api.call('GET /api/me/bookings/:id', {
        params: { id: who.bookingId },
      });
      const [first] = order?.refunds ?? [];
      return first?.status === 'arrived' ? first : null;
    });
    expect(refund).toMatchObject({ amountFen: 3000, dueDay: '2022-11-23' });
  });

  it('lets a student whom nobody moved cancel no more (the control)', async () => {
    const { phone, bookingId } = unmoved;
    expect((await bookingOf(unmoved)).moved).toBeNull();
    await expect(
      phone.api.call('POST /api/me/bookings/:id/cancel', { params: { id: bookingId }, body: {} }),
    ).rejects.toMatchObject({ code: 'CHANGE_TOO_LATE' });
  });

  it('moves what is not over to the next day: the collection goes on there, and today refuses', async () => {
    const who = student(4);
    await stack.sandbox.setClock(new Date(`${DEMO_DAY}T10:00:00+08:00`));
    const move: TimetableMove = { scope: 'day', day: DEMO_DAY, to: { day: '2022-11-20' } };
    const { days, conflicts, sessions } = await preview(move);
    expect(days).toEqual([DEMO_DAY, '2022-11-20']);
    expect(conflicts.filter(({ severity }) => severity === 'blocks')).toEqual([]);
    expect(sessions.every(({ from }) => new Date(from.endsAt) > new Date(`${DEMO_DAY}T10:00:00+08:00`))).toBe(
      true,
    );
    await apply(move);
    expect((await bookingOf(who)).session?.day).toBe('2022-11-20');
    const desk = await staffPhone(stack, demo, { label: '二号机' });
    const { code } = await who.phone.home();
    const verdict = await desk.call('POST /api/onsite/redeem', {
      body: {
        nonce: nonce(),
        room: who.session.room,
        scannedAt: `${DEMO_DAY}T10:00:00+08:00`,
        by: { kind: 'code', text: code?.rotating ?? '' },
        admitAnyway: true,
      },
    });
    expect(verdict).toMatchObject({
      admitted: false,
      reason: 'wrong_day',
      say: expect.stringContaining('11月20日'),
    });
    await expect(
      demo.office.call('POST /api/console/campaigns/:id/close-collection', {
        params: campaignId(),
        body: {
          version: (await demo.office.call('GET /api/console/campaigns/:id', { params: campaignId() }))
            .version,
        },
      }),
    ).rejects.toMatchObject({ code: 'COLLECTION_NOT_OVER' });
  });
});

it('leaves every seat and every fen proved by the independent checker', async () => {
  const proof = await prove({ mongodbUri: stack.mongodbUri, sandboxControlUrl: stack.sandboxUrls.control });
  expect(proof.problems).toEqual([]);
});
