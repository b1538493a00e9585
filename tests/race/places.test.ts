import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { type LaidStudent, laySession, layStudents } from '../../server/demo/ground';
import { DEMO_DAY } from '../../server/demo/notice-2023';
import { DEMO_PASSWORD, phase } from '../../server/demo/seed';
import { withWorld } from '../../server/demo/with-world';
import { registerEffects } from '../../server/effects';
import { Bookings } from '../../server/modules/bookings/model';
import { settleBooking } from '../../server/modules/payments/apply-payment';
import { atShanghai } from '../../shared/domain/time';
import type { Loosened } from '../support/loosened';
import { payBehindOurBack } from '../support/pay-behind-our-back';
import { atOnce, brokenRules, untilSeen } from '../support/race';
import { eventually } from '../support/stack';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(120_000);

/*
 * Races for places over HTTP. Each rests on one guard; its control takes that guard away and shows that the same race
 * then goes wrong, and that the checker, which knows no index, sees it.
 */
const ROUNDS = 6;

let both: TwoProcesses;
let big: string;
let alsoBig: string;
let quarter: string;
let small: string;
/** Of one place each. */
let single: string[];

beforeAll(async () => {
  both = await openTwoProcesses();
  big = await lay(500);
  alsoBig = await lay(500);
  quarter = await lay(125);
  small = await lay(25);
  single = await Promise.all(Array.from({ length: 2 * ROUNDS + 2 }, () => lay(1)));
});
afterAll(() => both?.close());

const lay = (capacity: number) => laySession(both.ground, { campaignId: both.campaignId, capacity });

const students = (count: number) =>
  layStudents(both.ground, { campaignId: both.campaignId, sessionId: big }, count);

async function student(): Promise<LaidStudent> {
  const [one] = await students(1);
  if (!one) throw new Error('no student');
  return one;
}

const hold = (by: LaidStudent, n: number, sessionId: string) =>
  both.phone(by, n).call('POST /api/me/bookings', { body: { sessionId } });

const reschedule = (by: LaidStudent, n: number, id: string, sessionId: string) =>
  both.phone(by, n).call('POST /api/me/bookings/:id/reschedule', { params: { id }, body: { sessionId } });

let walkIns = 0;
const walkIn = ({ id }: LaidStudent, n: number) => {
  walkIns += 1;
  return both.desk(n).call('POST /api/onsite/walk-ins', {
    body: {
      nonce: `walk-in-of-a-race-${walkIns}`,
      room: 'C区202',
      studentId: id,
      evidence: 'id_card',
      payment: 'owed',
    },
  });
};

const active = (filter: object): Promise<number> =>
  both.ground.db
    .collection('bookings')
    .countDocuments({ campaignId: both.campaignId, active: true, ...filter });

describe('many students, one session', () => {
  const rush = async (sessionId: string, count: number) => {
    const all = await students(count);
    return atOnce(
      all.map((by, n) => () => hold(by, n, sessionId)),
      128,
    );
  };

  it('gives 125 places to 500 students, each place once', async () => {
    const { won, lost } = await rush(quarter, 500);
    expect(won.length).toBe(125);
    expect(lost).toEqual({ SOLD_OUT: 375 });
    expect(new Set(won.map(({ seatNo }) => seatNo)).size).toBe(125);
    expect(await active({ sessionId: quarter })).toBe(125);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: without the index of seats the same rush oversells, and the checker says so', async () => {
    await both.withoutIndex('one_booking_a_seat', async () => {
      const { won } = await rush(small, 100);
      expect(won.length).toBeGreaterThan(25);
      expect(await brokenRules(both.stack)).toContain('seat-twice');
    });
    expect(await brokenRules(both.stack)).toEqual([]);
  });
});

describe('one student, fifty taps', () => {
  const tap = async () => {
    const one = await student();
    const taps = Array.from({ length: 50 }, (_, n) => () => hold(one, n, n % 3 === 0 ? big : alsoBig));
    const { won, lost } = await atOnce(taps);
    return { one, won, lost, bookings: await active({ studentId: one.id }) };
  };

  it('is one hold: the same session again is answered with it, another one refused', async () => {
    const { won, lost, bookings } = await tap();
    expect(new Set(won.map(({ id }) => id)).size).toBe(1);
    expect(Object.keys(lost)).toEqual(['ALREADY_BOOKED']);
    expect(bookings).toBe(1);
  });

  it('control: without the index of students it is many', async () => {
    await both.withoutIndex('one_booking_a_student', async () => {
      await untilSeen(async () => (await tap()).bookings > 1);
      expect(await brokenRules(both.stack)).toContain('student-twice');
    });
  });
});

