import { type LaidStudent, laySession, layStudents } from '../../server/demo/ground';
import { phase } from '../../server/demo/seed';
import type { RefundBatchView } from '../../shared/contract/settlement';
import { atOnce, brokenRules } from '../support/race';
import { eventually } from '../support/stack';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(120_000);

/*
 * Races of the collection day, over HTTP on two processes: the scan against another phone, against the student who
 * cancels, and against the refund of those who did not come. The controls make the same writes without their guard.
 */
const PAIRS = 12;
/** The phone's clock is a little ahead: for it the day has begun, for the service cancelling is still free. */
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

const scan = ({ code }: Booked, n: number, at: Date) =>
  both.desk(n).call('POST /api/onsite/redeem', {
    body: {
      nonce: nonce(),
      room: 'C区202',
      scannedAt: at.toISOString(),
      by: { kind: 'code', text: code },
      admitAnyway: true,
    },
  });

const shoot = ({ bookingId: id }: Booked, n: number) =>
  both.desk(n).call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: nonce() } });

const bookings = () =>
  both.ground.db.collection<{ _id: string; place: string; attendance: string }>('bookings');

describe('two phones, one code', () => {
  let students: Booked[];
  beforeAll(async () => {
    students = await book(PAIRS + 1);
    await both.stack.sandbox.setClock(new Date(MIDNIGHT.getTime() - 60_000));
  });

  it('lets the student in once, and tells the other phone', async () => {
    const answers = await Promise.all(
      students.slice(1).map((one) => Promise.all([scan(one, 0, MIDNIGHT), scan(one, 1, MIDNIGHT)])),
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

  it('control: the arrival without its guard is written by both, the second over the first', async () => {
    const [one] = students;
    const arrive = (device: string) =>
      bookings().findOneAndUpdate({ _id: one?.bookingId ?? '' }, { $set: { scannedBy: device } });
    expect(
      (await Promise.all([arrive('a'), arrive('b')])).filter((written) => written !== null),
    ).toHaveLength(2);
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

describe('the student cancels while the code is scanned', () => {
  let students: Booked[];
  beforeAll(async () => {
    await both.stack.sandbox.setClock(phase('open'), true);
    students = await book(PAIRS);
    await both.stack.sandbox.setClock(new Date(MIDNIGHT.getTime() - 60_000));
  });

  it('one of the two happens: let in with the place, or refunded without it', async () => {
    const fights = students.map(async (one, n) => {
      const [verdict, cancelled] = await Promise.all([
        scan(one, n, MIDNIGHT),
        atOnce([
          () =>
            both
              .phone(one, n + 1)
              .call('POST /api/me/bookings/:id/cancel', { params: { id: one.bookingId }, body: {} }),
        ]),
      ]);
      expect(verdict.admitted).toBe(cancelled.won.length === 0);
      if (!verdict.admitted) expect(verdict.reason).toBe('refunded');
      else expect(cancelled.lost).toEqual({ BOOKING_NOT_ACTIVE: 1 });
    });
    await Promise.all(fights);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: an arrival written without its guard stands on a place that is gone, and the checker says so', async () => {
    const gone = await bookings().findOne({ campaignId: both.campaignId, place: 'cancelled' });
    const admitted = gone ?? (await cancelOne());
    await bookings().updateOne({ _id: admitted._id }, { $set: { attendance: 'arrived' } });
    expect(await brokenRules(both.stack)).toContain('attended-without-place');
    await bookings().updateOne({ _id: admitted._id }, { $set: { attendance: 'expected' } });
  });

  async function cancelOne(): Promise<{ _id: string }> {
    await both.stack.sandbox.setClock(phase('open'), true);
    const [one] = await book(1);
    if (!one) throw new Error('no student');
    await both
      .phone(one, 0)
      .call('POST /api/me/bookings/:id/cancel', { params: { id: one.bookingId }, body: {} });
    return { _id: one.bookingId };
  }
});

describe('scanned and shot while the no-shows are refunded', () => {
  let students: Booked[];
  beforeAll(async () => {
    await both.stack.sandbox.setClock(phase('open'), true);
    students = await book(2 * PAIRS);
    await both.stack.sandbox.setClock(phase('closing'));
    // WeChat keeps its fee: to refund everybody, the school tops up.
    const [merchant] = (await both.stack.sandbox.credentials()).merchants;
    await both.stack.sandbox.ask('POST', '/balance', { mchid: merchant?.mchid, availableFen: 1_000_000 });
  });

  it('everybody is photographed or refunded, never both, never neither', async () => {
    const { campaignId: id } = both;
    // The other process has not heard of the closing yet: for five seconds it goes on letting people in.
    await both.desk(1).call('GET /api/onsite/board', { query: {} });
    const [office, maker, checker] = [
      await both.user('office'),
      await both.user('finance1'),
      await both.user('finance2'),
    ];
    const { version } = await office.call('GET /api/console/campaigns/:id', { params: { id } });
    await office.call('POST /api/console/campaigns/:id/close-collection', {
      params: { id },
      body: { version },
    });
    const batch = await maker.call('POST /api/console/campaigns/:id/refund-batches', {
      params: { id },
      body: {},
    });
    const approve = checker.call('POST /api/console/refund-batches/:id/decide', {
      params: { id: batch.id },
      body: { version: batch.version, decision: 'approve' },
    });
    const come = students.map(async (one) => {
      const { admitted } = await scan(one, 1, phase('closing'));
      if (admitted) await atOnce([() => shoot(one, 1)]);
    });
    await Promise.all([approve, ...come]);

    const done = await eventually('the batch is done', async (): Promise<RefundBatchView | null> => {
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
    expect(done.lines.refunded).toBeGreaterThanOrEqual(refunded);
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: the no-show without its guard takes the money of one who was photographed', async () => {
    const one = await bookings().findOne({
      campaignId: both.campaignId,
      attendance: 'arrived',
      active: true,
    });
    if (!one) throw new Error('nobody arrived');
    await bookings().updateOne({ _id: one._id }, { $set: { attendance: 'shot', shotAt: new Date() } });
    await bookings().updateOne({ _id: one._id }, { $set: { active: false, place: 'no_show' } });
    expect(await brokenRules(both.stack)).toContain('attended-without-place');
  });
});
