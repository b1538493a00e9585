import { setTimeout as sleep } from 'node:timers/promises';
import { type LaidStudent, laySession, layStudents } from '../../server/demo/ground';
import { phase } from '../../server/demo/seed';
import type { RefundBatchView } from '../../shared/contract/settlement';
import type { Loosened } from '../support/loosened';
import { atOnce, brokenRules } from '../support/race';
import { eventually } from '../support/stack';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(120_000);

/*
 * Races of the collection day, over HTTP on two processes: the scan against another phone, against the student who
 * cancels, and against the refund of those who did not come; the shot against a correction. The controls are the same
 * requests to processes that go without the guard.
 */
const PAIRS = 12;
/** Until then cancelling is free, from then on the code is let in. */
const MIDNIGHT = new Date('2022-11-19T00:00:00+08:00');

let both: TwoProcesses;
let sessionId: string;

interface Booked extends LaidStudent {
  bookingId: string;
  code: string;
}

beforeAll(async () => {
  both = await openTwoProcesses();
  sessionId = await laySession(both.ground, { campaignId: both.campaignId, capacity: 500 });
});
afterAll(() => both?.close());

/** Booked and paid at WeChat's cashier. */
async function book(count: number): Promise<Booked[]> {
  const laid = await layStudents(both.ground, { campaignId: both.campaignId, sessionId }, count);
  const booked: Booked[] = [];
  for (const student of laid) {
    const api = both.phone(student, booked.length);
    const { id } = await api.call('POST /api/me/bookings', { body: { sessionId } });
    const { payment } = await api.call('POST /api/me/bookings/:id/pay', { params: { id } });
    if (!payment) throw new Error('nothing to pay with');
    await both.stack.sandbox.cashier({ ...payment, openid: student.openid, outcome: 'pay' });
    await api.call('POST /api/me/bookings/:id/payment-check', { params: { id } });
    const { fixed } = await api.call('GET /api/me/bookings/:id/code', { params: { id } });
    booked.push({ ...student, bookingId: id, code: fixed });
  }
  return booked;
}

let nonces = 0;
const nonce = () => {
  nonces += 1;
  return `race-of-the-day-${String(nonces).padStart(6, '0')}`;
};

const scan = async ({ code }: Booked, n: number, at?: Date) =>
  both.desk(n).call('POST /api/onsite/redeem', {
    body: {
      nonce: nonce(),
      room: 'C区202',
      scannedAt: (at ?? (await both.stack.sandbox.now())).toISOString(),
      by: { kind: 'code', text: code },
      admitAnyway: true,
    },
  });

const shoot = ({ bookingId: id }: Booked, n: number) =>
  both.desk(n).call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: nonce() } });

const bookings = () =>
  both.ground.db.collection<{
    _id: string;
    place: string;
    attendance: string;
    arrival: { day: string; room: string; shotNumber: number } | null;
    shotKeys: string[];
    trail: { id: string; verb: string }[];
  }>('bookings');

const roster = () => both.ground.db.collection<{ _id: string; name: string }>('students');

