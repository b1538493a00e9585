import { proveFundFlow } from '../../../server/checker/books/prove-fund-flow';
import { Findings } from '../../../server/checker/findings';
import { WeChatBooks } from '../../../server/checker/reading/wechat-books';
import { type NotifyReceiver, openNotifyReceiver } from '../../sandbox/support/notify-receiver';
import { openTestSandbox, type TestSandbox } from '../../sandbox/support/sandbox';
import { openShop, type Shop } from '../../sandbox/support/shop';

/** The sandbox's own books, in whatever form it keeps them. */
let sandbox: TestSandbox;
let receiver: NotifyReceiver;
let shop: Shop;
let books: WeChatBooks;
beforeAll(async () => {
  [sandbox, receiver] = await Promise.all([openTestSandbox(), openNotifyReceiver()]);
  shop = openShop(sandbox, `${receiver.url}/notify`);
  books = new WeChatBooks(sandbox.urls.control);
});
afterAll(() => Promise.all([sandbox?.close(), receiver?.close()]));

const problems = async () => {
  const findings = new Findings();
  await proveFundFlow(books, Number.POSITIVE_INFINITY, findings);
  return findings.listed.map(({ rule, fen }) => `${rule} ${fen}`);
};

it('tells their time', async () => {
  const { body } = await sandbox.control<{ now: string }>('POST', '/clock', { advanceMs: 86_400_000 });
  expect((await books.now()).getTime()).toBeGreaterThanOrEqual(Date.parse(body.now));
});

it('reads a payment and its refund, and what they moved', async () => {
  const number = await shop.sell(3000);
  const { data } = await shop.refund(number);
  const order = await books.order(shop.merchant.mchid, number);
  expect(order).toMatchObject({
    outTradeNo: number,
    payment: { totalFen: 3000, payerTotalFen: 3000, feeFen: 18 },
    refundNos: [data.out_refund_no],
  });
  expect(await books.refund(shop.merchant.mchid, String(data.out_refund_no))).toMatchObject({
    outTradeNo: number,
    refundFen: 3000,
    feeFen: 18,
    closedMs: null,
  });
  expect(await books.order(shop.merchant.mchid, `${number}0`)).toBeNull();
  expect(await problems()).toEqual([]);
});

it('reads orders of all merchants in the order of their numbers', async () => {
  await sandbox.control('POST', '/merchants', { name: '另一所学校' });
  const mchid = (await books.merchants()).find((one) => one !== shop.merchant.mchid) ?? '';
  const at = new Date().toISOString();
  for (const [owner, outTradeNo] of [
    [mchid, 'A1'],
    [shop.merchant.mchid, 'A2'],
    [mchid, 'A3'],
  ])
    await sandbox.control('POST', '/books/entries', {
      kind: 'payment',
      mchid: owner,
      at,
      totalFen: 1,
      outTradeNo,
    });
  const numbers: string[] = [];
  for await (const order of await books.ordersByNumber()) numbers.push(order.outTradeNo);
  expect(numbers.slice(0, 3)).toEqual(['A1', 'A2', 'A3']);
  expect(numbers).toEqual([...numbers].sort());
  expect(await problems()).toEqual([]);
});

it('knows what a closed refund moves', async () => {
  const { data } = await shop.refund(await shop.sell(3000));
  await sandbox.control('POST', `/refunds/${String(data.refund_id)}/outcome`, { outcome: 'CLOSED' });
  const refund = await books.refund(shop.merchant.mchid, String(data.out_refund_no));
  expect(refund).toMatchObject({ status: 'CLOSED', closedMs: expect.any(Number) });
  expect(await problems()).toEqual([]);
});

it('finds a movement that nothing explains', async () => {
  await sandbox.control('POST', '/books/entries', {
    kind: 'fund-flow',
    mchid: shop.merchant.mchid,
    at: new Date().toISOString(),
    type: '提现',
    direction: '支出',
    amountFen: 500,
  });
  expect(await problems()).toEqual(['fund-flow-unknown -500']);
});
