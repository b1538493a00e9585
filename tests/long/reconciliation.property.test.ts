import fc from 'fast-check';
import { histories, openBillDays } from '../support/bill-days';
import { openMerchantWorld } from '../support/merchant-world';

jest.setTimeout(1_800_000);

it('finds exactly what was planted on each of a hundred days', async () => {
  const shop = await openMerchantWorld();
  try {
    await shop.sandbox.control('POST', '/balance', { mchid: shop.merchant.mchid, availableFen: 100_000_000 });
    const days = openBillDays(shop, '2027-03-01');
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { found, expected } = await days.live(history);
        expect(found).toEqual(expected);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  } finally {
    await shop.close();
  }
});
