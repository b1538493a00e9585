import { openCallback } from './support/merchant-client';
import { type NotifyReceiver, openNotifyReceiver } from './support/notify-receiver';
import { eventually, openTestSandbox, type TestSandbox } from './support/sandbox';
import { openShop, type Shop } from './support/shop';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('refunding with WeChat Pay', () => {
  let sandbox: TestSandbox;
  let receiver: NotifyReceiver;
  let shop: Shop;

  beforeAll(async () => {
    [sandbox, receiver] = await Promise.all([openTestSandbox(), openNotifyReceiver()]);
    shop = openShop(sandbox, `${receiver.url}/notify`);
  });
  afterAll(() => Promise.all([sandbox.close(), receiver.close()]));
  beforeEach(async () => {
    receiver.received.length = 0;
    // Past the second in which an earlier test's refusals count.
    await advance(1_000);
  });

  const advance = (ms: number) => sandbox.control('POST', '/clock', { advanceMs: ms });
  const amount = (refund: number, total = 3000) => ({ amount: { refund, total, currency: 'CNY' } });
  const codeOf = (answer: { status: number; data: Record<string, unknown> }) => [
    answer.status,
    answer.data.code,
  ];
  const settled = (outRefundNo: unknown) =>
    eventually(async () => {
      const { data } = await shop.queryRefund(String(outRefundNo));
      return data.status === 'PROCESSING' ? undefined : data;
    });
  const callbackOf = (outRefundNo: unknown) =>
    eventually(() =>
      receiver.received
        .map((callback) => openCallback(callback, sandbox.merchant))
        .find(
          ({ event, open }) => event.event_type.startsWith('REFUND') && open().out_refund_no === outRefundNo,
        ),
    );

  it('accepts first, pays back a moment later, and tells the merchant with refund_status', async () => {
    const outTradeNo = await shop.sell();
    const { status, data } = await shop.refund(outTradeNo);
    expect(status).toBe(200);
    expect(data).toMatchObject({ status: 'PROCESSING', channel: 'ORIGINAL', out_trade_no: outTradeNo });

    await advance(MINUTE);
    const { genuine, event, open } = await callbackOf(data.out_refund_no);
    expect([genuine, event.event_type, event.resource.original_type]).toEqual([
      true,
      'REFUND.SUCCESS',
      'refund',
    ]);
    const plain = open();
    expect(plain).toMatchObject({ refund_status: 'SUCCESS', amount: { refund: 3000, payer_refund: 3000 } });
    expect(plain).not.toHaveProperty('status');
    expect(plain).not.toHaveProperty('appid');
    expect(plain.amount).not.toHaveProperty('currency');
    expect((await settled(data.out_refund_no)).success_time).toEqual(plain.success_time);
    const { data: order } = await shop.pay.get(`/v3/pay/transactions/out-trade-no/${outTradeNo}`, {
      params: { mchid: shop.merchant.mchid },
    });
    expect(order.trade_state).toBe('REFUND');
  });

  it('answers a repeat with the same refund and refuses other parameters under its number', async () => {
    const outTradeNo = await shop.sell();
    const first = await shop.refund(outTradeNo, { out_refund_no: 'R-repeated', ...amount(1000) });
    const again = await shop.refund(outTradeNo, { out_refund_no: 'R-repeated', ...amount(1000) });
    expect(again.data.refund_id).toBe(first.data.refund_id);
    expect(codeOf(await shop.refund(outTradeNo, { out_refund_no: 'R-repeated', ...amount(2000) }))).toEqual([
      400,
      'INVALID_REQUEST',
    ]);
  });

  it('allows one part a minute and never more than was paid', async () => {
    const outTradeNo = await shop.sell();
    expect((await shop.refund(outTradeNo, amount(1500))).status).toBe(200);
    expect(codeOf(await shop.refund(outTradeNo, amount(1500)))).toEqual([429, 'RATELIMIT_EXCEEDED']);
    await advance(MINUTE);
    expect(codeOf(await shop.refund(outTradeNo, amount(1501)))).toEqual([400, 'INVALID_REQUEST']);
    expect((await shop.refund(outTradeNo, amount(1500))).status).toBe(200);
  });

  it.each([
    ['an order that never was', 'T-never', {}, [404, 'RESOURCE_NOT_EXISTS']],
    ['a wrong total', undefined, amount(1000, 2999), [400, 'INVALID_REQUEST']],
    ['a long reason', undefined, { reason: '退'.repeat(81) }, [400, 'PARAM_ERROR']],
    ['both numbers of the order', undefined, { transaction_id: '42' }, [400, 'PARAM_ERROR']],
    ['a strange character in the number', undefined, { out_refund_no: 'R 1' }, [400, 'PARAM_ERROR']],
  ])('refuses %s', async (_, outTradeNo, change, expected) => {
    expect(codeOf(await shop.refund(outTradeNo ?? (await shop.sell()), change))).toEqual(expected);
  });

  it('answers 429 once more than six calls failed within a second', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.refund('T-never')));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(6).fill(404), ...Array(4).fill(429)]);
  });

  it('refuses to pay back more than the merchant has', async () => {
    const outTradeNo = await shop.sell();
    const { mchid } = shop.merchant;
    await sandbox.control('POST', '/balance', { mchid, availableFen: 2981 });
    const refused = await shop.refund(outTradeNo);
    await sandbox.control('POST', '/balance', { mchid, availableFen: 2982 });
    const accepted = await shop.refund(outTradeNo);
    await sandbox.control('POST', '/balance', { mchid, availableFen: 1_000_000 });
    // 30.00 less the fee of 0.18 that comes back.
    expect([codeOf(refused), accepted.status]).toEqual([[403, 'NOT_ENOUGH'], 200]);
  });

  it('stays PROCESSING as long as told, then turns ABNORMAL, and is paid to another card on request', async () => {
    const outTradeNo = await shop.sell();
    await sandbox.control('POST', '/faults', {
      service: 'pay',
      operation: 'refund',
      kind: 'refund-outcome',
      code: 'PROCESSING',
      match: { outTradeNo },
    });
    const { data } = await shop.refund(outTradeNo);
    await advance(DAY);
    expect((await shop.queryRefund(String(data.out_refund_no))).data.status).toBe('PROCESSING');

    await sandbox.control('POST', `/refunds/${data.refund_id}/outcome`, { outcome: 'ABNORMAL' });
    const { event } = await callbackOf(data.out_refund_no);
    expect(event.event_type).toBe('REFUND.ABNORMAL');

    const applied = await shop.pay.post(
      `/v3/refund/domestic/refunds/${data.refund_id}/apply-abnormal-refund`,
      {
        out_refund_no: data.out_refund_no,
        type: 'MERCHANT_BANK_CARD',
      },
    );
    expect(applied.data.status).toBe('PROCESSING');
    await advance(MINUTE);
    expect((await settled(data.out_refund_no)).status).toBe('SUCCESS');
  });

  it('gives the merchant the money back when a refund is closed, so that a new number can be tried', async () => {
    const outTradeNo = await shop.sell();
    const { data } = await shop.refund(outTradeNo);
    await sandbox.control('POST', `/refunds/${data.out_refund_no}/outcome`, { outcome: 'CLOSED' });
    expect((await settled(data.out_refund_no)).status).toBe('CLOSED');
    await advance(MINUTE);
    expect((await shop.refund(outTradeNo)).status).toBe(200);
  });

  it('refunds nothing after a year', async () => {
    const outTradeNo = await shop.sell();
    await advance(365 * DAY + MINUTE);
    expect(codeOf(await shop.refund(outTradeNo))).toEqual([400, 'INVALID_REQUEST']);
  });
});