describe('two phones, one code', () => {
  let students: Booked[];
  /** Whom nobody scans before. */
  let spares: Booked[];
  beforeAll(async () => {
    students = await book(PAIRS + 5);
    spares = students.splice(PAIRS + 1);
    await both.stack.sandbox.setClock(phase('day'));
  });

  it('lets the student in once, and tells the other phone', async () => {
    const answers = await Promise.all(
      students.slice(1).map((one) => Promise.all([scan(one, 0), scan(one, 1)])),
    );
    for (const pair of answers) {
      expect(pair.map(({ admitted }) => admitted).sort()).toEqual([false, true]);
      expect(pair.find(({ admitted }) => !admitted)?.reason).toBe('already_arrived');
    }
    const numbers = answers
      .flat()
      .flatMap(({ admitted, arrival }) => (admitted && arrival ? [arrival.shotNumber] : []));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: PAIRS }, (_, n) => n + 1));
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  const standing = async ({ bookingId }: Booked) => {
    const booking = await bookings().findOne({ _id: bookingId });
    if (!booking?.arrival) throw new Error(`${bookingId} has no number`);
    return { ...booking, arrival: booking.arrival };
  };

  const renumber = async (
    { bookingId: id }: Pick<Booked, 'bookingId'>,
    n: number,
    shotNumber: number,
    sent = nonce(),
  ) => {
    const { arrival } = await both.desk(n).call('POST /api/onsite/bookings/:id/renumber', {
      params: { id },
      body: { nonce: sent, room: 'C区202', shotNumber, reason: '叫错了号' },
    });
    return arrival?.shotNumber;
  };

  it('a process that does not know of the latest number gives a new one all the same', async () => {
    const [, , first, second] = spares;
    if (!first || !second) throw new Error('nobody is left');
    await scan(first, 1);
    const { arrival } = await scan(second, 0);
    const given = arrival?.shotNumber ?? 0;
    expect(await renumber(second, 1, given)).toBe(given + 1);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('a number that two desks change at once is changed once, and given to nobody else', async () => {
    const before = await Promise.all(students.slice(1).map(standing));
    const told = await Promise.all(
      before.map(({ _id: bookingId, arrival: { shotNumber } }) =>
        Promise.all([0, 1].map((n) => renumber({ bookingId }, n, shotNumber))),
      ),
    );
    for (const [one, other] of told) expect(one).toBe(other);
    const numbers = told.map(([one]) => one ?? 0);
    const old = before.map(({ arrival }) => arrival.shotNumber);
    expect(new Set([...numbers, ...old]).size).toBe(2 * PAIRS);
    for (const one of students.slice(1)) expect((await standing(one)).shotKeys).toHaveLength(2);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  /** A desk's change reaches the database when another one has made its own; the number it would give is gone too. */
  const renumberedMeanwhile = async (without: readonly string[]) => {
    const [, one, two] = students;
    if (!one || !two) throw new Error('nobody is left');
    const numberOf = async (who: Booked) => (await standing(who)).arrival.shotNumber;
    const [old, slow] = [await numberOf(one), nonce()];
    const oldOfTwo = await numberOf(two);
    const held: Loosened = { of: 'bookings', verb: 'booking.renumber', nonce: slow, without, held: true };
    const [told, toldLate] = await both.loosen([held], (meanwhile) =>
      Promise.all([
        meanwhile(async () => {
          await renumber(two, 1, oldOfTwo);
          return renumber(one, 1, old);
        }),
        renumber(one, 0, old, slow),
      ]),
    );
    return { told, toldLate, stands: await numberOf(one) };
  };

  it('a number that has been changed meanwhile is told as it is now', async () => {
    const { told, toldLate, stands } = await renumberedMeanwhile([]);
    expect([told, toldLate]).toEqual([stands, stands]);
  });

  it('control: a desk that does not name the number it changes tells another one, and the first is nobody’s', async () => {
    const { told, toldLate, stands } = await renumberedMeanwhile(['arrival.shotNumber']);
    expect(toldLate).toBe(stands);
    expect(told).not.toBe(stands);
  });

  it('a shot or an undo that is sent again, at once or after it was taken back, is done once', async () => {
    const [, one, two] = students;
    if (!one || !two) throw new Error('nobody arrived');
    const asked = (name: 'shot' | 'undo', { bookingId: id }: Booked, n: number, sent: string) =>
      name === 'shot'
        ? both.desk(n).call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: sent } })
        : both.desk(n).call('POST /api/onsite/bookings/:id/undo', {
            params: { id },
            body: { nonce: sent, step: 'shot' as const },
          });
    const [taken, back] = [nonce(), nonce()];
    await asked('shot', one, 0, taken);
    await asked('undo', one, 1, back);
    expect(await asked('shot', one, 0, taken)).toMatchObject({ attendance: 'arrived' });
    for (let round = 0; round < PAIRS; round += 1) {
      const again = nonce();
      await asked('shot', two, 0, nonce());
      const { won, lost } = await atOnce([0, 1].map((n) => () => asked('undo', two, n, again)));
      expect({ done: won.map(({ attendance }) => attendance), lost }).toEqual({
        done: ['arrived', 'arrived'],
        lost: {},
      });
    }
  });

  const correctName = async (one: Booked, n: number) => {
    const { person } = await scan(one, n);
    return () =>
      both.desk(n).call('POST /api/onsite/students/:id/correct', {
        params: { id: one.id },
        body: { version: person?.version ?? 0, field: 'name', value: '王䶮', reason: '看学生证' },
      });
  };

  /** In which order a booking knows of its correction and its shot, the last one that was not taken back. */
  const orderOf = async ({ bookingId }: Booked) => {
    const booking = await bookings().findOne({ _id: bookingId });
    const verbs = booking?.trail.map(({ verb }) => verb) ?? [];
    const since = verbs.slice(verbs.lastIndexOf('booking.undo-shot') + 1);
    return since.filter((verb) => verb === 'booking.allow-correction' || verb === 'booking.shot');
  };

  it('a correction in the same instant as the shot stands before it, or is not made', async () => {
    for (const [n, one] of students.slice(1).entries()) {
      const correct = await correctName(one, n);
      const [{ lost }] = await Promise.all([atOnce([correct]), shoot(one, n + 1)]);
      const isCorrected = Object.keys(lost).length === 0;
      if (!isCorrected) expect(lost).toEqual({ CORRECTION_AFTER_SHOT: 1 });
      expect(await orderOf(one)).toEqual(
        isCorrected ? ['booking.allow-correction', 'booking.shot'] : ['booking.shot'],
      );
      expect(await roster().findOne({ _id: one.id })).toMatchObject({ name: isCorrected ? '王䶮' : '王芳' });
    }
  });

  it('control: a correction whose booking lets it pass whenever it comes is made after the shot', async () => {
    const [one] = students;
    if (!one) throw new Error('nobody is left');
    const correct = await correctName(one, 0);
    const late: Loosened = {
      of: 'bookings',
      verb: 'booking.allow-correction',
      without: ['attendance'],
      held: true,
    };
    const [{ lost }] = await both.loosen([late], (meanwhile) =>
      Promise.all([atOnce([correct]), meanwhile(() => shoot(one, 1))]),
    );
    expect(lost).toEqual({});
    expect(await orderOf(one)).toEqual(['booking.shot', 'booking.allow-correction']);
    expect(await roster().findOne({ _id: one.id })).toMatchObject({ name: '王䶮' });
  });

  /** Both phones have read the booking before either writes the arrival. @returns whether it let the student in, of each */
  const scannedAtTheSameInstant = async (one: Booked | undefined, without: readonly string[]) => {
    if (!one) throw new Error('nobody is left');
    const together = { of: 'bookings', verb: 'booking.arrive', without, meet: 2 };
    const answers = await both.loosen([together], () => Promise.all([scan(one, 0), scan(one, 0)]));
    return answers.map(({ admitted }) => admitted).sort();
  };

  it('scanned at the same instant, lets the student in once', async () => {
    expect(await scannedAtTheSameInstant(spares[0], [])).toEqual([false, true]);
  });

  it('control: without the state in the guard of the arrival both phones let the student in', async () => {
    const [, one] = spares;
    const before = await bookings().findOne({ _id: one?.bookingId ?? '' });
    expect(await scannedAtTheSameInstant(one, ['attendance', 'shotKeys'])).toEqual([true, true]);
    if (before) await bookings().replaceOne({ _id: before._id }, before);
  });

  it('control: without the index of shot numbers two processes give one number twice', async () => {
    const more = await layStudents(both.ground, { campaignId: both.campaignId, sessionId }, 24);
    await both.withoutIndex('one_booking_a_shot_number', async () => {
      const walkIns = more.map(
        ({ id }, n) =>
          () =>
            both.desk(n).call('POST /api/onsite/walk-ins', {
              body: { nonce: nonce(), room: 'C区203', studentId: id, evidence: 'id_card', payment: 'owed' },
            }),
      );
      await atOnce(walkIns);
      expect(await brokenRules(both.stack)).toContain('shot-number-twice');
    });
    expect(await brokenRules(both.stack)).toEqual([]);
  });
});

