import { isClean, prove } from '../../../server/checker/prove';
import { type Bench, openBench } from './support/bench';
import {
  billDayDoc,
  bookingDoc,
  CAMPAIGN,
  effect,
  NOW,
  PRICE,
  post,
  SCHOOL,
  studentDoc,
} from './support/records';
import { cleanWorld, type World } from './support/world';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.close());

describe('a campaign at rest', () => {
  it('is clean, and every fen is where it should be', async () => {
    const proof = await bench.prove(cleanWorld());
    expect(proof).toEqual({
      seats: { total: 10, taken: 4, oversold: 0, leaked: 0, duplicates: 0 },
      money: {
        paid: 4 * 3000,
        refunded: 2 * 3000,
        refunding: 0,
        quarantined: 2900,
        inTransit: 0,
        fees: 2 * 18 + 17,
        unexplained: 0,
      },
      places: [
        { campaignId: CAMPAIGN, place: 'aside', code: '', orders: 1, fen: 2900 },
        { campaignId: CAMPAIGN, place: 'kept', code: 'photo', orders: 2, fen: 2 * 2000 },
        { campaignId: CAMPAIGN, place: 'kept', code: 'web', orders: 2, fen: 2 * 1000 },
        { campaignId: CAMPAIGN, place: 'refunded', code: 'photo', orders: 2, fen: 2 * 2000 },
        { campaignId: CAMPAIGN, place: 'refunded', code: 'web', orders: 2, fen: 2 * 1000 },
      ],
      days: [],
      problems: [],
    });
    expect(isClean(proof)).toBe(true);
  });

  it('is the same by its school, and nothing of it is another school’s', async () => {
    const own = await bench.prove(cleanWorld(), { schoolId: SCHOOL });
    expect(own).toMatchObject({ money: { paid: 4 * 3000, fees: 2 * 18 + 17, unexplained: 0 }, problems: [] });
    const others = await bench.prove(cleanWorld(), { schoolId: 'school-b' });
    expect(others).toMatchObject({ money: { paid: 0, fees: 0 }, places: [], days: [], problems: [] });
  });

  it('has closed days that agree with both bills, or whose differences say why not', async () => {
    const agreeing = cleanWorld();
    agreeing.billDays.push(billDayDoc('closed', 5, 4 * 3000 + 2900));
    const proof = await bench.prove(agreeing);
    expect(proof.problems).toEqual([]);
    expect(proof.days).toMatchObject([
      {
        day: '2022-11-18',
        isClosed: true,
        ours: { payments: 5, paidFen: 14_900 },
        flowOffFen: 0,
        differences: 0,
      },
    ]);

    const told = cleanWorld();
    told.billDays.push(billDayDoc('closed', 4, 4 * 3000));
    told.differences.push({ _id: 'merchant-a:2022-11-18:payment:transaction-aside' });
    expect((await bench.prove(told)).problems).toEqual([]);
  });

  it('is proved from the database alone where there are no books', async () => {
    const { mongodbUri } = await bench.write(cleanWorld());
    const proof = await prove({ mongodbUri, settled: true, now: NOW });
    expect(proof.problems).toEqual([]);
    expect(proof.money).toMatchObject({ paid: 4 * 3000, fees: 0 });
  });
});

interface Moment {
  when: string;
  make: (world: World) => void;
  /** On their way, and so unexplained once everything should have come to rest; fen. */
  inTransit?: number;
  /** With WeChat or with a person, fen. */
  refunding?: number;
  /** What is wrong with it at rest, beside the money on its way. */
  atRest?: string;
}

