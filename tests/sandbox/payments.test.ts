import {
  authorizeGet,
  openCallback,
  type PayClient,
  payClient,
  paymentParameters,
  prepayBody,
} from './support/merchant-client';
import { type NotifyReceiver, openNotifyReceiver } from './support/notify-receiver';
import { eventually, openTestSandbox, type TestSandbox } from './support/sandbox';
import { sdkClient } from './support/sdk-client';

const OPENID = 'oSBX-payer-000000000000000';

describe('paying with WeChat Pay', () => {
  let sandbox: TestSandbox;
  let receiver: NotifyReceiver;
  let pay: PayClient;
  let count = 0;

  beforeAll(async () => {
    [sandbox, receiver] = await Promise.all([openTestSandbox(), openNotifyReceiver()]);
    pay = payClient(sandbox, sandbox.merchant);
  });
  afterAll(() => Promise.all([sandbox.close(), receiver.close()]));
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.answer(204);
  });

  const newNumber = () => {
    count += 1;
    return `T${String(count).padStart(9, '0')}`;
  };
  const prepay = async (outTradeNo: string, change: object = {}) => {
    const body = prepayBody(sandbox.merchant, {
      outTradeNo,
      openid: OPENID,
      notifyUrl: `${receiver.url}/pay`,
    });
    return pay.post('/v3/pay/transactions/jsapi', { ...body, ...change });
  };
  const visitCashier = (prepayId: string, change: object = {}) =>
    sandbox.control<{ errMsg: string }>('POST', '/pay/cashier', {
      ...paymentParameters(sandbox.merchant, prepayId),
      openid: OPENID,
      outcome: 'pay',
      ...change,
    });
  const query = (outTradeNo: string) =>
    pay.get(`/v3/pay/transactions/out-trade-no/${outTradeNo}`, { params: { mchid: sandbox.merchant.mchid } });
  const close = (outTradeNo: string) =>
    pay.post(`/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, { mchid: sandbox.merchant.mchid });
  /** By number: an earlier test's callback may still be on its way. */
  const callbackFor = (outTradeNo: string) =>
    eventually(() =>
      receiver.received.find(
        (callback) => openCallback(callback, sandbox.merchant).open().out_trade_no === outTradeNo,
      ),
    );
  const payNew = async () => {
    const outTradeNo = newNumber();
    const { data } = await prepay(outTradeNo);
    await visitCashier(data.prepay_id);
    return outTradeNo;
  };

  it('tells the merchant of a payment in a callback that another implementation can verify and open', async () => {
    const outTradeNo = newNumber();
    const { status, data } = await prepay(outTradeNo, { attach: 'campaign' });
    expect(status).toBe(200);

    const { body } = await visitCashier(data.prepay_id);
    expect(body).toEqual({ errMsg: 'requestPayment:ok' });

    const callback = await callbackFor(outTradeNo);
    const { genuine, event, open } = openCallback(callback, sandbox.merchant);
    expect(genuine).toBe(true);
    expect(callback.headers.connection).toBe('close');
    expect(event).toMatchObject({ event_type: 'TRANSACTION.SUCCESS', resource_type: 'encrypt-resource' });
    expect(open()).toMatchObject({
      mchid: sandbox.merchant.mchid,
      appid: sandbox.merchant.appid,
      out_trade_no: outTradeNo,
      trade_state: 'SUCCESS',
      attach: 'campaign',
      payer: { openid: OPENID },
      amount: { total: 3000, payer_total: 3000, currency: 'CNY', payer_currency: 'CNY' },
    });
    expect((await query(outTradeNo)).data).toMatchObject(open());
  });

  it('finds a payment by its transaction id', async () => {
    const outTradeNo = await payNew();
    const { data: order } = await query(outTradeNo);
    const found = await pay.get(`/v3/pay/transactions/id/${order.transaction_id}`, {
      params: { mchid: sandbox.merchant.mchid },
    });
    expect(found.data).toEqual(order);
  });

  it('gives the same prepay_id for the same request and refuses another under the same number', async () => {
    const outTradeNo = newNumber();
    const first = await prepay(outTradeNo);
    expect((await prepay(outTradeNo)).data).toEqual(first.data);

    const other = await prepay(outTradeNo, { amount: { total: 3001, currency: 'CNY' } });
    expect([other.status, other.data.code]).toEqual([403, 'OUT_TRADE_NO_USED']);
  });

  it.each([
    ['an unsigned openid', { payer: {} }, 'PARAM_ERROR'],
    ['a number that is too short', { out_trade_no: 'T1' }, 'PARAM_ERROR'],
    ['a fraction of a fen', { amount: { total: 30.5, currency: 'CNY' } }, 'PARAM_ERROR'],
    ['another currency', { amount: { total: 3000, currency: 'USD' } }, 'PARAM_ERROR'],
    ['a long description', { description: '采'.repeat(128) }, 'PARAM_ERROR'],
    ['a notify_url with a query', { notify_url: 'https://example.com/pay?a=1' }, 'PARAM_ERROR'],
    ['a plain http notify_url elsewhere', { notify_url: 'http://example.com/pay' }, 'PARAM_ERROR'],
    ['an expiry in the past', { time_expire: '2020-01-01T00:00:00+08:00' }, 'PARAM_ERROR'],
    ['a foreign appid', { appid: 'wx0000000000000000' }, 'APPID_MCHID_NOT_MATCH'],
  ])('refuses %s', async (_, change, code) => {
    const answer = await prepay(newNumber(), change);
    expect([answer.status, answer.data.code]).toEqual([400, code]);
  });

  it('shows an unpaid order as NOTPAY, closes it, and lets nobody pay it then', async () => {
    const outTradeNo = newNumber();
    const { data } = await prepay(outTradeNo);
    expect((await query(outTradeNo)).data.trade_state).toBe('NOTPAY');

    expect((await close(outTradeNo)).status).toBe(204);
    expect((await close(outTradeNo)).status).toBe(204);
    expect((await query(outTradeNo)).data.trade_state).toBe('CLOSED');
    expect((await visitCashier(data.prepay_id)).body.errMsg).toBe('requestPayment:fail 订单已关闭');
    expect((await prepay(outTradeNo)).data.code).toBe('ORDER_CLOSED');
  });

  it('refuses to close a paid order and does not know one that never was', async () => {
    const paid = await payNew();
    const refused = await close(paid);
    expect([refused.status, refused.data.code]).toEqual([400, 'ORDERPAID']);

    const unknown = await query('T-never-made');
    expect([unknown.status, unknown.data.code]).toEqual([404, 'ORDER_NOT_EXIST']);
  });

  it.each([
    ['the customer cancels', { outcome: 'cancel' }, 'requestPayment:fail cancel'],
    ['another person pays', { openid: 'oSBX-someone-else' }, 'requestPayment:fail 支付者与下单用户不一致'],
    ['the signature is over other parameters', { nonceStr: 'zzzz' }, 'requestPayment:fail 支付验证签名失败'],
    [
      'the signature type is wrong',
      { signType: 'MD5' },
      'requestPayment:fail 调用支付JSAPI参数错误：signType',
    ],
  ])('takes no money when %s', async (_, change, errMsg) => {
    const outTradeNo = newNumber();
    const { data } = await prepay(outTradeNo);
    expect((await visitCashier(data.prepay_id, change)).body.errMsg).toBe(errMsg);
    expect((await query(outTradeNo)).data.trade_state).toBe('NOTPAY');
  });

  it('takes no money after time_expire, yet leaves the order open until it is closed', async () => {
    const outTradeNo = newNumber();
    const expiry = new Date(Date.now() + 15 * 60_000).toISOString();
    const { data } = await prepay(outTradeNo, { time_expire: expiry });
    await sandbox.control('POST', '/clock', { advanceMs: 15 * 60_000 });
    expect((await visitCashier(data.prepay_id)).body.errMsg).toBe('requestPayment:fail 订单已过期');
    expect((await query(outTradeNo)).data.trade_state).toBe('NOTPAY');
    expect((await prepay(outTradeNo, { time_expire: expiry })).data.code).toBe('INVALID_REQUEST');
    expect((await close(outTradeNo)).status).toBe(204);
    await sandbox.control('POST', '/clock', { offsetMs: 0 });
  });

  it('lets a prepay_id live two hours and gives another one afterwards', async () => {
    const outTradeNo = newNumber();
    const { data: first } = await prepay(outTradeNo);
    await sandbox.control('POST', '/clock', { advanceMs: 2 * 3_600_000 });
    expect((await visitCashier(first.prepay_id)).body.errMsg).toBe(
      'requestPayment:fail 预支付交易会话已过期',
    );
    const { data: second } = await prepay(outTradeNo);
    expect(second.prepay_id).not.toBe(first.prepay_id);
    expect((await visitCashier(second.prepay_id)).body.errMsg).toBe('requestPayment:ok');
    await sandbox.control('POST', '/clock', { offsetMs: 0 });
  });

  it('serves wechatpay-node-v3 as well: its prepay, its signature at the cashier, its certificates', async () => {
    const sdk = sdkClient(sandbox, sandbox.merchant);
    const {
      appid: _,
      mchid: __,
      ...order
    } = prepayBody(sandbox.merchant, {
      outTradeNo: newNumber(),
      openid: OPENID,
      notifyUrl: `${receiver.url}/pay`,
    });
    const { data } = await sdk.transactions_jsapi(order);
    const { body } = await sandbox.control('POST', '/pay/cashier', {
      ...data,
      openid: OPENID,
      outcome: 'pay',
    });
    expect(body).toEqual({ errMsg: 'requestPayment:ok' });
    const certificates = await sdk.get_certificates(sandbox.merchant.apiV3Key);
    expect(certificates).toMatchObject([{ serial_no: sandbox.merchant.platform.certificateSerial }]);
  });

  it('refuses a request that was signed ten minutes ago', async () => {
    const path = `/v3/pay/transactions/out-trade-no/T000000001?mchid=${sandbox.merchant.mchid}`;
    const authorization = authorizeGet(sandbox.merchant, path, Math.floor(Date.now() / 1000) - 600);
    const response = await fetch(`${sandbox.urls.pay}${path}`, { headers: { authorization } });
    expect([response.status, await response.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'SIGN_ERROR' }),
    ]);
  });

  it('shows the balance that payments less fees have built up', async () => {
    const before = await pay.get('/v3/merchant/fund/balance/BASIC');
    await payNew();
    const after = await pay.get('/v3/merchant/fund/balance/BASIC');
    expect(after.data.available_amount - before.data.available_amount).toBe(2982);
  });

  it('takes no second payment', async () => {
    const outTradeNo = newNumber();
    const { data } = await prepay(outTradeNo);
    await visitCashier(data.prepay_id);
    expect((await visitCashier(data.prepay_id)).body.errMsg).toBe('requestPayment:fail 该订单已支付');
  });

  it('lets a coupon pay a part', async () => {
    const outTradeNo = newNumber();
    const { data } = await prepay(outTradeNo);
    await visitCashier(data.prepay_id, { couponFen: 500 });
    expect((await query(outTradeNo)).data).toMatchObject({
      amount: { total: 3000, payer_total: 2500 },
      promotion_detail: [{ amount: 500 }],
    });
  });

  it('plants a payment of a wrong amount, in another currency, by another person', async () => {
    const outTradeNo = newNumber();
    await prepay(outTradeNo);
    await sandbox.control('POST', `/pay/orders/${sandbox.merchant.mchid}/${outTradeNo}/pay`, {
      wrongAmount: 1,
      transactionCurrency: 'USD',
      otherOpenid: 'oSBX-someone-else',
    });
    const callback = await callbackFor(outTradeNo);
    expect(openCallback(callback, sandbox.merchant).open()).toMatchObject({
      amount: { total: 1, currency: 'USD' },
      payer: { openid: 'oSBX-someone-else' },
    });
  });

  it('says USERPAYING instead of closing while the customer types the password', async () => {
    const outTradeNo = newNumber();
    await prepay(outTradeNo);
    await sandbox.control('POST', `/pay/orders/${sandbox.merchant.mchid}/${outTradeNo}/state`, {
      state: 'USERPAYING',
    });
    const answer = await close(outTradeNo);
    expect([answer.status, answer.data.code]).toEqual([202, 'USERPAYING']);
  });

  it('refuses a request signed with another merchant’s key', async () => {
    const [, other] = sandbox.credentials.merchants;
    const forged = payClient(sandbox, {
      ...sandbox.merchant,
      privateKey: other?.privateKey ?? '',
    });
    const answer = await forged.post('/v3/pay/transactions/jsapi', {});
    expect([answer.status, answer.data.code]).toEqual([401, 'SIGN_ERROR']);
  });

  it('shows one merchant nothing of another', async () => {
    const outTradeNo = await payNew();
    const [, other] = sandbox.credentials.merchants;
    if (!other) throw new Error('no second merchant');
    const answer = await payClient(sandbox, other).get(`/v3/pay/transactions/out-trade-no/${outTradeNo}`, {
      params: { mchid: other.mchid },
    });
    expect(answer.data.code).toBe('ORDER_NOT_EXIST');
  });
});