describe('the student cancels at midnight while the code is scanned', () => {
  const BEFORE_MS = 300;
  const BEFORE_CONTROL_MS = 60_000;
  let students: Booked[];
  let lateStudents: Booked[];
  beforeAll(async () => {
    await both.stack.sandbox.setClock(phase('open'), true);
    students = await book(PAIRS + 1);
    lateStudents = students.splice(PAIRS);
    await both.stack.sandbox.setClock(new Date(MIDNIGHT.getTime() - BEFORE_MS));
  });

  /** @returns whether it was cancelled; until then it may be tried in vain once or twice */
  const cancel = async (one: Booked, n: number): Promise<boolean> => {
    const { won, lost } = await atOnce([
      () =>
        both
          .phone(one, n)
          .call('POST /api/me/bookings/:id/cancel', { params: { id: one.bookingId }, body: {} }),
    ]);
    expect(['BOOKING_NOT_ACTIVE', 'CHANGE_TOO_LATE']).toEqual(expect.arrayContaining(Object.keys(lost)));
    return won.length === 1;
  };

  /** Again and again, until the day has begun and there is a verdict. */
  const admit = async (one: Booked, n: number): Promise<boolean> => {
    for (;;) {
      const { admitted, reason } = await scan(one, n);
      if (reason !== 'wrong_day' && reason !== 'expired_code') return admitted;
    }
  };

  it('one of the two happens: let in with the place, or refunded without it', async () => {
    const fights = students.map(async (one, n) => {
      await sleep((n * 2 * BEFORE_MS) / PAIRS);
      return Promise.all([admit(one, n), cancel(one, n + 1)]);
    });
    for (const [admitted, cancelled] of await Promise.all(fights)) expect(admitted).toBe(!cancelled);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: a cancellation that does not look at the booking again takes the place of one who is in, and the checker says so', async () => {
    const [one] = lateStudents;
    if (!one) throw new Error('nobody is left');
    await both.stack.sandbox.setClock(new Date(MIDNIGHT.getTime() - BEFORE_CONTROL_MS), true);
    const held: Loosened = {
      of: 'bookings',
      verb: 'booking.cancel',
      without: ['version', 'attendance'],
      held: true,
    };
    const [{ place }, isIn] = await both.loosen([held], (meanwhile) =>
      Promise.all([
        both
          .phone(one, 0)
          .call('POST /api/me/bookings/:id/cancel', { params: { id: one.bookingId }, body: {} }),
        meanwhile(async () => {
          await both.stack.sandbox.setClock(MIDNIGHT);
          return admit(one, 1);
        }),
      ]),
    );
    expect(isIn).toBe(true);
    expect(place).toBe('cancelled');
    expect(await brokenRules(both.stack)).toContain('attended-without-place');
    await bookings().updateOne({ _id: one.bookingId }, { $set: { attendance: 'expected', arrival: null } });
    expect(await brokenRules(both.stack)).toEqual([]);
  });
});

