import { generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { checkMerchants } from '../../server/modules/campaigns/check-merchants';
import { Merchants } from '../../server/modules/campaigns/merchant-model';
import { Orders } from '../../server/modules/payments/model';
import { OrphanNotifications } from '../../server/modules/payments/orphan-model';
import { openCallback, payClient } from '../sandbox/support/merchant-client';
import type { MerchantCredentials } from '../sandbox/support/sandbox';
import { onePaymentWorld } from '../support/one-payment-world';
import { type OtherAccount, openOtherAccount } from '../support/other-account';
import type { PaymentWorld } from '../support/payment-world';
import type { Letter } from '../support/postman';

jest.setTimeout(60_000);

/** What knocks at WeChat Pay's door and is not let in, and the keys that decide it. */

let w: PaymentWorld;
let session: string;

onePaymentWorld((opened, sessionId) => {
  w = opened;
  session = sessionId;
});

const paying = () => w.paying(session);

/** A genuine letter whose order is still open here: WeChat's delivery of it was refused by the postman's error. */
async function genuine(): Promise<{ letter: Letter; orderNo: string }> {
  const { payer, parameters, orderNo } = await paying();
  await w.fault({ service: 'callback', operation: 'transaction', kind: 'stale-timestamp' });
  const from = w.postman.letters.length;
  await payer.cashier(parameters);
  await w.called(orderNo);
  const letter = w.postman.letters[from];
  if (letter?.status !== 401) throw new Error('the stale letter was taken');
  return { letter, orderNo };
}

/** Everything that a callback could write. */
async function written() {
  const [orders, orphans] = await Promise.all([
    Orders.find({}, { version: 1, state: 1 }).sort({ _id: 1 }).lean(),
    OrphanNotifications.countDocuments(),
  ]);
  return { orders, orphans };
}

/** Counter of callbacks by outcome, from /metrics. */
async function counted(outcome: string): Promise<number> {
  const text = await (await fetch(`${w.url}/metrics`)).text();
  return Number(
    new RegExp(`^wechat_pay_callbacks_total\\{outcome="${outcome}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0,
  );
}

const headersOf = ({ headers }: Letter, change: Record<string, string> = {}) => ({ ...headers, ...change });

describe('bad input', () => {
  const forger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const forged = (letter: Letter, body: Buffer) => {
    const timestamp = String(Math.floor(w.world.clock.now().getTime() / 1000));
    const message = Buffer.concat([Buffer.from(`${timestamp}\nforged\n`), body, Buffer.from('\n')]);
    return headersOf(letter, {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': 'forged',
      'wechatpay-signature': sign('RSA-SHA256', message, forger).toString('base64'),
    });
  };

  type Case = [
    name: string,
    status: number,
    outcome: string,
    spoil: (letter: Letter) => { path?: string; headers?: Record<string, string>; body?: Buffer },
  ];
  const cases: Case[] = [
    ['forged with another key', 401, 'bad_signature', (l) => ({ headers: forged(l, l.body) })],
    [
      'under a serial that nobody has',
      401,
      'unknown_serial',
      (l) => ({
        headers: { ...forged(l, l.body), 'wechatpay-serial': 'PUB_KEY_ID_0000000000000000' },
      }),
    ],
    ['stale', 401, 'stale', () => ({})],
    ['without a signature', 400, 'malformed', () => ({ headers: { 'content-type': 'application/json' } })],
    [
      'larger than 1 MB',
      400,
      'body_too_large',
      (l) => ({
        headers: forged(l, l.body),
        body: Buffer.alloc(1_000_001, 32),
      }),
    ],
    [
      'compressed',
      400,
      'wrong_content_type',
      (l) => ({
        headers: { ...forged(l, l.body), 'content-encoding': 'gzip' },
        body: gzipSync(l.body),
      }),
    ],
    [
      'in another encoding',
      401,
      'bad_signature',
      (l) => {
        const body = Buffer.from(l.body.toString(), 'utf16le');
        return { headers: forged(l, body), body };
      },
    ],
    [
      'not JSON',
      401,
      'bad_signature',
      (l) => ({ headers: forged(l, Buffer.from('x')), body: Buffer.from('x') }),
    ],
    ['empty', 401, 'bad_signature', (l) => ({ headers: forged(l, Buffer.alloc(0)), body: Buffer.alloc(0) })],
    [
      'for a merchant that nobody has',
      404,
      'not_found',
      () => ({
        path: '/callbacks/wechat-pay/1900000999/payment',
      }),
    ],
  ];

  it.each(cases)('%s: %d, nothing written, counted as %s', async (_, status, outcome, spoil) => {
    const { letter, orderNo } = await genuine();
    const before = { ...(await written()), count: await counted(outcome) };
    const spoilt = { path: letter.path, headers: letter.headers, body: letter.body, ...spoil(letter) };
    const answer = await w.postman.deliver(spoilt);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'FAIL', message: expect.any(String) });
    const { orders, orphans } = await written();
    expect({ orders, orphans }).toEqual({ orders: before.orders, orphans: before.orphans });
    expect(await counted(outcome)).toBe(before.count + 1);

    // The control: the sound one of the same payment is taken.
    await w.advance(15_000);
    await w.called(orderNo, 2);
    expect(await w.truth(orderNo)).toMatchObject({ order: 'paid', place: 'booked' });
  });
});

describe('rightly signed, and not to be read', () => {
  const invalidUtf8 = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
  const notice = { appid: 'wx', mchid: '1', out_trade_no: 'T', trade_state: 'SUCCESS' };
  let other: OtherAccount;
  beforeAll(async () => {
    other = await openOtherAccount(w);
  });

  it.each<[string, () => Promise<number>]>([
    ['in UTF-16', () => other.knock('payment', Buffer.from('{"id":"1"}', 'utf16le'))],
    ['with bytes that are no UTF-8', () => other.knock('payment', invalidUtf8)],
    ['no JSON', () => other.knock('payment', Buffer.from('<xml/>'))],
    ['empty', () => other.knock('payment', Buffer.alloc(0))],
    ['without what an event has', () => other.knock('payment', Buffer.from('{}'))],
    ['of a kind that nobody asked for', () => other.tell('payment', 'COUPON.USE', notice)],
    ['of a payment that says no sum', () => other.tell('payment', 'TRANSACTION.SUCCESS', notice)],
  ])('%s: 400, nothing written, counted', async (_, knock) => {
    const before = { ...(await written()), count: await counted('malformed') };
    expect(await knock()).toBe(400);
    expect({ ...(await written()), count: await counted('malformed') }).toEqual({
      ...before,
      count: before.count + 1,
    });
  });

  it('control: what can be read of the same account is taken', async () => {
    const told = {
      ...notice,
      appid: w.merchant.appid,
      mchid: other.mchid,
      out_trade_no: w.world.ids.number(),
      transaction_id: '4200001234202211150000000001',
      trade_type: 'JSAPI',
      success_time: w.world.clock.now().toISOString(),
      payer: { openid: 'oAnybody' },
      amount: { total: 800, payer_total: 800, currency: 'CNY', payer_currency: 'CNY' },
    };
    const { orphans } = await written();
    expect(await other.tell('payment', 'TRANSACTION.SUCCESS', told)).toBe(204);
    expect((await written()).orphans).toBe(orphans + 1);
  });
});

describe('a letter that was taken', () => {
  it('replayed: no news and 204 while it is fresh, 401 once it is stale; nothing written, counted', async () => {
    const from = w.postman.letters.length;
    const { payer, parameters, orderNo } = await paying();
    await payer.cashier(parameters);
    await w.called(orderNo);
    await w.settle();
    const letter = w.postman.letters[from];
    if (letter?.status !== 204) throw new Error('the letter was not taken');
    for (const [status, outcome] of [
      [204, 'known'],
      [401, 'stale'],
    ] as const) {
      const before = { ...(await written()), count: await counted(outcome) };
      expect(await w.postman.deliver(letter)).toMatchObject({ status });
      await w.settle();
      expect({ ...(await written()), count: await counted(outcome) }).toEqual({
        ...before,
        count: before.count + 1,
      });
      await w.advance(6 * 60_000);
    }
  });
});

describe('an independent implementation (wechatpay-axios-plugin)', () => {
  it('reads what our server did at WeChat, and opens the callbacks that our server took', async () => {
    const other = payClient(w.sandbox, w.merchant);
    const from = w.postman.letters.length;
    const { payer, id, parameters, orderNo } = await paying();
    await payer.cashier(parameters);
    await w.called(orderNo);
    await w.truth(orderNo);
    await payer.api.call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });
    await w.advance(2_000);
    await w.called(orderNo, 2);
    expect(await w.truth(orderNo)).toMatchObject({ refunds: [{ state: 'succeeded' }] });

    const order = await other.get(`/v3/pay/transactions/out-trade-no/${orderNo}`, {
      params: { mchid: w.merchant.mchid },
    });
    expect(order.data).toMatchObject({ trade_state: 'REFUND', amount: { total: 3000 } });
    const { order: ours } = await w.finance[0].call('GET /api/console/orders/:orderNo', {
      params: { orderNo },
    });
    expect(ours.transactionId).toBe(order.data.transaction_id);
    const refundNo = ours.refunds[0]?.refundNo ?? '';
    const refund = await other.get(`/v3/refund/domestic/refunds/${refundNo}`);
    expect(refund.data).toMatchObject({ status: 'SUCCESS', amount: { refund: 3000, total: 3000 } });

    const opened = w.postman.letters
      .slice(from)
      .map(({ path, headers, body }) =>
        openCallback({ path, headers, body: body.toString(), atMs: 0 }, w.merchant),
      );
    expect(opened.map(({ genuine: isGenuine }) => isGenuine)).toEqual([true, true]);
    expect(opened.map(({ open }) => open())).toMatchObject([
      { out_trade_no: orderNo, trade_state: 'SUCCESS', transaction_id: ours.transactionId },
      { out_trade_no: orderNo, refund_status: 'SUCCESS', out_refund_no: refundNo },
    ]);
  });
});

describe('keys', () => {
  const rotate = (body: object) =>
    w.operator.call('PUT /api/console/merchants/:merchantId/keys', {
      params: { merchantId: w.merchantId },
      body,
    });

  it('that cannot be used are refused by name, and nothing changes', async () => {
    const before = await Merchants.findById(w.merchantId).lean();
    for (const [change, setting] of [
      [{ apiV3Key: 'short' }, 'apiV3Key'],
      [{ serialNo: '0123456789ABCDEF' }, 'serialNo'],
      [
        { privateKeyPem: `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(80)}\n-----END PRIVATE KEY-----` },
        'privateKeyPem',
      ],
      [{ verificationKeys: [] }, 'verificationKeys'],
    ] as const) {
      await expect(rotate(change)).rejects.toMatchObject({
        code: 'MERCHANT_KEYS_WRONG',
        details: { setting: `merchant ${w.merchant.mchid}: ${setting}` },
      });
    }
    expect(await Merchants.findById(w.merchantId).lean()).toEqual(before);
  });

  it('that stand wrong in the database stop the start, by name', async () => {
    await expect(checkMerchants(w.world)).resolves.toBeUndefined();
    await Merchants.updateOne({ _id: w.merchantId }, { $set: { serialNo: '00' } });
    await expect(checkMerchants(w.world)).rejects.toMatchObject({
      setting: `merchant ${w.merchant.mchid}: serialNo`,
    });
    await Merchants.updateOne({ _id: w.merchantId }, { $set: { serialNo: w.merchant.serialNo } });
  });

  it('rotate without a restart: the callback that was refused is taken when it comes again', async () => {
    const { payer, parameters, orderNo } = await paying();
    const rotateAtWeChat = (what: string) =>
      w.control<MerchantCredentials>('POST', `/merchants/${w.merchant.mchid}/rotate-key`, { what });
    await rotateAtWeChat('apiV3Key');
    const { apiV3Key, platform } = await rotateAtWeChat('public-key');
    await payer.cashier(parameters);
    await w.called(orderNo);
    expect(await w.truth(orderNo)).toMatchObject({
      order: 'prepaid',
      audit: ['order.create', 'order.prepaid'],
    });

    await rotate({
      apiV3Key,
      verificationKeys: [
        { serial: platform.publicKeyId, pem: platform.publicKey },
        { serial: w.merchant.platform.publicKeyId, pem: w.merchant.platform.publicKey },
      ],
    });
    // Every instance reads the keys again after five seconds at most; WeChat comes again until they have.
    let attempts = 1;
    for (let state = ''; state !== 'paid'; ) {
      await new Promise((resolve) => setTimeout(resolve, 600));
      await w.advance(60_000);
      attempts += 1;
      await w.called(orderNo, Math.min(attempts, 2));
      state = (await w.truth(orderNo)).order;
    }
    const { lines } = await w.auditor.call('GET /api/console/audit', {
      query: { verb: 'merchant.rotate-keys' },
    });
    expect(lines[0]?.facts).toEqual({ keys: ['apiV3Key', 'verificationKeys'] });
  });
});
