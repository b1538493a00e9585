import { type LaidStudent, laySession, layStudents } from '../../server/demo/ground';
import { withWorld } from '../../server/demo/with-world';
import { settleBooking } from '../../server/modules/payments/apply-payment';
import { payBehindOurBack } from '../support/pay-behind-our-back';
import { atOnce, brokenRules } from '../support/race';
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
  const lay = (capacity: number) => laySession(both.ground, { campaignId: both.campaignId, capacity });
  big = await lay(500);
  alsoBig = await lay(500);
  quarter = await lay(125);
  small = await lay(25);
  single = await Promise.all(Array.from({ length: 2 * ROUNDS + 2 }, () => lay(1)));
});
afterAll(() => both?.close());

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
      expect((await tap()).bookings).toBeGreaterThan(1);
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
      const [sessionId = ''] = single.slice(ROUNDS);
      expect((await fight(sessionId)).winners).toBe(2);
      expect(await brokenRules(both.stack)).toContain('seat-twice');
    });
  });
});

describe('one student reschedules twice at once', () => {
  it('one of the two moves takes place, and what it left is free again', async () => {
    for (const [first, second] of pairs(single.slice(ROUNDS + 1))) {
      const one = await student();
      const { id } = await hold(one, 0, alsoBig);
      const before = await active({});
      const { won, lost } = await atOnce([
        () => reschedule(one, 0, id, first),
        () => reschedule(one, 1, id, second),
      ]);
      expect({ won: won.length, lost }).toEqual({ won: 1, lost: { BOOKING_NOT_ACTIVE: 1 } });
      expect(await active({})).toBe(before);
      const free = won[0]?.session?.id === first ? second : first;
      const [late] = await students(1);
      if (!late) throw new Error('no student');
      expect((await hold(late, 1, free)).place).toBe('held');
    }
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: the same write without the version it was read with succeeds twice, and one answer is untrue', async () => {
    const one = await student();
    const { id } = await hold(one, 0, alsoBig);
    const bookings = both.ground.db.collection<{ _id: string }>('bookings');
    const moves = await Promise.all(
      ['x', 'y'].map((sessionId) =>
        bookings.findOneAndUpdate(
          { _id: id },
          { $set: { sessionId, seatNo: 1 } },
          { returnDocument: 'after' },
        ),
      ),
    );
    expect(moves.filter((move) => move !== null)).toHaveLength(2);
    await bookings.deleteOne({ _id: id });
  });
});

describe('booked online and at the desk at once', () => {
  const fight = async () => {
    const one = await student();
    const { won, lost } = await atOnce<unknown>([() => hold(one, 0, alsoBig), () => walkIn(one, 1)]);
    return { winners: won.length, lost, bookings: await active({ studentId: one.id }) };
  };

  it('is one booking, and the other side is told', async () => {
    for (let round = 0; round < ROUNDS; round += 1)
      expect(await fight()).toEqual({ winners: 1, lost: { ALREADY_BOOKED: 1 }, bookings: 1 });
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: without the index of students it is two', async () => {
    await both.withoutIndex('one_booking_a_student', async () => {
      expect((await fight()).bookings).toBe(2);
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

  it('control: of two who only look once one finds nothing to change, and would send the money back', async () => {
    const { id, released } = await paidLate();
    await bookings().replaceOne({ _id: id }, released);
    const looked = await Promise.all([bookings().findOne({ _id: id }), bookings().findOne({ _id: id })]);
    const written = await Promise.all(
      looked.map((seen) =>
        bookings().findOneAndUpdate(
          { _id: id, place: seen?.place ?? '' },
          { $set: { place: 'booked', payment: 'paid', active: true } },
        ),
      ),
    );
    expect(written.filter((one) => one === null)).toHaveLength(1);
    await bookings().deleteOne({ _id: id });
  });
});

function pairs(ids: readonly string[]): [string, string][] {
  return Array.from({ length: Math.floor(ids.length / 2) }, (_, n) => [
    ids[2 * n] ?? '',
    ids[2 * n + 1] ?? '',
  ]);
}
