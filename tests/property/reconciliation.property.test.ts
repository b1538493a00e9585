import fc from 'fast-check';
import { Differences } from '../../server/modules/reconciliation/difference-model';
import { fetchBills } from '../../server/modules/reconciliation/fetch-bills';
import { DIFFERENCE_TYPES } from '../../shared/contract/reconciliation';
import { histories, openBillDays } from '../support/bill-days';
import { planted } from '../support/bill-stories';
import { type MerchantWorld, openMerchantWorld } from '../support/merchant-world';

jest.setTimeout(300_000);

/**
 * Any history of ours, and the bills that WeChat makes from its own books, with up to ten things gone wrong: through the
 * real files, the import, the store and the match. The match alone is tried on more in tests/unit/reconciliation; many
 * more days are lived through in tests/long.
 */

let shop: MerchantWorld;
let days: ReturnType<typeof openBillDays>;

beforeAll(async () => {
  shop = await openMerchantWorld();
  days = openBillDays(shop, '2027-03-01');
  // What the school leaves in the account, so that no refund fails for a fee.
  await shop.sandbox.control('POST', '/balance', { mchid: shop.merchant.mchid, availableFen: 100_000_000 });
});
afterAll(() => shop?.close());

const ONE = { fen: 3_000, minute: 600 };

it('plants every type that a match can tell; a wrong footer refuses the file before it is matched', () => {
  const types = new Set(Object.keys(planted).map((name) => name.replace(/_[a-z]+[A-Z]\w*$/, '')));
  expect([...types].sort()).toEqual(DIFFERENCE_TYPES.filter((type) => type !== 'footer').sort());
});

it.each(Object.keys(planted) as (keyof typeof planted)[])(
  'finds %s on a day with nothing else',
  async (name) => {
    const { found, expected } = await days.live([[name, ONE]]);
    expect(expected.length).toBeGreaterThan(0);
    expect(new Set(expected.map((line) => line.split(' ')[0]))).toEqual(
      new Set([name.replace(/_[a-z]+[A-Z]\w*$/, '')]),
    );
    expect(found).toEqual(expected);
  },
);

it('finds exactly what was planted, each of its type, whatever else happened', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { record, found, expected } = await days.live(history);
      expect(found).toEqual(expected);
      expect(record).toMatchObject({
        differences: expected.length,
        state: expected.length > 0 ? 'differences' : 'matched',
      });
    }),
    { numRuns: 10, endOnFailure: true },
  );
});

it('finds nothing else when the same files come again', async () => {
  const { record, found } = await days.live([
    ['sold', ONE],
    ['surplus', ONE],
    ['cross_day', ONE],
  ]);
  const { day } = record;
  const before = await Differences.find({ day }).lean();
  await fetchBills(shop.world, 'system', { merchant: shop.merchant, day });
  expect(await Differences.find({ day }).lean()).toEqual(before);
  expect(found).toHaveLength(2);
});