describe('the last place of a session', () => {
  it('pressed again, is the same hold on either process, while everybody else is told that it is sold out', async () => {
    const sessionId = single.pop() ?? '';
    const holder = await student();
    const other = await student();
    const first = await hold(holder, 0, sessionId);
    for (const n of [0, 1, 0, 1, 0, 1]) {
      const { won, lost } = await atOnce([() => hold(holder, n, sessionId), () => hold(other, n, sessionId)]);
      expect(won.map(({ id }) => id)).toEqual([first.id]);
      expect(lost).toEqual({ SOLD_OUT: 1 });
    }
  });

  it('is free for others from the moment it is given up', async () => {
    const sessionId = single.pop() ?? '';
    const holder = await student();
    const other = await student();
    const { id } = await hold(holder, 0, sessionId);
    await expect(hold(other, 0, sessionId)).rejects.toMatchObject({ code: 'SOLD_OUT' });
    await both.phone(holder, 0).call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });
    await expect(hold(other, 0, sessionId)).resolves.toMatchObject({ place: 'held' });
  });
});

describe('two students reschedule into the last place', () => {
  /** Both processes have just seen the place free. */
  const fight = async (sessionId: string) => {
    const pair = await students(2);
    const held = await Promise.all(pair.map((by, n) => hold(by, n, alsoBig)));
    await Promise.all(
      pair.map((by, n) =>
        both.phone(by, n).call('GET /api/me/sessions', { query: { campaignId: both.campaignId } }),
      ),
    );
    const { won, lost } = await atOnce(
      pair.map((by, n) => () => reschedule(by, n, held[n]?.id ?? '', sessionId)),
    );
    const places = await Promise.all(pair.map(({ id }) => active({ studentId: id })));
    return { winners: won.length, lost, places };
  };

  it('one moves, the other one keeps the old place', async () => {
    for (const sessionId of single.slice(0, ROUNDS)) {
      expect(await fight(sessionId)).toEqual({ winners: 1, lost: { SOLD_OUT: 1 }, places: [1, 1] });
      expect(await active({ sessionId })).toBe(1);
    }
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: without the index of seats both move onto it', async () => {
    await both.withoutIndex('one_booking_a_seat', async () => {
      await untilSeen(async () => (await fight(await lay(1))).winners === 2);
      expect(await brokenRules(both.stack)).toContain('seat-twice');
    });
  });
});

