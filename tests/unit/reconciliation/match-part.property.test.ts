import fc from 'fast-check';
import { BUCKETS, bucketOf } from '../../../server/modules/reconciliation/buckets';
import type { Difference } from '../../../server/modules/reconciliation/difference';
import { type DayPart, type Elsewhere, matchPart } from '../../../server/modules/reconciliation/match-part';
import { shanghaiDay } from '../../../shared/domain/time';
import { DAY } from './support/bill-files';
import { type Draw, ordinary, planted, type Story } from './support/stories';

/** Any history and the bills that belong to it, with up to ten differences planted: exactly those are found. */

const at = (time: string, day = DAY) => new Date(`${day}T${time}+08:00`).getTime();
const between = (from: number, to: number) => fc.integer({ min: from, max: to }).map((ms) => new Date(ms));

const draw: fc.Arbitrary<Draw> = fc.record({
  number: fc.constant(0),
  fen: fc.integer({ min: 1, max: 5_000_000 }),
  at: between(at('00:10:00'), at('23:49:59')),
  earlyAt: between(at('00:00:00'), at('00:09:59')),
  lateAt: between(at('23:50:00'), at('23:59:59')),
  afterwards: between(at('00:00:00', '2022-11-20'), at('12:00:00', '2022-11-20')),
  before: between(at('00:00:00', '2022-11-18'), at('23:59:59', '2022-11-18')),
  settledAt: between(at('09:00:00', '2022-11-20'), at('23:59:59', '2022-11-20')),
});

type Teller = (draw: Draw) => Story;
const tellersOf = (stories: Readonly<Record<string, Teller>>) => fc.constantFrom(...Object.values(stories));

const stories = fc
  .tuple(
    fc.array(fc.tuple(tellersOf(ordinary), draw), { maxLength: 40 }),
    fc.array(fc.tuple(tellersOf(planted), draw), { maxLength: 10 }),
  )
  .map(([usual, unusual]) =>
    [...usual, ...unusual].map(([tell, drawn], number) => tell({ ...drawn, number })),
  );

const of = <K extends keyof Story>(told: readonly Story[], what: K) =>
  told.flatMap((one): Story[K][number][] => one[what]);

function elsewhereIn(told: readonly Story[]): Elsewhere {
  return {
    ours: async (orderNos) => of(told, 'ours').filter(({ orderNo }) => orderNos.includes(orderNo)),
    paidBookings: async (bookingIds) =>
      new Set(of(told, 'paidBookings').filter((bookingId) => bookingIds.includes(bookingId))),
    trade: async (wechatNos) =>
      of(told, 'tradeBefore').filter(({ wechatNo }) => wechatNos.includes(wechatNo)),
    flows: async (wechatNos) =>
      of(told, 'flowsBefore').filter(({ wechatNo }) => wechatNos.includes(wechatNo)),
    isImported: (day) => day < DAY,
  };
}

const wholeDay = (told: readonly Story[]): DayPart => ({
  trade: of(told, 'trade'),
  flows: of(told, 'flows'),
  ours: of(told, 'ours').filter((one) => one.at !== null && shanghaiDay(one.at) === DAY),
});

/** A difference is about a movement, a refund or an order, whichever is the narrowest. */
const told = ({ type, key, refundNo, orderNo }: Difference) => {
  const flow = /^flow:(.+)$/.exec(key)?.[1];
  return `${type} ${flow ?? refundNo ?? orderNo}`;
};

const planted_ = (all: readonly Story[]) => of(all, 'expected').map(({ type, about }) => `${type} ${about}`);

it('finds exactly the planted differences, each of its type', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (all) => {
      const found = await matchPart(DAY, wholeDay(all), elsewhereIn(all));
      expect(found.map(told).sort()).toEqual(planted_(all).sort());
    }),
    { numRuns: 500 },
  );
});

it('finds the same part by part, in whatever order things are listed', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (all) => {
      const { trade, flows, ours } = wholeDay(all);
      const found: Difference[] = [];
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        const inBucket = ({ wechatNo }: { wechatNo: string | null }) => bucketOf(wechatNo ?? '') === bucket;
        const part = {
          trade: trade.filter(inBucket).reverse(),
          flows: flows.filter(inBucket).reverse(),
          ours: ours.filter(inBucket).reverse(),
        };
        found.push(...(await matchPart(DAY, part, elsewhereIn(all))));
      }
      expect(found.map(told).sort()).toEqual(planted_(all).sort());
    }),
    { numRuns: 100 },
  );
});

it('gives every difference a key of its own within the day', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (all) => {
      const keys = (await matchPart(DAY, wholeDay(all), elsewhereIn(all))).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 100 },
  );
});

it.each(Object.entries(planted))('always finds %s', async (_, tell) => {
  await fc.assert(
    fc.asyncProperty(draw, async (drawn) => {
      const one = tell(drawn);
      const found = await matchPart(DAY, wholeDay([one]), elsewhereIn([one]));
      expect(found.map(told)).toEqual(planted_([one]));
    }),
    { numRuns: 50 },
  );
});
