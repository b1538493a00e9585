import { text } from 'node:stream/consumers';
import { type FollowedClock, followClock } from '../../server/platform/clock';
import type { WeChatPay } from '../../server/platform/wechat-pay/client';
import { WeChatPayError } from '../../server/platform/wechat-pay/errors';
import {
  createMerchantGateways,
  type MerchantGateways,
} from '../../server/platform/wechat-pay/merchant-gateways';
import type { Notification } from '../../server/platform/wechat-pay/notification';
import { fen } from '../../shared/domain/money';
import { shanghaiDay } from '../../shared/domain/time';
import { type NotifyReceiver, openNotifyReceiver } from '../sandbox/support/notify-receiver';
import {
  type DemoCredentials,
  eventually,
  openTestSandbox,
  type TestSandbox,
} from '../sandbox/support/sandbox';

/** The client as the server uses it, against the stand-in that shares no code with it. */

const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const silent = { info: () => undefined, warn: () => undefined };

let sandbox: TestSandbox;
let clock: FollowedClock;
let gateways: MerchantGateways;
let receiver: NotifyReceiver;
let orders = 0;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  clock = await followClock(sandbox.urls.control, 'client-test');
  receiver = await openNotifyReceiver();
  gateways = createMerchantGateways({
    baseUrl: sandbox.urls.pay,
    clock,
    timeoutMs: 3_000,
    retryDelaysMs: [0, 0],
    cacheMs: 0,
    log: silent,
    async load(mchid) {
      const { body } = await sandbox.control<DemoCredentials>('GET', '/credentials');
      const found = body.merchants.find((merchant) => merchant.mchid === mchid);
      if (!found) return undefined;
      const { appid, apiV3Key, serialNo, privateKey, certificate, platform } = found;
      return {
        merchant: {
          mchid,
          appid,
          apiV3Key,
          serialNo,
          privateKeyPem: privateKey,
          certificatePem: certificate,
        },
        verificationKeys: [
          { serial: platform.publicKeyId, pem: platform.publicKey },
          { serial: platform.certificateSerial, pem: platform.certificate },
        ],
      };
    },
  });
});
afterAll(async () => {
  await gateways.close();
  clock.close();
  await receiver.close();
  await sandbox.close();
});
afterEach(() => sandbox.control('DELETE', '/faults'));

const pay = (): Promise<WeChatPay> => gateways.merchantGateway(sandbox.merchant.mchid);

function newOrder() {
  orders += 1;
  return {
    outTradeNo: `TCtest|*-_${String(orders).padStart(6, '0')}`,
    description: '毕业生图像采集',
    total: fen(3000),
    payerOpenid: OPENID,
    notifyUrl: `${receiver.url}/notify/${orders}`,
    expiresAt: new Date(Math.ceil(clock.now().getTime() / 1000) * 1000 + 15 * 60_000),
  };
}

async function prepaidOrder() {
  const order = newOrder();
  const { prepayId } = await (await pay()).prepayJsapi(order);
  return { order, prepayId };
}

async function paidOrder() {
  const { order, prepayId } = await prepaidOrder();
  const gateway = await pay();
  const visit = { appId: gateway.appid, ...gateway.paymentParameters(prepayId), openid: OPENID };
  const { body } = await sandbox.control('POST', '/pay/cashier', { ...visit, outcome: 'pay' });
  expect(body).toEqual({ errMsg: 'requestPayment:ok' });
  return order;
}

/** The callback that came for a path, opened. */
async function notified(path: string): Promise<Notification> {
  const callback = await eventually(() => receiver.received.find((received) => received.path === path));
  return (await pay()).openNotification({
    headers: callback.headers,
    rawBody: Buffer.from(callback.body),
  });
}

async function failureOf(call: Promise<unknown>): Promise<WeChatPayError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof WeChatPayError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

const fault = (kind: string, operation: string, times = 1, more: object = {}) =>
  sandbox.control('POST', '/faults', { service: 'pay', operation, kind, times, ...more });

