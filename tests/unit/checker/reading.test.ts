import { prove } from '../../../server/checker/prove';
import { inPieces, mergeJoin } from '../../../server/checker/reading/merge-join';
import { type Bench, openBench } from './support/bench';
import { sessionDoc } from './support/records';
import { cleanWorld, World } from './support/world';

jest.setTimeout(120_000);

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
  world.sessions.push(sessionDoc('session-large', students));
  for (let number = 1; number <= students; number += 1) {
    const name = String(number).padStart(5, '0');
    world.book(name, number, 'session-large');
    if (number % 3 > 0) continue;
    world.end(name, 'cancelled');
    world.giveBack(name);
  }
  return world;
}

describe('many bookings', () => {
  const STUDENTS = 1_201;

  it('are read page by page, whole', async () => {
    const { problems, seats, money } = await bench.prove(largeWorld(STUDENTS));
    expect(problems).toEqual([]);
    expect(seats.taken).toBe(STUDENTS - 400);
    expect(money).toMatchObject({ paid: STUDENTS * 3000, refunded: 400 * 3000, unexplained: 0 });
  });

  it('hide none that is wrong', async () => {
    const world = largeWorld(STUDENTS);
    world.theirOrder('01001').payment.payerTotalFen = 2990;
    world.end('01201', 'no_show');
    const { problems } = await bench.prove(world);
    expect(problems.map(({ rule, subject }) => `${rule}: ${subject}`)).toEqual([
      'money-of-ended-place: order order-01201',
      'payment-differs: order order-01001',
    ]);
  });
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