describe('scanned and shot while the no-shows are refunded', () => {
  let students: Booked[];
  /** Whom the first batch leaves out. */
  let spared: Booked[];
  beforeAll(async () => {
    await both.stack.sandbox.setClock(phase('open'), true);
    students = await book(2 * PAIRS + 1);
    spared = students.splice(2 * PAIRS);
    await both.stack.sandbox.setClock(phase('closing'));
    // WeChat keeps its fee: to refund everybody, the school tops up.
    const [merchant] = (await both.stack.sandbox.credentials()).merchants;
    await both.stack.sandbox.ask('POST', '/balance', { mchid: merchant?.mchid, availableFen: 1_000_000 });
  });

  it('everybody is photographed or refunded, never both, never neither', async () => {
    const { campaignId: id } = both;
    const [office, maker, checker] = [
      await both.user('office'),
      await both.user('finance1'),
      await both.user('finance2'),
    ];
    const waiting = students.slice(0, PAIRS);
    for (const one of [...waiting, ...spared]) expect(await scan(one, 1)).toMatchObject({ admitted: true });
    const lastMoment = await both.stack.sandbox.now();
    const { version } = await office.call('GET /api/console/campaigns/:id', { params: { id } });
    await office.call('POST /api/console/campaigns/:id/close-collection', {
      params: { id },
      body: { version },
    });
    const batch = await maker.call('POST /api/console/campaigns/:id/refund-batches', {
      params: { id },
      body: { exclude: spared.map(({ bookingId }) => ({ bookingId, reason: '还在排队' })) },
    });
    const approve = checker.call('POST /api/console/refund-batches/:id/decide', {
      params: { id: batch.id },
      body: { version: batch.version, decision: 'approve' },
    });
    // Scanned in the last moment, heard of only now; and photographed while the batch runs.
    const come = students.map(async (one, n) => {
      if (!waiting.includes(one)) await scan(one, n, lastMoment);
      await atOnce([() => shoot(one, n)]);
    });
    await Promise.all([approve, ...come]);

    await eventually('the batch is done', async (): Promise<RefundBatchView | null> => {
      await both.stack.sandbox.advance(60_000);
      const now = await maker.call('GET /api/console/refund-batches/:id', { params: { id: batch.id } });
      return now.state === 'done' ? now : null;
    });
    const ends = await bookings()
      .find({ _id: { $in: students.map(({ bookingId }) => bookingId) } })
      .toArray();
    const shot = ends.filter(({ attendance, place }) => attendance === 'shot' && place === 'booked').length;
    const refunded = ends.filter(
      ({ attendance, place }) => attendance !== 'shot' && place === 'no_show',
    ).length;
    expect(shot + refunded).toBe(students.length);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: a batch that does not look at the booking again takes the place of one who was photographed, and the checker says so', async () => {
    const [one] = spared;
    if (!one) throw new Error('nobody is left');
    const [maker, checker] = [await both.user('finance1'), await both.user('finance2')];
    const { id, version } = await maker.call('POST /api/console/campaigns/:id/refund-batches', {
      params: { id: both.campaignId },
      body: {},
    });
    const held: Loosened = { of: 'bookings', verb: 'booking.no-show', without: ['attendance'], held: true };
    await both.loosen([held], async (meanwhile) => {
      await checker.call('POST /api/console/refund-batches/:id/decide', {
        params: { id },
        body: { version, decision: 'approve' },
      });
      await meanwhile(() => shoot(one, 1));
      await eventually('the place is gone', () =>
        bookings().findOne({ _id: one.bookingId, place: 'no_show' }),
      );
    });
    expect(await brokenRules(both.stack)).toContain('attended-without-place');
  });
});