describe('an order', () => {
  it('goes from prepay through the cashier to a paid query and a genuine callback', async () => {
    const order = await paidOrder();
    const found = await (await pay()).queryOrder(order.outTradeNo);
    expect(found).toMatchObject({
      state: 'SUCCESS',
      outTradeNo: order.outTradeNo,
      payerOpenid: OPENID,
      amount: { total: 3000, payerTotal: 3000, currency: 'CNY' },
    });
    expect(await notified(new URL(order.notifyUrl).pathname)).toMatchObject({
      kind: 'payment',
      transaction: found,
    });
  });

  it('is prepaid again under the same number with the same parameters', async () => {
    const { order, prepayId } = await prepaidOrder();
    expect(await (await pay()).prepayJsapi(order)).toEqual({ prepayId });
    const failure = await failureOf((await pay()).prepayJsapi({ ...order, total: fen(2999) }));
    expect(failure).toMatchObject({ kind: 'refused', code: 'OUT_TRADE_NO_USED' });
  });

  it('is closed, twice if need be', async () => {
    const { order } = await prepaidOrder();
    const gateway = await pay();
    await gateway.closeOrder(order.outTradeNo);
    await gateway.closeOrder(order.outTradeNo);
    expect(await gateway.queryOrder(order.outTradeNo)).toMatchObject({ state: 'CLOSED' });
  });

  it('is not closed once paid, nor while being paid', async () => {
    const paid = await paidOrder();
    expect(await failureOf((await pay()).closeOrder(paid.outTradeNo))).toMatchObject({
      kind: 'refused',
      code: 'ORDERPAID',
    });
    const { order } = await prepaidOrder();
    const place = `/pay/orders/${sandbox.merchant.mchid}/${encodeURIComponent(order.outTradeNo)}/state`;
    await sandbox.control('POST', place, { state: 'USERPAYING' });
    expect(await failureOf((await pay()).closeOrder(order.outTradeNo))).toMatchObject({
      kind: 'unknown-outcome',
      code: 'USERPAYING',
    });
  });

  it('that was never sent does not exist', async () => {
    expect(await (await pay()).queryOrder('TCnever-sent')).toEqual({
      state: 'NOT_EXIST',
      outTradeNo: 'TCnever-sent',
    });
  });
});

describe('a refund', () => {
  it('is accepted, succeeds, and is told', async () => {
    const order = await paidOrder();
    const gateway = await pay();
    const request = {
      outTradeNo: order.outTradeNo,
      outRefundNo: `RF@${order.outTradeNo}`,
      refund: fen(1500),
      total: fen(3000),
      reason: '统一取消订单退款',
      notifyUrl: `${receiver.url}/refunded/${orders}`,
    };
    const accepted = await gateway.requestRefund(request);
    expect(accepted).toMatchObject({ status: 'PROCESSING', amount: { total: 3000, refund: 1500 } });
    expect(await gateway.requestRefund(request)).toEqual(accepted);
    expect(await notified(`/refunded/${orders}`)).toMatchObject({
      kind: 'refund',
      refund: { mchid: sandbox.merchant.mchid, outRefundNo: request.outRefundNo, status: 'SUCCESS' },
    });
    expect(await gateway.queryRefund(request.outRefundNo)).toMatchObject({
      status: 'SUCCESS',
      successTime: expect.any(Date),
    });
  });

  it('that is abnormal is sent elsewhere', async () => {
    const order = await paidOrder();
    const gateway = await pay();
    await fault('refund-outcome', 'refund', 1, { code: 'ABNORMAL' });
    const outRefundNo = `RF${order.outTradeNo}`;
    const { refundId } = await gateway.requestRefund({
      outTradeNo: order.outTradeNo,
      outRefundNo,
      refund: fen(3000),
      total: fen(3000),
    });
    await eventually(async () =>
      (await gateway.queryRefund(outRefundNo)).status === 'ABNORMAL' ? true : undefined,
    );
    const again = await gateway.applyAbnormalRefund({ refundId, outRefundNo, to: { account: 'merchant' } });
    expect(again).toMatchObject({ refundId, status: 'PROCESSING' });
  });

  it('is refused for want of money, which the balance shows', async () => {
    const order = await paidOrder();
    const gateway = await pay();
    const { mchid } = sandbox.merchant;
    await sandbox.control('POST', '/balance', { mchid, availableFen: 100 });
    expect(await gateway.availableBalance()).toMatchObject({ available: 100 });
    const request = { outTradeNo: order.outTradeNo, outRefundNo: `RF${order.outTradeNo}` };
    const call = gateway.requestRefund({ ...request, refund: fen(3000), total: fen(3000) });
    expect(await failureOf(call)).toMatchObject({ kind: 'refused', code: 'NOT_ENOUGH' });
    await sandbox.control('POST', '/balance', { mchid, availableFen: 10_000_000 });
    expect(await gateway.queryRefund(request.outRefundNo)).toMatchObject({ status: 'NOT_EXIST' });
  });
});