describe('one student reschedules twice at once', () => {
  it('the one that read an older booking is refused, and what was left is free again', async () => {
    let refused = 0;
    for (const [first, second] of pairs(single.slice(ROUNDS + 1))) {
      const one = await student();
      const { id } = await hold(one, 0, alsoBig);
      const before = await active({});
      const { won, lost } = await atOnce([
        () => reschedule(one, 0, id, first),
        () => reschedule(one, 1, id, second),
      ]);
      // On a busy machine one may be over before the other begins: then both were in order.
      const { BOOKING_NOT_ACTIVE: late = 0, ...others } = lost;
      expect({ won: won.length, others }).toEqual({ won: 2 - late, others: {} });
      refused += late;
      expect(await active({})).toBe(before);
      const { session } = await both.phone(one, 0).call('GET /api/me/bookings/:id', { params: { id } });
      expect(won.map((view) => view.session?.id)).toContain(session?.id);
      const free = session?.id === first ? second : first;
      const [next] = await students(1);
      if (!next) throw new Error('no student');
      expect((await hold(next, 1, free)).place).toBe('held');
    }
    expect(refused).toBeGreaterThan(0);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  /** Both have read the booking before either moves it. */
  const atTheSameInstant = async (without: readonly string[]) => {
    const one = await student();
    const { id } = await hold(one, 0, alsoBig);
    const chosen = [await lay(1), await lay(1)];
    const together = { of: 'bookings', verb: 'booking.reschedule', without, meet: 2 };
    const { won, lost } = await both.loosen([together], () =>
      atOnce(chosen.map((sessionId) => () => reschedule(one, 0, id, sessionId))),
    );
    const { session } = await both.phone(one, 0).call('GET /api/me/bookings/:id', { params: { id } });
    return { lost, told: won.map((view) => view.session?.id), stands: session?.id };
  };

  it('at the same instant: one moves, and is where it was told', async () => {
    const { lost, told, stands } = await atTheSameInstant([]);
    expect(lost).toEqual({ BOOKING_NOT_ACTIVE: 1 });
    expect(told).toEqual([stands]);
  });

  it('control: without the version in its guard both are told that they moved, and one answer is untrue', async () => {
    const { lost, told, stands } = await atTheSameInstant(['version']);
    expect(lost).toEqual({});
    expect(told.filter((sessionId) => sessionId !== stands)).toHaveLength(1);
    expect(await brokenRules(both.stack)).toEqual([]);
  });
});

describe('a session that another process has imported a moment ago', () => {
  it('can be booked, changed to and moved to at once, though the list shows it late', async () => {
    const [early, changing, moved] = await students(3);
    if (!early || !changing || !moved) throw new Error('no students');
    const query = { campaignId: both.campaignId };
    const held = await Promise.all([hold(changing, 1, big), hold(moved, 1, big)]);
    const office = createApiClient(both.stack.apis[1]?.url ?? '');
    await office.signIn('office', DEMO_PASSWORD);

    /** Both processes have just looked, and do not know it. */
    const fresh = async () => {
      for (const n of [0, 1]) await both.phone(early, n).call('GET /api/me/sessions', { query });
      return laySession(both.ground, { campaignId: both.campaignId, capacity: 5 });
    };
    const booked = await fresh();
    expect((await hold(early, 1, booked)).session?.id).toBe(booked);
    const changedTo = await fresh();
    expect((await reschedule(changing, 1, held[0].id, changedTo)).session?.id).toBe(changedTo);
    const movedTo = await fresh();
    const { id, version } = held[1];
    await office.call('POST /api/console/bookings/:id/move', {
      params: { id },
      body: { version, sessionId: movedTo, nonce: 'into-a-new-session', reason: '电话调换' },
    });
    expect(await active({ sessionId: movedTo, studentId: moved.id })).toBe(1);
    const shown = await both.phone(changing, 0).call('GET /api/me/bookings/:id', {
      params: { id: held[0].id },
    });
    expect(shown.session?.id).toBe(changedTo);
  });

  it('one that does not exist is refused', async () => {
    const one = await student();
    const { id } = await hold(one, 1, big);
    await expect(reschedule(one, 1, id, '0'.repeat(24))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the office moves students into the last place', () => {
  let office: ApiClient;
  let other: ApiClient;
  beforeAll(async () => {
    const signedIn = async (login: string, n: number) => {
      const client = createApiClient(both.stack.apis[n]?.url ?? '');
      await client.signIn(login, DEMO_PASSWORD);
      return client;
    };
    [office, other] = await Promise.all([signedIn('office', 0), signedIn('office2', 1)]);
  });

  let nonces = 0;
  const move = (by: ApiClient, { id, version }: { id: string; version: number }, sessionId: string) => {
    nonces += 1;
    return by.call('POST /api/console/bookings/:id/move', {
      params: { id },
      body: { version, sessionId, nonce: `office-in-a-race-${nonces}`, reason: '电话调换' },
    });
  };

  /** Two of the office on two processes, and a student who takes the place alone. */
  const fight = async () => {
    const sessionId = await lay(1);
    const [one, two, three] = await students(3);
    if (!one || !two || !three) throw new Error('no students');
    const held = await Promise.all([hold(one, 0, alsoBig), hold(two, 1, alsoBig)]);
    const { won, lost } = await atOnce<unknown>([
      () => move(office, held[0], sessionId),
      () => move(other, held[1], sessionId),
      () => hold(three, 1, sessionId),
    ]);
    const places = await Promise.all([one, two].map(({ id }) => active({ studentId: id })));
    return { sessionId, winners: won.length, lost, places };
  };

  it('one of them gets it, and whoever was to be moved keeps the old place', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { sessionId, ...end } = await fight();
      expect(end).toEqual({ winners: 1, lost: { SOLD_OUT: 2 }, places: [1, 1] });
      expect(await active({ sessionId })).toBe(1);
    }
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: without the index of seats more than one gets it', async () => {
    await both.withoutIndex('one_booking_a_seat', async () => {
      await untilSeen(async () => (await fight()).winners > 1);
      expect(await brokenRules(both.stack)).toContain('seat-twice');
    });
  });
});

describe('two full sessions whose students all want to change with each other', () => {
  const CAPACITY = 4;
  const MOST_WAVES = 8;
  const WAVES = 4;

  interface Changer {
    student: LaidStudent;
    id: string;
    sessionId: string;
  }

  /** Both full but for one place that has just been given up. */
  const fill = async (): Promise<{ sides: [string, string]; changers: Changer[] }> => {
    const lay = () => laySession(both.ground, { campaignId: both.campaignId, capacity: CAPACITY });
    const sides: [string, string] = [await lay(), await lay()];
    const all = await students(2 * CAPACITY);
    const changers: Changer[] = [];
    for (const [n, one] of all.entries()) {
      const sessionId = sides[n % 2] ?? '';
      const { id } = await hold(one, 0, sessionId);
      changers.push({ student: one, id, sessionId });
    }
    const gone = changers.pop();
    if (gone)
      await both
        .phone(gone.student, 0)
        .call('POST /api/me/bookings/:id/cancel', { params: { id: gone.id }, body: {} });
    return { sides, changers };
  };

  /** Everybody presses once, on alternating processes. @returns how many moved */
  const wave = async ({ sides: [left, right], changers }: Awaited<ReturnType<typeof fill>>, turn: number) => {
    const { won, lost } = await atOnce(
      changers.map((changer, n) => async () => {
        const to = changer.sessionId === left ? right : left;
        await reschedule(changer.student, n + turn, changer.id, to);
        changer.sessionId = to;
      }),
    );
    return { moved: won.length, lost: Object.keys(lost) };
  };

  it('nobody loses a place, and no session has more than its places', async () => {
    const scene = await fill();
    let moved = 0;
    for (let turn = 0; turn < WAVES; turn += 1) {
      const { lost, ...some } = await wave(scene, turn);
      moved += some.moved;
      expect(['SOLD_OUT', 'NOT_FOUND']).toEqual(expect.arrayContaining(lost));
      const counts = await Promise.all(scene.sides.map((sessionId) => active({ sessionId })));
      expect(counts[0]).toBeLessThanOrEqual(CAPACITY);
      expect(counts[1]).toBeLessThanOrEqual(CAPACITY);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(scene.changers.length);
      // A process believes a session full for a second.
      await sleep(1_100);
    }
    expect(moved).toBeGreaterThan(0);
    for (const { student, sessionId } of scene.changers)
      expect(await active({ studentId: student.id, sessionId })).toBe(1);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: without the index of seats two sit on one of them', async () => {
    await both.withoutIndex('one_booking_a_seat', async () => {
      const scene = await fill();
      let turn = 0;
      await untilSeen(async () => {
        await sleep(1_100);
        await wave(scene, turn++);
        return (await brokenRules(both.stack)).includes('seat-twice');
      }, MOST_WAVES);
    });
    expect(await brokenRules(both.stack)).toEqual([]);
  });
});

describe('booked online in the last minute before the day, and at the desk in its first', () => {
  const BEFORE_MS = 60_000;
  afterAll(() => both.stack.sandbox.setClock(phase('open'), true));

  /** The hold was judged before midnight, and reaches the database when the desk has let the student in. */
  const fight = async () => {
    const one = await student();
    const midnight = atShanghai(DEMO_DAY);
    await both.stack.sandbox.setClock(new Date(midnight.getTime() - BEFORE_MS), true);
    const held: Loosened = { of: 'bookings', verb: 'booking.hold', held: true };
    const letIn = async () => {
      await both.stack.sandbox.setClock(midnight);
      return walkIn(one, 1);
    };
    const { won, lost } = await both.loosen([held], (meanwhile) =>
      atOnce<unknown>([() => hold(one, 0, alsoBig), () => meanwhile(letIn)]),
    );
    return { winners: won.length, lost, bookings: await active({ studentId: one.id }) };
  };

  it('is one booking, and the other side is told', async () => {
    for (let round = 0; round < 2; round += 1)
      expect(await fight()).toEqual({ winners: 1, lost: { ALREADY_BOOKED: 1 }, bookings: 1 });
    // The holds that the leap to midnight has ended are given up in a moment.
    await eventually('nothing is broken', async () => (await brokenRules(both.stack)).length === 0 || null);
  });

  it('control: without the index of students it is two', async () => {
    await both.withoutIndex('one_booking_a_student', async () => {
      expect(await fight()).toEqual({ winners: 2, lost: {}, bookings: 2 });
      expect(await brokenRules(both.stack)).toContain('student-twice');
    });
  });
});

describe('late money is settled twice at once, as when a lease has run out', () => {
  /** Held, released, and then paid all the same. */
  const paidLate = async () => {
    const one = await student();
    const phone = both.phone(one, 0);
    const { id } = await hold(one, 0, alsoBig);
    await phone.call('POST /api/me/bookings/:id/pay', { params: { id } });
    await both.stack.sandbox.advance(16 * 60_000);
    const released = await eventually('the hold is released', () =>
      bookings().findOne({ _id: id, place: 'released' }),
    );
    await payBehindOurBack(both.ground, phone);
    await phone.call('POST /api/me/bookings/:id/payment-check', { params: { id } });
    const view = () => phone.call('GET /api/me/bookings/:id', { params: { id } });
    expect(await view()).toMatchObject({ place: 'booked', payment: 'paid' });
    return { id, released, view, orderNo: (await view()).order?.orderNo ?? '' };
  };

  const bookings = () => both.ground.db.collection<{ _id: string; place: string }>('bookings');

  it('it has its place, and none of it goes back', async () => {
    const { id, released, view, orderNo } = await paidLate();
    await withWorld(both.stack, async (world) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await bookings().replaceOne({ _id: id }, released);
        await Promise.all([settleBooking(world, orderNo, id), settleBooking(world, orderNo, id)]);
        expect(await view()).toMatchObject({ place: 'booked', payment: 'paid', order: { refunds: [] } });
      }
    });
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: where the slower one does not look anew it sends the money of a place back that it has, and the checker says so', async () => {
    const { id, released, view, orderNo } = await paidLate();
    await bookings().replaceOne({ _id: id }, released);
    await withWorld(both.stack, async (world) => {
      registerEffects(world);
      onlyTheFirstLook(id);
      await Promise.all([settleBooking(world, orderNo, id), settleBooking(world, orderNo, id)]);
      jest.restoreAllMocks();
      await world.effects.settle();
    });
    expect(await view()).toMatchObject({ place: 'booked', payment: 'paid', order: { refunds: [{}] } });
    await eventually('the money is back', async () => {
      await both.stack.sandbox.advance(2_000);
      const { order } = await view();
      return order?.refunds[0]?.status === 'arrived' ? order : null;
    });
    expect(await brokenRules(both.stack)).toEqual(['place-without-money']);
  });

  /** Both have looked before either writes; whoever looks once more finds nothing. */
  function onlyTheFirstLook(id: string): void {
    const { collection } = Bookings;
    const look = collection.findOne.bind(collection);
    let looks = 0;
    let begin = (): void => undefined;
    const bothHaveLooked = new Promise<void>((resolve) => {
      begin = resolve;
    });
    jest.spyOn(collection, 'findOne').mockImplementation(async (filter, options) => {
      if (!isDeepStrictEqual(filter, { _id: id })) return look(filter, options ?? {});
      looks += 1;
      if (looks > 2) return null;
      const found = await look(filter, options ?? {});
      if (looks === 2) begin();
      await bothHaveLooked;
      return found;
    });
  }
});

function pairs(ids: readonly string[]): [string, string][] {
  return Array.from({ length: Math.floor(ids.length / 2) }, (_, n) => [
    ids[2 * n] ?? '',
    ids[2 * n + 1] ?? '',
  ]);
}
