import { type LaidStudent, laySession, layStudents } from '../../server/demo/ground';
import { phase } from '../../server/demo/seed';
import type { Loosened } from '../support/loosened';
import { makeUpChoice } from '../support/make-up-scene';
import { atOnce, brokenRules } from '../support/race';
import { eventually } from '../support/stack';
import { openTwoProcesses, type TwoProcesses } from '../support/two-processes';

jest.setTimeout(180_000);

/*
 * Races for make-up places on two processes. A slot is first written down when somebody wants it, so here two processes
 * also write the same session at once; and a missed place is carried over while the refund batch ends it.
 */
const PAIRS = 8;
/** Tuesday to Friday after the collection, seven slots of one place a day. */
const SLOTS = ['22', '23', '24', '25'].flatMap((day) =>
  ['09', '10', '11', '14', '15', '16', '17'].map((hour) => `2022-11-${day} ${hour}:00`),
);

let both: TwoProcesses;
let sessionId: string;
let left: string[];

beforeAll(async () => {
  both = await openTwoProcesses();
  sessionId = await laySession(both.ground, { campaignId: both.campaignId, capacity: 100 });
  left = [...SLOTS];
});
afterAll(() => both?.close());

const campaigns = () => both.ground.db.collection<{ _id: string }>('campaigns');
const bookings = () =>
  both.ground.db.collection<{ _id: string; place: string; makeUpDay?: string }>('bookings');

const students = (count: number) =>
  layStudents(both.ground, { campaignId: both.campaignId, sessionId }, count);

const nextSlot = async (by: LaidStudent) => {
  const when = left.shift();
  if (!when) throw new Error('no slot is left');
  return (await makeUpChoice(both.phone(by, 0), both.campaignId, when)).id;
};

const hold = (by: LaidStudent, n: number, slotId: string) =>
  both
    .phone(by, n)
    .call('POST /api/me/bookings', { body: { sessionId: slotId, campaignId: both.campaignId } });

const moveTo = (
  { token, bookingId: id, ...by }: LaidStudent & { bookingId: string },
  n: number,
  slotId: string,
) =>
  both
    .phone({ token, ...by }, n)
    .call('POST /api/me/bookings/:id/reschedule', { params: { id }, body: { sessionId: slotId } });

/** Booked and paid for the day of the collection, and did not come. */
async function missed(count: number): Promise<(LaidStudent & { bookingId: string })[]> {
  const booked = [];
  for (const [n, student] of (await students(count)).entries()) {
    const api = both.phone(student, n);
    const { id } = await api.call('POST /api/me/bookings', { body: { sessionId } });
    const { payment } = await api.call('POST /api/me/bookings/:id/pay', { params: { id } });
    if (!payment) throw new Error('nothing to pay with');
    await both.stack.sandbox.cashier({ ...payment, openid: student.openid, outcome: 'pay' });
    await api.call('POST /api/me/bookings/:id/payment-check', { params: { id } });
    booked.push({ ...student, bookingId: id });
  }
  return booked;
}

const carriers: (LaidStudent & { bookingId: string })[] = [];
/** Whom the first batch leaves out. */
const spared: (LaidStudent & { bookingId: string })[] = [];

it('begins when the collection is closed', async () => {
  const late = await missed(PAIRS + 3);
  await both.stack.sandbox.setClock(phase('next'));
  await campaigns().updateOne(
    { _id: both.campaignId },
    {
      $set: {
        collectionClosedAt: phase('closing'),
        'makeUp.bookable': { slotMinutes: 60, placesPerSlot: 1 },
      },
      $inc: { version: 1 },
    },
  );
  // Both processes may believe for five seconds what they knew.
  await new Promise((resolve) => setTimeout(resolve, 5_500));
  spared.push(...late.splice(0, 1));
  carriers.push(...late);
});

describe('the last place of a make-up slot that nobody has written down yet', () => {
  const rush = async (pairs: number) => {
    const winners: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const many = await students(4);
      const [first] = many;
      if (!first) throw new Error('no student');
      const slotId = await nextSlot(first);
      const { won, lost } = await atOnce(many.map((by, n) => () => hold(by, n, slotId)));
      expect((lost.SOLD_OUT ?? 0) + won.length).toBe(4);
      winners.push(won.length);
    }
    return winners;
  };

  it('goes to one of four on two processes', async () => {
    expect(await rush(PAIRS)).toEqual(Array.from({ length: PAIRS }, () => 1));
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: without the index of seats it goes to several, and the checker says so', async () => {
    await both.withoutIndex('one_booking_a_seat', async () => {
      expect(Math.max(...(await rush(3)))).toBeGreaterThan(1);
      expect(await brokenRules(both.stack)).toContain('seat-twice');
    });
  });
});

describe('carrying a missed place over, while the refund batch ends it', () => {
  it('has one winner each: refunded or made up, never both', async () => {
    const [finance, second] = [await both.user('finance1'), await both.user('finance2')];
    const batch = await finance.call('POST /api/console/campaigns/:id/refund-batches', {
      params: { id: both.campaignId },
      body: { exclude: spared.map(({ bookingId }) => ({ bookingId, reason: '要来补拍' })) },
    });
    expect(batch.lines.total).toBe(carriers.length);
    const moving = carriers.slice(1);
    const slots: string[] = [];
    for (const by of moving.slice(0, PAIRS)) slots.push(await nextSlot(by));
    const { won, lost } = await atOnce([
      async () => {
        await second.call('POST /api/console/refund-batches/:id/decide', {
          params: { id: batch.id },
          body: { version: batch.version, decision: 'approve' },
        });
        return null;
      },
      ...slots.map((slotId, n) => async () => {
        const by = moving[n];
        return by ? await moveTo(by, n, slotId) : null;
      }),
    ]);
    await eventually('the batch is done', async () => {
      await both.stack.sandbox.advance(31_000);
      const { state } = await finance.call('GET /api/console/refund-batches/:id', {
        params: { id: batch.id },
      });
      return state === 'done' || null;
    });
    const moved = won.flatMap((booking) => booking?.id ?? []);
    expect(Object.keys(lost).filter((code) => code !== 'BOOKING_NOT_ACTIVE')).toEqual([]);
    for (const { bookingId } of carriers) {
      const after = await bookings().findOne({ _id: bookingId });
      const made = moved.includes(bookingId);
      expect([after?.place, after?.makeUpDay !== undefined]).toEqual(
        made ? ['booked', true] : ['no_show', false],
      );
    }
    expect(await brokenRules(both.stack)).toEqual([]);
  });

  it('control: without the day in its guard the batch takes a make-up place that was promised', async () => {
    const [by] = spared;
    if (!by) throw new Error('nobody was left out');
    const [finance, second] = [await both.user('finance1'), await both.user('finance2')];
    const { id, version } = await finance.call('POST /api/console/campaigns/:id/refund-batches', {
      params: { id: both.campaignId },
      body: { exclude: [] },
    });
    const slotId = await nextSlot(by);
    const held: Loosened = { of: 'bookings', verb: 'booking.no-show', without: ['$or'], held: true };
    const after = await both.loosen([held], async (meanwhile) => {
      await second.call('POST /api/console/refund-batches/:id/decide', {
        params: { id },
        body: { version, decision: 'approve' },
      });
      expect((await meanwhile(() => moveTo(by, 0, slotId))).place).toBe('booked');
      return eventually('the place is gone', () => bookings().findOne({ _id: by.bookingId, active: false }));
    });
    expect(after).toMatchObject({ place: 'no_show', makeUpDay: expect.anything() });
  });
});