describe('when WeChat Pay misbehaves', () => {
  it.each(['http-500', 'connection-reset', 'timeout-before-effect', 'timeout-after-effect'])(
    'a prepay is unknown and sent once: %s; the same number then goes through',
    async (kind) => {
      const order = newOrder();
      await fault(kind, 'prepay');
      const failure = await failureOf((await pay()).prepayJsapi(order));
      expect(failure).toMatchObject({ kind: 'unknown-outcome', outcomeUnknown: true });
      const { state } = await (await pay()).queryOrder(order.outTradeNo);
      expect(state).toBe(kind === 'timeout-after-effect' ? 'NOTPAY' : 'NOT_EXIST');
      expect(await (await pay()).prepayJsapi(order)).toHaveProperty('prepayId');
    },
  );

  it('a query is tried again', async () => {
    const { order } = await prepaidOrder();
    await fault('http-500', 'query', 2);
    expect(await (await pay()).queryOrder(order.outTradeNo)).toMatchObject({ state: 'NOTPAY' });
  });

  it.each([
    ['tamper-signature', 'BAD_SIGNATURE'],
    ['tamper-body', 'BAD_SIGNATURE'],
    ['signtest', 'PROBE'],
    ['stale-timestamp', 'STALE'],
    ['unknown-serial', 'UNKNOWN_SERIAL'],
  ])('an answer is not believed: %s', async (kind, code) => {
    const { order } = await prepaidOrder();
    for (const operation of ['query', 'close']) await fault(kind, operation);
    expect(await failureOf((await pay()).queryOrder(order.outTradeNo))).toMatchObject({
      kind: 'unauthentic-answer',
      code,
    });
    // A 204 has no body that could be changed.
    if (kind === 'tamper-body') return;
    expect(await failureOf((await pay()).closeOrder(order.outTradeNo))).toMatchObject({
      kind: 'unauthentic-answer',
      code,
    });
  });

  it('being told to slow down is not tried again', async () => {
    const { order } = await prepaidOrder();
    await fault('http-429', 'query', 1);
    expect(await failureOf((await pay()).queryOrder(order.outTradeNo))).toMatchObject({
      kind: 'rate-limited',
    });
  });
});

describe('keys', () => {
  const rotate = (what: string) =>
    sandbox.control('POST', `/merchants/${sandbox.merchant.mchid}/rotate-key`, { what });

  it.each(['certificate', 'public-key', 'apiV3Key'])('rotate without a restart: %s', async (what) => {
    await rotate(what);
    const order = await paidOrder();
    expect(await notified(new URL(order.notifyUrl).pathname)).toHaveProperty('kind', 'payment');
  });

  it('may be platform certificates as well as public keys', async () => {
    const place = `/merchants/${sandbox.merchant.mchid}/signing`;
    await sandbox.control('PUT', place, { with: 'certificate' });
    const order = await paidOrder();
    const path = new URL(order.notifyUrl).pathname;
    expect(await notified(path)).toHaveProperty('kind', 'payment');
    const callback = receiver.received.find((received) => received.path === path);
    expect(callback?.headers['wechatpay-serial']).toBe(sandbox.merchant.platform.certificateSerial);
    await sandbox.control('PUT', place, { with: 'public-key' });
  });
});

describe('yesterday’s bills', () => {
  let day: string;
  let outTradeNo: string;

  beforeAll(async () => {
    outTradeNo = (await paidOrder()).outTradeNo;
    day = shanghaiDay(clock.now());
    await sandbox.control('POST', '/clock', { advanceMs: 36 * 3_600_000 });
  });

  it('come whole, with the hash that was declared', async () => {
    const bill = await (await pay()).tradeBill(day, 'ALL');
    if (bill.status !== 'ready') throw new Error(`the bill is ${bill.status}`);
    const content = await text(bill.content);
    expect(content).toContain('交易时间,公众账号ID,商户号');
    expect(content).toContain(`\`${outTradeNo}`);
  });

  it('of the fund flow too', async () => {
    const bill = await (await pay()).fundFlowBill(day);
    if (bill.status !== 'ready') throw new Error(`the bill is ${bill.status}`);
    expect(await text(bill.content)).toContain('资金流水总笔数');
  });

  it('do not exist for a day without movements', async () => {
    expect(await (await pay()).tradeBill('2001-01-01', 'ALL')).toEqual({ status: 'none' });
  });
});
