import { setTimeout as pause } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { prove } from '../../../server/checker/prove';
import { inPieces, mergeJoin } from '../../../server/checker/reading/merge-join';
import { type Bench, openBench } from './support/bench';
import { MERCHANT, NOW, type OrderDoc, studentDoc } from './support/records';
import { cleanWorld, World } from './support/world';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.close());

describe('the walk along two streams', () => {
  const stream = async function* (keys: string) {
    yield* keys;
  };
  const keyOf = (item: string) => item;
  const joined = async (left: string, right: string) => {
    const groups: string[] = [];
    for await (const group of mergeJoin({ stream: stream(left), keyOf }, { stream: stream(right), keyOf }))
      groups.push(`${group.key}:${group.left.length}${group.right.length}`);
    return groups.join(' ');
  };

  it.each([
    ['', '', ''],
    ['ab', '', 'a:10 b:10'],
    ['', 'ab', 'a:01 b:01'],
    ['abd', 'bcd', 'a:10 b:11 c:01 d:11'],
    ['aab', 'abbb', 'a:21 b:13'],
  ])(
    'of "%s" and "%s" gives every key once, with all that both have under it',
    async (left, right, groups) => {
      expect(await joined(left, right)).toBe(groups);
    },
  );

  it.each([
    ['ba', 'ab'],
    ['ab', 'aba'],
  ])('refuses "%s" and "%s", which are not both in order', async (left, right) => {
    await expect(joined(left, right)).rejects.toThrow('out of order');
  });

  it('is cut into pieces, the last one shorter', async () => {
    const pieces: string[] = [];
    for await (const piece of inPieces(stream('abcde'), 2)) pieces.push(piece.join(''));
    expect(pieces).toEqual(['ab', 'cd', 'e']);
  });
});

/** More than one page of WeChat's books and more than one piece of bookings. */
function largeWorld(students: number): World {
  const world = new World();
  world.sessions.splice(0, 1, {
    ...world.sessions[1],
    _id: 'session-1',
    capacity: students,
  } as World['sessions'][number]);
  for (let number = 1; number <= students; number += 1) {
    const name = String(number).padStart(5, '0');
    world.book(name, number);
    if (number % 3 > 0) continue;
    world.end(name, 'cancelled');
    world.giveBack(name);
  }
  return world;
}

it('reads more than a page of everything', async () => {
  const students = 1_801;
  const { problems, seats, money } = await bench.prove(largeWorld(students));
  expect(problems).toEqual([]);
  expect(seats.taken).toBe(students - 600);
  expect(money).toMatchObject({ paid: students * 3000, refunded: 600 * 3000, unexplained: 0 });
});

it('finds the one that is wrong among many', async () => {
  const world = largeWorld(1_801);
  world.theirOrder('01501').payment.totalFen = 2990;
  world.end('01502', 'no_show');
  const { problems } = await bench.prove(world);
  expect(problems.map(({ rule, subject }) => `${rule}: ${subject}`).sort()).toEqual([
    'fund-flow-off: fund flow of merchant 1900000001',
    'money-of-ended-place: order order-01502',
    'payment-differs: order order-01501',
    'payment-differs: order order-01501',
  ]);
});

describe('one campaign', () => {
  const OTHER = 'campaign-b';
  const twoCampaigns = () => {
    const world = cleanWorld();
    world.campaigns.push({ _id: OTHER, schoolId: 'school-a', timetable: 'timetable-3' });
    world.sessions.push({
      ...world.sessions[1],
      _id: 'session-b',
      campaignId: OTHER,
      timetable: 'timetable-3',
    } as World['sessions'][number]);
    const booking = world.book('b', 1, 'session-b');
    for (const record of [booking, world.order('b'), world.students.at(-1) ?? {}])
      Object.assign(record, { campaignId: OTHER });
    return world;
  };

  it('is proved by itself', async () => {
    const { problems, seats, money } = await bench.prove(twoCampaigns(), { campaignId: OTHER });
    expect(problems).toEqual([]);
    expect(seats).toMatchObject({ total: 2, taken: 1 });
    expect(money).toMatchObject({ paid: 3000, refunded: 0, quarantined: 0, fees: 18 });
  });

  it("is not blamed for another's mistakes", async () => {
    const world = twoCampaigns();
    world.end('booked', 'no_show');
    Object.assign(world.theirOrder('shot').payment, { transactionId: 'transaction-x' });
    world.payAtWeChat('held');
    const { problems } = await bench.prove(world, { campaignId: OTHER });
    // The account is one: what moved on it is proved as a whole.
    expect(problems.map(({ rule }) => rule)).toEqual(['fund-flow-off', 'fund-flow-off']);
  });

  it('is blamed for its own', async () => {
    const world = twoCampaigns();
    world.end('b', 'no_show');
    Object.assign(world.theirOrder('b').payment, { payerTotalFen: 1 });
    const { problems } = await bench.prove(world, { campaignId: OTHER });
    expect(problems.map(({ rule }) => rule).sort()).toEqual(['money-of-ended-place', 'payment-differs']);
  });
});

