import { createVerify } from 'node:crypto';
import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import { authorizeGet, prepayBody } from './support/merchant-client';
import { type NotifyReceiver, openNotifyReceiver } from './support/notify-receiver';
import { openTestSandbox, type TestSandbox } from './support/sandbox';
import { CUSTOMER, openShop, type Shop } from './support/shop';

describe('answers that go wrong on command', () => {
  let sandbox: TestSandbox;
  let receiver: NotifyReceiver;
  let shop: Shop;

  beforeAll(async () => {
    [sandbox, receiver] = await Promise.all([openTestSandbox(), openNotifyReceiver()]);
    shop = openShop(sandbox, `${receiver.url}/notify`);
  });
  afterAll(() => Promise.all([sandbox.close(), receiver.close()]));
  beforeEach(() => sandbox.control('DELETE', '/faults'));

  const order = (fault: object) => sandbox.control('POST', '/faults', { times: 1, ...fault });
  const prepay = (outTradeNo: string) =>
    shop.pay.post(
      '/v3/pay/transactions/jsapi',
      prepayBody(sandbox.merchant, { outTradeNo, openid: CUSTOMER, notifyUrl: receiver.url }),
    );
  const query = async (outTradeNo: string) => {
    const { data } = await shop.pay.get(`/v3/pay/transactions/out-trade-no/${outTradeNo}`, {
      params: { mchid: sandbox.merchant.mchid },
    });
    return data.trade_state ?? data.code;
  };

  it.each([
    ['http-500', 500, 'SYSTEM_ERROR'],
    ['http-429', 429, 'RATELIMIT_EXCEEDED'],
  ])('%s is answered without effect, as often as ordered', async (kind, status, code) => {
    await order({ service: 'pay', operation: 'prepay', kind, times: 2 });
    const outTradeNo = shop.newNumber();
    for (let time = 0; time < 2; time += 1) {
      const answer = await prepay(outTradeNo);
      expect([answer.status, answer.data.code]).toEqual([status, code]);
      expect(await query(outTradeNo)).toBe('ORDER_NOT_EXIST');
    }
    expect((await prepay(outTradeNo)).status).toBe(200);
  });

  it.each([
    ['timeout-before-effect', 'ORDER_NOT_EXIST'],
    ['timeout-after-effect', 'NOTPAY'],
    ['connection-reset', 'ORDER_NOT_EXIST'],
  ])('after %s the order is %s', async (kind, state) => {
    await order({ service: 'pay', operation: 'prepay', kind, delayMs: 50 });
    const outTradeNo = shop.newNumber();
    await expect(prepay(outTradeNo)).rejects.toThrow();
    expect(await query(outTradeNo)).toBe(state);
  });

  it('strikes only what it is meant for', async () => {
    const [meant, other] = [shop.newNumber(), shop.newNumber()];
    await order({ service: 'pay', operation: 'prepay', kind: 'http-500', match: { outTradeNo: meant } });
    expect((await prepay(other)).status).toBe(200);
    expect((await prepay(meant)).status).toBe(500);
  });

  it('strikes by chance, the same way for the same seed', async () => {
    const statuses = async () => {
      await sandbox.control('DELETE', '/faults');
      await order({
        service: 'pay',
        kind: 'http-500',
        operation: 'prepay',
        probability: 0.5,
        seed: 3,
        times: 99,
      });
      const results = [];
      for (let time = 0; time < 12; time += 1) results.push((await prepay(shop.newNumber())).status);
      return results;
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await statuses()).toEqual(first);
  });

  describe('in their signature', () => {
    const rawQuery = async (kind: string) => {
      const outTradeNo = shop.newNumber();
      await prepay(outTradeNo);
      await order({ service: 'pay', operation: 'query', kind });
      const path = `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${sandbox.merchant.mchid}`;
      const response = await fetch(`${sandbox.urls.pay}${path}`, {
        headers: {
          authorization: authorizeGet(sandbox.merchant, path),
          'wechatpay-serial': sandbox.merchant.platform.publicKeyId,
        },
      });
      return { headers: response.headers, body: await response.text() };
    };
    const isGenuine = ({ headers, body }: Awaited<ReturnType<typeof rawQuery>>) =>
      createVerify('RSA-SHA256')
        .update(`${headers.get('wechatpay-timestamp')}\n${headers.get('wechatpay-nonce')}\n${body}\n`)
        .verify(sandbox.merchant.platform.publicKey, headers.get('wechatpay-signature') ?? '', 'base64');

    it.each(['tamper-signature', 'tamper-body'])('%s does not verify', async (kind) => {
      expect(isGenuine(await rawQuery(kind))).toBe(false);
    });

    it('signtest carries the probe prefix', async () => {
      const { headers } = await rawQuery('signtest');
      expect(headers.get('wechatpay-signature')).toMatch(/^WECHATPAY\/SIGNTEST\//);
    });

    it('unknown-serial names a key that nobody has', async () => {
      const answer = await rawQuery('unknown-serial');
      const { publicKeyId, certificateSerial } = sandbox.merchant.platform;
      expect([publicKeyId, certificateSerial]).not.toContain(answer.headers.get('wechatpay-serial'));
      expect(isGenuine(answer)).toBe(true);
    });

    it('stale-timestamp is signed rightly over an old time', async () => {
      const answer = await rawQuery('stale-timestamp');
      const stamped = Number(answer.headers.get('wechatpay-timestamp'));
      expect(Date.now() / 1000 - stamped).toBeGreaterThan(300);
      expect(isGenuine(answer)).toBe(true);
    });
  });

  it('reach WeChat as errcode and Tencent Cloud as Response.Error or a result', async () => {
    await order({
      service: 'wechat',
      operation: 'login',
      kind: 'error',
      code: '40226',
      message: 'code blocked',
    });
    const login = await fetch(`${sandbox.urls.wechat}/sns/jscode2session?js_code=1`);
    expect(JSON.parse(await login.text())).toEqual({ errcode: 40226, errmsg: 'code blocked' });

    const client = new CommonClient('faceid.tencentcloudapi.com', '2018-03-01', {
      credential: sandbox.credentials.tencent,
      region: 'ap-guangzhou',
      profile: { httpProfile: { endpoint: new URL(sandbox.urls.tencent).host, protocol: 'http://' } },
    });
    const factors = { Name: '', BankCard: '', Phone: '', IdCard: '' };
    await order({ service: 'tencent', operation: 'four-factor', kind: 'result', code: '-18' });
    expect(await client.request('BankCard4EVerification', factors)).toMatchObject({ Result: '-18' });
    await order({ service: 'tencent', operation: 'four-factor', kind: 'http-429' });
    await expect(client.request('BankCard4EVerification', factors)).rejects.toMatchObject({
      code: 'RequestLimitExceeded',
    });
  });

  it('refuses an order for a fault it does not know', async () => {
    const { status, body } = await sandbox.control('POST', '/faults', { service: 'pay', kind: 'earthquake' });
    expect([status, body]).toEqual([400, { error: expect.stringMatching(/^kind: /) }]);
  });
});
