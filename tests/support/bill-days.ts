import fc from 'fast-check';
import { Differences } from '../../server/modules/reconciliation/difference-model';
import { fetchBills } from '../../server/modules/reconciliation/fetch-bills';
import type { BillDay } from '../../server/modules/reconciliation/model';
import { addDays } from '../../shared/domain/time';
import { type Drawn, type Expected, ordinary, planted } from './bill-stories';
import type { MerchantWorld } from './merchant-world';

type Name = keyof typeof ordinary | keyof typeof planted;
/** Things of a day in the order in which they happen. */
export type History = readonly (readonly [name: Name, drawn: Drawn])[];

const STORIES = { ...ordinary, ...planted };
const drawn: fc.Arbitrary<Drawn> = fc.record({
  fen: fc.integer({ min: 1, max: 500_000 }),
  // From 00:11 to 19:59.
  minute: fc.integer({ min: 11, max: 20 * 60 - 1 }),
});
const some = (stories: Partial<typeof STORIES>, maxLength: number) =>
  fc.array(fc.tuple(fc.constantFrom(...(Object.keys(stories) as Name[])), drawn), { maxLength });

/** Any history of ours, and up to ten things that went wrong, in any order. */
export const histories: fc.Arbitrary<History> = fc
  .tuple(some(ordinary, 12), some(planted, 10))
  .chain(([usual, unusual]) => {
    const all = [...usual, ...unusual];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });

/** A merchant's days, one history each. The clock only moves forward, and the day beside is never fetched. */
export function openBillDays(shop: MerchantWorld, firstDay: string) {
  let next = firstDay;
  return {
    /** Lets a history happen, fetches WeChat's bills of it the next morning. @returns what was told and what should be */
    async live(history: History): Promise<{ record: BillDay; found: string[]; expected: string[] }> {
      const day = next;
      next = addDays(day, 2);
      await shop.setClock(day, '20:00:00');
      const expected: Expected[] = [];
      for (const [name, facts] of history) expected.push(...(await STORIES[name]({ shop, day }, facts)));
      await shop.setClock(day, '20:30:00');
      while ((await shop.world.effects.sweep()) > 0);
      await shop.setClock(addDays(day, 1), '10:30:00');
      const record = await fetchBills(shop.world, 'system', { merchant: shop.merchant, day });
      return { record, found: await toldOf(day), expected: expected.map(words).sort() };
    },
  };
}

const words = ({ type, about }: Expected): string => `${type} ${about}`;

async function toldOf(day: string): Promise<string[]> {
  const records = await Differences.find({ day }).lean();
  return records
    .map(({ type, refundNo, orderNo, wechatNo }) =>
      words({ type, about: refundNo ?? orderNo ?? wechatNo ?? '' }),
    )
    .sort();
}