describe('what cannot be read', () => {
  it('is no clean proof: WeChat’s books are away', async () => {
    const { mongodbUri } = await bench.write(cleanWorld());
    await expect(prove({ mongodbUri, sandboxControlUrl: 'http://127.0.0.1:1' })).rejects.toThrow();
  });

  it('is no clean proof: WeChat’s books make no sense', async () => {
    const world = cleanWorld();
    Object.assign(world.theirOrder('booked').payment, { totalFen: 'three thousand' });
    await expect(bench.prove(world)).rejects.toThrow('payment.totalFen is "three thousand"');
  });

  it('is no clean proof: the database is away', async () => {
    const mongodbUri = 'mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=200';
    await expect(prove({ mongodbUri })).rejects.toThrow();
  });

  it('names no person', async () => {
    const world = cleanWorld();
    Object.assign(world.booking('booked'), { seatNo: { name: '王小明' }, arrival: [] });
    const { problems } = await bench.prove(world);
    expect(problems[0]?.sentence).toBe('cannot be read: seatNo is of type object; arrival is of type array');
  });
});

it('cries no wolf while the service works, write by write', async () => {
  const world = cleanWorld();
  const { mongodbUri } = await bench.write(world);
  const db = bench.client.db(new URL(mongodbUri).pathname.slice(1));
  Object.assign(world.sessions[0] ?? {}, { capacity: 1_000 });
  await db
    .collection<Document>('collection_sessions')
    .updateOne({ _id: 'session-1' as never }, { $set: { capacity: 1_000 } });
  let goesOn = true;
  let made = 0;

  const keep = async (collection: string, record: { _id: string; version: number }) => {
    record.version += 1;
    await db
      .collection<{ _id: string }>(collection)
      .replaceOne({ _id: record._id }, structuredClone(record), { upsert: true, ignoreUndefined: true });
  };
  /** The service's own order of writes, each of which a reader may see without the next. */
  const playOne = async (name: string, seatNo: number) => {
    await db.collection<{ _id: string }>('students').insertOne(studentDoc(`student-${name}`));
    const booking = world.hold(name, seatNo);
    await keep('bookings', booking);
    const order: OrderDoc = world.openOrder(name);
    await keep('bookings', booking);
    await keep('orders', order);
    world.payAtWeChat(name);
    world.learnPayment(name);
    await keep('orders', order);
    const settling = order.effects;
    world.settle(name);
    await keep('bookings', booking);
    await keep('orders', order);
    if (settling.length === 0) throw new Error('nothing was to be settled');
    world.end(name, 'cancelled').effects = [
      { key: 'refund', kind: 'refund-booking', dueAt: NOW, attempts: 0, payload: {} },
    ];
    await keep('bookings', booking);
    world.requestRefund(name);
    await keep('orders', order);
    booking.effects = [];
    await keep('bookings', booking);
  };
  const work = async (worker: number) => {
    for (let turn = 0; goesOn; turn += 1) {
      // Every seat is soon someone else's: a reader who comes late sees it twice.
      await playOne(`w${worker}-${String(turn).padStart(5, '0')}`, 100 + ((worker + turn) % 4));
      made += 1;
    }
  };
  const workers = [work(0)];
  try {
    while (made < 60) {
      const { problems } = await prove({ mongodbUri, now: NOW });
      expect(problems).toEqual([]);
      await pause(1);
    }
  } finally {
    goesOn = false;
    await Promise.all(workers);
  }
  expect((await prove({ mongodbUri, now: NOW })).problems).toEqual([]);
  expect(MERCHANT).toBeTruthy();
});