const MOMENTS: Moment[] = [
  { when: 'a hold has no order yet', make: (world) => world.hold('x', 6) },
  {
    when: 'the number of an order is on the booking, and the order not written yet',
    make: (world) => world.hold('x', 6).orderNos.push('order-x'),
  },
  {
    when: 'an order is written, and WeChat has not heard of it',
    make(world) {
      world.hold('x', 6);
      Object.assign(world.openOrder('x'), { state: 'created', prepayId: null });
      world.theirOrders.pop();
    },
  },
  {
    when: 'the customer has paid, and no callback has come',
    make(world) {
      world.payAtWeChat('held');
    },
    inTransit: 3000,
  },
  {
    when: 'the callback has come, and the place is not settled yet',
    make(world) {
      world.payAtWeChat('held');
      world.learnPayment('held');
    },
    inTransit: 3000,
  },
  {
    when: 'a hold is over and WeChat does not answer the closing of its order',
    make(world) {
      world.booking('held').holdExpiresAt = new Date(NOW.getTime() - 3_600_000);
    },
    atRest: 'hold-overdue',
  },
  {
    when: 'a hold has ended this minute',
    make(world) {
      world.closeOrder('held');
      world.booking('held').holdExpiresAt = new Date(NOW.getTime() - 60_000);
    },
  },
  {
    when: 'a payment with a coupon cost its payer less',
    make(world) {
      world.hold('x', 6);
      world.openOrder('x');
      world.payAtWeChat('x', PRICE, 2500);
      world.learnPayment('x');
      world.settle('x');
    },
  },
  {
    when: 'a number without an order is fenced off by a closed one',
    make(world) {
      const fence = world.openOrder('fence', world.hold('x', 6));
      Object.assign(fence, { mchid: '', prepayId: null });
      world.closeOrder('fence');
      world.end('x', 'released');
      world.theirOrders.pop();
    },
  },
  {
    when: 'a late payment has found its place taken and goes back',
    make(world) {
      world.payAtWeChat('released');
      world.learnPayment('released');
      world.order('released').effects = [];
      world.requestRefund('released');
    },
    inTransit: 3000,
    refunding: 3000,
  },
  {
    when: 'a late payment revives the released place',
    make(world) {
      world.payAtWeChat('released');
      world.learnPayment('released');
      world.settle('released');
    },
  },
  {
    when: 'a second order of a paid booking was paid too and went back',
    make(world) {
      world.openOrder('second', world.booking('booked'));
      world.payAtWeChat('second');
      world.learnPayment('second').effects = [];
      world.giveBack('second');
    },
  },
  {
    when: 'a booking is cancelled, and its refund is not asked for yet',
    make(world) {
      world.end('booked', 'cancelled').effects = [effect('refund-booking')];
    },
    inTransit: 3000,
  },
  {
    when: 'a refund is accepted',
    make(world) {
      world.end('booked', 'cancelled');
      world.requestRefund('booked');
      world.acceptRefund('booked');
    },
    inTransit: 3000,
    refunding: 3000,
  },
  {
    when: 'a refund has arrived, and no callback has come',
    make(world) {
      world.end('booked', 'cancelled');
      world.requestRefund('booked');
      world.acceptRefund('booked');
      world.finishRefund('booked', 'SUCCESS');
    },
    inTransit: 3000,
    refunding: 3000,
  },
  {
    when: 'a refund could not be paid out and waits for the office',
    make(world) {
      world.end('booked', 'cancelled');
      world.requestRefund('booked');
      world.acceptRefund('booked');
      world.finishRefund('booked', 'ABNORMAL');
      world.learnRefund('booked');
    },
    refunding: 3000,
  },
  {
    when: 'the office has given another account, and the money has arrived there',
    make(world) {
      world.end('booked', 'cancelled');
      world.requestRefund('booked');
      world.acceptRefund('booked');
      world.finishRefund('booked', 'ABNORMAL');
      world.learnRefund('booked');
      world.finishRefund('booked', 'SUCCESS');
    },
    inTransit: 3000,
    refunding: 3000,
  },
  {
    when: 'WeChat closed a refund, and it went on under a new number',
    make(world) {
      world.end('booked', 'cancelled');
      world.requestRefund('booked');
      world.acceptRefund('booked');
      world.finishRefund('booked', 'CLOSED');
      world.learnRefund('booked');
      world.giveBack('booked');
    },
  },
  {
    when: 'one fee item was given back by a person, and the place kept',
    make(world) {
      world.requestRefund('shot', ['web'], 'user:finance');
      world.acceptRefund('shot');
      world.finishRefund('shot', 'SUCCESS');
      world.learnRefund('shot');
    },
  },
  {
    when: 'a person gave everything back and left the place',
    make(world) {
      world.requestRefund('shot', ['photo', 'web'], 'user:finance');
      world.acceptRefund('shot');
      world.finishRefund('shot', 'SUCCESS');
      world.learnRefund('shot');
    },
  },
  {
    when: 'money put aside was accepted',
    make(world) {
      const order = world.order('aside');
      order.state = 'paid';
      post(order, 'accepted', 'decision', [
        ['suspense', 2900],
        ['income:photo', -2900],
      ]);
      world.settle('aside');
    },
  },
  {
    when: 'money put aside goes back',
    make(world) {
      world.requestRefund('aside');
      world.acceptRefund('aside');
      world.finishRefund('aside', 'SUCCESS');
      world.learnRefund('aside');
      world.end('aside', 'released');
    },
  },
  {
    when: 'a walk-in is about to pay by phone',
    make(world) {
      const booking = bookingDoc('booking-x', 'student-x');
      world.students.push(studentDoc('student-x'));
      Object.assign(booking, { channel: 'walk_in', sessionId: null });
      world.bookings.push(booking);
      world.openOrder('x', booking);
    },
  },
  {
    when: 'an arrival was taken back, and the next student has the next number',
    make(world) {
      const booking = world.arrive('booked', 3, 'arrived');
      Object.assign(booking, { attendance: 'expected', arrival: null });
      world.arrive('booked', 4, 'arrived');
    },
  },
  {
    when: 'a student arrived, was never photographed and had the money back',
    make(world) {
      world.arrive('absent', 3, 'arrived');
    },
  },
  {
    when: 'an order that nobody knew turned out to be ours',
    make(world) {
      world.notices.push({
        _id: 'notice',
        mchid: '1900000001',
        kind: 'payment',
        outTradeNo: 'order-booked',
        transactionId: 'transaction-booked',
        amountFen: 3000,
        resolvedAt: null,
      });
    },
  },
  {
    when: 'a strange payment was looked at by a person',
    make(world) {
      world.theirOrders.push({ mchid: '1900000001', outTradeNo: 'order-strange', refunds: [] });
      world.payAtWeChat('strange');
      world.notices.push({
        _id: 'notice',
        mchid: '1900000001',
        kind: 'payment',
        outTradeNo: 'order-strange',
        transactionId: 'transaction-strange',
        amountFen: 3000,
        resolvedAt: NOW,
      });
    },
  },
  {
    when: 'a payment that WeChat does not have is taken back, and its booking is not told yet',
    make: (world) => world.reverse('booked'),
    atRest: 'paid-by-no-payment',
  },
  {
    when: 'WeChat has closed a refund that nobody has asked for again yet',
    make(world) {
      world.end('booked', 'cancelled');
      world.requestRefund('booked');
      world.acceptRefund('booked');
      world.finishRefund('booked', 'CLOSED');
      world.learnRefund('booked');
    },
    refunding: 3000,
    atRest: 'unsettled',
  },
];

describe.each(MOMENTS)('while $when', ({ make, inTransit = 0, refunding = 0, atRest }) => {
  it('nothing is wrong', async () => {
    const world = cleanWorld();
    make(world);
    const proof = await bench.prove(world, { settled: false });
    expect(proof.problems).toEqual([]);
    expect(proof.money).toMatchObject({ inTransit, refunding, unexplained: 0 });
  });

  it(inTransit > 0 || atRest ? 'it may not stay so' : 'it may stay so', async () => {
    const world = cleanWorld();
    make(world);
    const { problems, money } = await bench.prove(world);
    expect([...new Set(problems.map(({ rule }) => rule))]).toEqual(
      atRest ? [atRest] : inTransit > 0 ? ['unsettled'] : [],
    );
    if (inTransit > 0) expect(money.unexplained).toBe(inTransit);
  });
});
