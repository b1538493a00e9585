import { describeStrike, digestOf, FAULT_CLASSES, planStorm } from '../../../server/storm/schedule';
import type { StormResult } from '../../../server/storm/storm';
import { shortfalls } from '../../../server/storm/verdict';

const STORM = { seed: 11, seconds: 60, apis: 2 };

describe('the schedule of a storm', () => {
  it('is fixed by its seed, to the moment and the process', () => {
    expect(planStorm(STORM)).toEqual(planStorm(STORM));
    expect(digestOf(planStorm(STORM))).toBe(digestOf(planStorm(STORM)));
    expect(digestOf(planStorm({ ...STORM, seed: 12 }))).not.toBe(digestOf(planStorm(STORM)));
  });

  it('plans more of every class than must be seen in a minute, in order, within the time', () => {
    const schedule = planStorm(STORM);
    for (const kind of FAULT_CLASSES)
      expect(schedule.filter((strike) => strike.class === kind).length).toBeGreaterThan(20);
    expect(schedule.filter((strike) => strike.class === 'kill').length).toBeGreaterThanOrEqual(5);
    const moments = schedule.map(({ atMs }) => atMs);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(moments.at(-1)).toBeLessThan(60_000);
  });

  it('has some of every class in a storm of any length', () => {
    const classes = new Set(planStorm({ ...STORM, seconds: 1 }).map((strike) => strike.class));
    expect([...classes].sort()).toEqual([...FAULT_CLASSES, 'kill'].sort());
  });

  it('tells each strike in one line', () => {
    expect(
      describeStrike({ atMs: 1234, class: 'clock-jump-single', api: 1, skewMs: -5000, lastsMs: 700 }),
    ).toBe('   1.234 s  clock-jump-single        api=1 skewMs=-5000 lastsMs=700');
  });
});

describe('the verdict on a storm', () => {
  const weathered: StormResult = {
    seed: 1,
    seconds: 60,
    schedule: '',
    orders: 2000,
    refunds: 500,
    faults: {
      'callback-dropped': 20,
      'callback-duplicated': 20,
      'callback-reordered': 20,
      'callback-delayed': 20,
      'pay-500': 20,
      'pay-429': 20,
      'pay-timeout-after-effect': 20,
      'database-cut': 20,
      'clock-jump-shared': 20,
      'clock-jump-single': 20,
    },
    kills: 5,
    seats: { oversold: 0, leaked: 0, duplicates: 0 },
    money: { unexplained: 0 },
    unsettled: 0,
    left: { holds: 0, openOrders: 0, refundsUnderWay: 0, effects: 0, trails: 0 },
    problems: [],
  };

  it('has nothing to say against one that did all it should', () => {
    expect(shortfalls(weathered)).toEqual([]);
  });

  it.each<[string, Partial<StormResult>]>([
    ['oversold seats: 1, must be 0', { seats: { ...weathered.seats, oversold: 1 } }],
    ['leaked seats: 1, must be 0', { seats: { ...weathered.seats, leaked: 1 } }],
    ['duplicates: 1, must be 0', { seats: { ...weathered.seats, duplicates: 1 } }],
    ['unexplained fen: 1, must be 0', { money: { unexplained: 1 } }],
    ['unsettled: 1, must be 0', { unsettled: 1 }],
    ['orders: 1999, must be at least 2000', { orders: 1999 }],
    ['refunds: 499, must be at least 500', { refunds: 499 }],
    ['kills: 4, must be at least 5', { kills: 4 }],
    ['pay-429: 19, must be at least 20', { faults: { ...weathered.faults, 'pay-429': 19 } }],
  ])('says "%s"', (sentence, change) => {
    expect(shortfalls({ ...weathered, ...change })).toEqual([sentence]);
  });

  it('asks no numbers of a short one, and the zeros of every one', () => {
    expect(shortfalls({ ...weathered, seconds: 59, orders: 3 })).toEqual([]);
    expect(shortfalls({ ...weathered, seconds: 59, unsettled: 2 })).toEqual(['unsettled: 2, must be 0']);
  });
});
