import { createHash, createVerify, privateDecrypt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { createWeChatPay, type WeChatPay } from '../../../../server/platform/wechat-pay/client';
import { WeChatPayError } from '../../../../server/platform/wechat-pay/errors';
import { createVerificationKeys } from '../../../../server/platform/wechat-pay/verification-keys';
import { fen } from '../../../../shared/domain/money';
import { type Received, startServer, type TestServer } from '../support/http-server';
import {
  answerRefusal,
  answerSigned,
  certificateKey,
  clock,
  makeSigner,
  merchant,
  merchantSigner,
  NOW,
  PUBLIC_KEY_ID,
  paidOrder,
  platformSigner,
  publicKey,
  signedHeaders,
} from '../support/wechat-pay-world';

type Answer = (request: Received, response: ServerResponse, count: number) => void;

let answer: Answer;
let server: TestServer;
const logged: unknown[] = [];
const warned: unknown[] = [];
const log = {
  info: (...line: unknown[]) => logged.push(line),
  warn: (...line: unknown[]) => {
    logged.push(line);
    warned.push(line);
  },
};
const keys = createVerificationKeys([publicKey, certificateKey]);

beforeEach(async () => {
  logged.length = 0;
  warned.length = 0;
  server = await startServer((request, response, count) => answer(request, response, count));
});
afterEach(() => server.close());

const client = (timeoutMs = 5_000): WeChatPay =>
  createWeChatPay({
    merchant,
    verificationKeys: keys,
    baseUrl: server.origin,
    clock,
    timeoutMs,
    retryDelaysMs: [0, 0],
    log,
  });

const always =
  (status: number, value: unknown): Answer =>
  (_, response) =>
    answerSigned(response, status, value, { serial: PUBLIC_KEY_ID });

async function failureOf(call: Promise<unknown>): Promise<WeChatPayError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof WeChatPayError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

function firstReceived(): Received {
  const [first] = server.received;
  if (!first) throw new Error('nothing was received');
  return first;
}

/** Checks a request as WeChat does. */
function authorizationOf({ method, url, body, headers }: Received) {
  const header = headers.authorization ?? '';
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? '';
  const message = `${method}\n${url}\n${field('timestamp')}\n${field('nonce_str')}\n${body}\n`;
  const valid = createVerify('RSA-SHA256')
    .update(message)
    .verify(merchantSigner.publicKeyPem, field('signature'), 'base64');
  return { valid, nonce: field('nonce_str'), timestamp: field('timestamp'), serial: field('serial_no') };
}

const order = {
  outTradeNo: 'TC20221119a7Kp2mQ9',
  description: '毕业生图像采集',
  total: fen(3000),
  payerOpenid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  notifyUrl: 'https://tucai.example.edu.cn/api/payments/notify/1900000109',
  expiresAt: new Date('2022-11-19T01:20:00.500Z'),
};

const refundRequest = {
  outTradeNo: order.outTradeNo,
  outRefundNo: 'RF20221119x1',
  refund: fen(1500),
  total: fen(3000),
  reason: '统一取消订单退款',
};

const refundAnswer = {
  refund_id: '50000000382019052709732678859',
  out_refund_no: 'RF20221119x1',
  transaction_id: paidOrder.transaction_id,
  out_trade_no: order.outTradeNo,
  channel: 'ORIGINAL',
  user_received_account: '招商银行信用卡0403',
  create_time: '2022-11-19T09:05:00+08:00',
  status: 'PROCESSING',
  amount: { total: 3000, refund: 1500, payer_total: 2800, payer_refund: 1400, currency: 'CNY' },
};

describe('a request', () => {
  it('is signed over exactly what is sent, with our clock and an unguessable nonce', async () => {
    answer = always(200, { prepay_id: 'wx201410272009395522657a690389285100' });
    await client().prepayJsapi({ ...order, attach: 'booking:64b0' });
    const request = firstReceived();
    expect(authorizationOf(request)).toEqual({
      valid: true,
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
      timestamp: String(NOW.getTime() / 1000),
      serial: merchant.serialNo,
    });
    expect(JSON.parse(request.body)).toEqual({
      appid: merchant.appid,
      mchid: merchant.mchid,
      description: '毕业生图像采集',
      out_trade_no: 'TC20221119a7Kp2mQ9',
      time_expire: '2022-11-19T09:20:00+08:00',
      attach: 'booking:64b0',
      notify_url: order.notifyUrl,
      amount: { total: 3000, currency: 'CNY' },
      payer: { openid: order.payerOpenid },
    });
  });

  it('announces the public key, and asks for an uncompressed answer', async () => {
    answer = always(200, paidOrder);
    await client().queryOrder(order.outTradeNo);
    expect(firstReceived().headers).toMatchObject({
      'wechatpay-serial': PUBLIC_KEY_ID,
      accept: 'application/json',
    });
    expect(firstReceived().headers).not.toHaveProperty('accept-encoding');
  });

  it('announces nothing in certificate mode', async () => {
    answer = (_, response) => answerSigned(response, 200, paidOrder);
    const certificateMode = createWeChatPay({
      merchant,
      verificationKeys: createVerificationKeys([certificateKey]),
      baseUrl: server.origin,
      clock,
      log,
    });
    await certificateMode.queryOrder(order.outTradeNo);
    expect(firstReceived().headers).not.toHaveProperty('wechatpay-serial');
  });

  it('never uses a nonce twice, not even when it tries again', async () => {
    answer = (_, response, count) =>
      count < 3 ? answerRefusal(response, 500, 'SYSTEM_ERROR') : answerSigned(response, 200, paidOrder);
    await client().queryOrder(order.outTradeNo);
    expect(new Set(server.received.map((request) => authorizationOf(request).nonce)).size).toBe(3);
  });

  it('cannot leave its path through a strange order number', async () => {
    answer = always(200, { ...paidOrder, out_trade_no: 'a|b*c-d_1' });
    await client().queryOrder('a|b*c-d_1');
    expect(firstReceived().url).toBe('/v3/pay/transactions/out-trade-no/a%7Cb*c-d_1?mchid=1900000109');
    expect(authorizationOf(firstReceived()).valid).toBe(true);
    expect(await failureOf(client().queryOrder('../../v3/certificates'))).toMatchObject({
      kind: 'invalid-request',
    });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['outTradeNo', { outTradeNo: 'short' }],
    ['description', { description: '长'.repeat(128) }],
    ['total', { total: fen(0) }],
    ['notifyUrl', { notifyUrl: 'http://tucai.example.edu.cn/notify' }],
    ['notifyUrl', { notifyUrl: 'https://tucai.example.edu.cn/notify?a=1' }],
    ['attach', { attach: 'x'.repeat(129) }],
  ])('beyond WeChat’s limits is not sent: %s', async (field, wrong) => {
    const failure = await failureOf(client().prepayJsapi({ ...order, ...wrong }));
    expect(failure).toMatchObject({ kind: 'invalid-request', outcomeUnknown: false });
    expect(failure.message).toContain(field);
    expect(server.received).toHaveLength(0);
  });
});

describe('orders', () => {
  it('are prepaid, and give the phone what it needs to pay', async () => {
    answer = always(200, { prepay_id: 'wx201410272009395522657a690389285100' });
    const { prepayId } = await client().prepayJsapi(order);
    expect(prepayId).toBe('wx201410272009395522657a690389285100');

    const { paySign, ...rest } = client().paymentParameters(prepayId);
    expect(rest).toEqual({
      timeStamp: String(NOW.getTime() / 1000),
      nonceStr: expect.stringMatching(/^[0-9a-f]{32}$/),
      package: 'prepay_id=wx201410272009395522657a690389285100',
      signType: 'RSA',
    });
    const message = `${merchant.appid}\n${rest.timeStamp}\n${rest.nonceStr}\n${rest.package}\n`;
    expect(
      createVerify('RSA-SHA256').update(message).verify(merchantSigner.publicKeyPem, paySign, 'base64'),
    ).toBe(true);
  });

  it('are found paid', async () => {
    answer = always(200, paidOrder);
    expect(await client().queryOrder(order.outTradeNo)).toMatchObject({
      state: 'SUCCESS',
      transactionId: paidOrder.transaction_id,
      amount: { total: 3000, payerTotal: 2800 },
    });
  });

  it.each(['NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR'])('are found %s', async (state) => {
    const { appid, mchid, out_trade_no } = paidOrder;
    answer = always(200, { appid, mchid, out_trade_no, trade_state: state, amount: { total: 3000 } });
    expect(await client().queryOrder(order.outTradeNo)).toEqual({
      appid,
      mchid,
      outTradeNo: out_trade_no,
      state,
      payerOpenid: undefined,
      attach: undefined,
    });
  });

  it('are found not to exist', async () => {
    answer = (_, response) => answerRefusal(response, 404, 'ORDER_NOT_EXIST');
    expect(await client().queryOrder(order.outTradeNo)).toEqual({
      state: 'NOT_EXIST',
      outTradeNo: order.outTradeNo,
    });
  });

  it('are closed by a signed answer without a body', async () => {
    answer = always(204, undefined);
    await client().closeOrder(order.outTradeNo);
    expect(firstReceived()).toMatchObject({
      method: 'POST',
      url: `/v3/pay/transactions/out-trade-no/${order.outTradeNo}/close`,
      body: JSON.stringify({ mchid: merchant.mchid }),
    });
  });

  it('are not closed by an unsigned 204', async () => {
    answer = (_, response) => response.writeHead(204).end();
    expect(await failureOf(client().closeOrder(order.outTradeNo))).toMatchObject({
      kind: 'unauthentic-answer',
    });
  });

  it('are not closed while somebody is paying', async () => {
    answer = always(202, { code: 'USERPAYING', message: '用户支付中' });
    expect(await failureOf(client().closeOrder(order.outTradeNo))).toMatchObject({
      kind: 'unknown-outcome',
      code: 'USERPAYING',
      outcomeUnknown: true,
    });
  });
});

describe('refunds', () => {
  it('are accepted', async () => {
    answer = always(200, refundAnswer);
    expect(await client().requestRefund(refundRequest)).toEqual({
      outRefundNo: 'RF20221119x1',
      refundId: '50000000382019052709732678859',
      outTradeNo: order.outTradeNo,
      transactionId: paidOrder.transaction_id,
      status: 'PROCESSING',
      acceptedAt: new Date('2022-11-19T01:05:00Z'),
      successTime: undefined,
      receivedAccount: '招商银行信用卡0403',
      amount: { total: 3000, refund: 1500, payerRefund: 1400 },
    });
    expect(JSON.parse(firstReceived().body)).toEqual({
      out_trade_no: order.outTradeNo,
      out_refund_no: 'RF20221119x1',
      reason: '统一取消订单退款',
      amount: { refund: 1500, total: 3000, currency: 'CNY' },
    });
  });

  it('of more than was paid are not sent', async () => {
    expect(await failureOf(client().requestRefund({ ...refundRequest, refund: fen(3001) }))).toMatchObject({
      kind: 'invalid-request',
    });
  });

  it('are refused for want of money, with WeChat’s code', async () => {
    answer = (_, response) => answerRefusal(response, 403, 'NOT_ENOUGH', '基本账户余额不足');
    const failure = await failureOf(client().requestRefund(refundRequest));
    expect(failure).toMatchObject({
      kind: 'refused',
      code: 'NOT_ENOUGH',
      status: 403,
      operation: 'request-refund',
      requestId: '08F1-request',
      outcomeUnknown: false,
    });
    expect(failure.message).toContain('基本账户余额不足');
  });

  it('are found, or found not to exist', async () => {
    answer = always(200, { ...refundAnswer, status: 'SUCCESS', success_time: '2022-11-19T09:06:00+08:00' });
    expect(await client().queryRefund('RF20221119x1')).toMatchObject({
      status: 'SUCCESS',
      successTime: new Date('2022-11-19T01:06:00Z'),
    });
    answer = (_, response) => answerRefusal(response, 404, 'RESOURCE_NOT_EXISTS');
    expect(await client().queryRefund('RF20221119x1')).toEqual({
      status: 'NOT_EXIST',
      outRefundNo: 'RF20221119x1',
    });
  });

  it('that are abnormal go to the merchant’s account', async () => {
    answer = always(200, refundAnswer);
    await client().applyAbnormalRefund({
      refundId: '50000000382019052709732678859',
      outRefundNo: 'RF20221119x1',
      to: { account: 'merchant' },
    });
    expect(firstReceived().url).toBe(
      '/v3/refund/domestic/refunds/50000000382019052709732678859/apply-abnormal-refund',
    );
    expect(authorizationOf(firstReceived()).valid).toBe(true);
    expect(JSON.parse(firstReceived().body)).toEqual({
      out_refund_no: 'RF20221119x1',
      type: 'MERCHANT_BANK_CARD',
    });
  });

  it('that are abnormal go to another card, which only WeChat can read', async () => {
    answer = always(200, refundAnswer);
    await client().applyAbnormalRefund({
      refundId: '50000000382019052709732678859',
      outRefundNo: 'RF20221119x1',
      to: {
        account: 'payer',
        bankType: 'ICBC_DEBIT',
        cardNumber: '6222020200112233445',
        holderName: '样本生',
      },
    });
    const request = firstReceived();
    expect(request.headers['wechatpay-serial']).toBe(PUBLIC_KEY_ID);
    expect(request.body).not.toContain('6222020200112233445');
    const body: Record<string, string> = JSON.parse(request.body);
    const decrypted = (field: string) =>
      privateDecrypt(
        { key: platformSigner.privateKeyPem, oaepHash: 'sha1' },
        Buffer.from(body[field] ?? '', 'base64'),
      ).toString();
    expect(decrypted('bank_account')).toBe('6222020200112233445');
    expect(decrypted('real_name')).toBe('样本生');
    expect(JSON.stringify(logged)).not.toContain('6222020200112233445');
  });
});

it('reads the balance that refunds are paid from', async () => {
  answer = always(200, { available_amount: 123_456, pending_amount: 7 });
  expect(await client().availableBalance()).toEqual({ available: 123_456, pending: 7 });
  expect(firstReceived().url).toBe('/v3/merchant/fund/balance/BASIC');
});

describe('bills', () => {
  const file = '\uFEFF交易时间,公众账号ID\r\n`2022-11-19 09:04:58,`wxd678efh567hg6787\r\n'.repeat(2_000);
  const sha1 = createHash('sha1').update(file).digest('hex');
  const serve =
    (content: Buffer, hash_value = sha1): Answer =>
    (request, response) => {
      if (request.url.startsWith('/v3/billdownload/')) return void response.writeHead(200).end(content);
      answerSigned(response, 200, {
        hash_type: 'SHA1',
        hash_value,
        download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=abc%2Fdef',
      });
    };

  async function contentOf(bill: Awaited<ReturnType<WeChatPay['tradeBill']>>): Promise<string> {
    if (bill.status !== 'ready') throw new Error(`the bill is ${bill.status}`);
    return text(bill.content);
  }

  it('come unpacked, through the same host, with a signed request for the file', async () => {
    answer = serve(gzipSync(file));
    expect(await contentOf(await client().tradeBill('2022-11-19', 'ALL'))).toBe(file.replace('\uFEFF', ''));
    expect(server.received.map(({ url }) => url)).toEqual([
      '/v3/bill/tradebill?bill_date=2022-11-19&bill_type=ALL&tar_type=GZIP',
      '/v3/billdownload/file?token=abc%2Fdef',
    ]);
    expect(server.received.map((request) => authorizationOf(request).valid)).toEqual([true, true]);
  });

  it('of the fund flow come the same way', async () => {
    answer = serve(gzipSync(file));
    const bill = await client().fundFlowBill('2022-11-19');
    expect(bill).toMatchObject({ status: 'ready', declaredHash: sha1 });
    await contentOf(bill);
    expect(firstReceived().url).toBe(
      '/v3/bill/fundflowbill?account_type=BASIC&bill_date=2022-11-19&tar_type=GZIP',
    );
  });

  it('end in an error when the file is not the declared one', async () => {
    answer = serve(gzipSync(`${file}\`2022-11-19 23:59:59,\`forged\r\n`));
    const bill = await client().tradeBill('2022-11-19', 'ALL');
    expect(await failureOf(contentOf(bill))).toMatchObject({
      kind: 'unauthentic-answer',
      code: 'HASH_MISMATCH',
    });
  });

  it('end in an error when the file is cut short or not compressed', async () => {
    answer = serve(gzipSync(file).subarray(0, -20));
    expect(await failureOf(contentOf(await client().tradeBill('2022-11-19', 'ALL')))).toMatchObject({
      kind: 'unexpected-answer',
    });
    answer = serve(Buffer.from(file));
    expect(await failureOf(contentOf(await client().tradeBill('2022-11-19', 'ALL')))).toMatchObject({
      kind: 'unexpected-answer',
    });
  });

  it('end in an error when the connection breaks in the middle', async () => {
    const packed = gzipSync(file);
    answer = (request, response, count) => {
      if (!request.url.startsWith('/v3/billdownload/')) return serve(packed)(request, response, count);
      response.writeHead(200, { 'content-length': packed.length });
      response.write(packed.subarray(0, 50), () => response.destroy());
    };
    expect(await failureOf(contentOf(await client().tradeBill('2022-11-19', 'ALL')))).toMatchObject({
      kind: 'unknown-outcome',
      operation: 'download-bill',
    });
  });

  it.each([
    ['NO_STATEMENT_EXIST', 'none'],
    ['STATEMENT_CREATING', 'creating'],
  ])('may not be there: %s', async (code, status) => {
    answer = (_, response) => answerRefusal(response, 400, code);
    expect(await client().tradeBill('2022-11-19', 'REFUND')).toEqual({ status });
  });

  it('are asked for by a real day', async () => {
    await expect(async () => client().tradeBill('2022-02-30', 'ALL')).rejects.toMatchObject({
      kind: 'invalid-request',
    });
  });
});

describe('an answer is believed only with WeChat’s signature', () => {
  const stranger = makeSigner('3f1b2c3d4e5f60718293a4b5c6d7e8f901234567');
  const prepaid = { prepay_id: 'wx201410272009395522657a690389285100' };

  it.each<[string, string, Answer]>([
    ['is not signed', 'MALFORMED', (_, response) => response.end(JSON.stringify(prepaid))],
    [
      'was changed on the way',
      'BAD_SIGNATURE',
      (_, response) => answerSigned(response, 200, prepaid, { signedBody: '{}' }),
    ],
    [
      'is signed by another under WeChat’s serial',
      'BAD_SIGNATURE',
      (_, response) => answerSigned(response, 200, prepaid, { signer: stranger, serial: PUBLIC_KEY_ID }),
    ],
    [
      'has an unknown key',
      'UNKNOWN_SERIAL',
      (_, response) => answerSigned(response, 200, prepaid, { signer: stranger }),
    ],
    [
      'is a replay of 5 minutes ago',
      'STALE',
      (_, response) => answerSigned(response, 200, prepaid, { secondsLate: 301 }),
    ],
    [
      'is WeChat’s probe',
      'PROBE',
      (_, response) => {
        const body = JSON.stringify(prepaid);
        response.writeHead(200, {
          ...signedHeaders(body),
          'wechatpay-signature': 'WECHATPAY/SIGNTEST/bm90IGEgc2lnbmF0dXJl',
        });
        response.end(body);
      },
    ],
  ])('not when it %s', async (_, code, forged) => {
    answer = forged;
    expect(await failureOf(client().prepayJsapi(order))).toMatchObject({
      kind: 'unauthentic-answer',
      code,
      outcomeUnknown: true,
    });
    expect(server.received).toHaveLength(1);
  });

  it('and only when it is what the documentation says', async () => {
    answer = always(200, { prepay_id: 42 });
    expect(await failureOf(client().prepayJsapi(order))).toMatchObject({ kind: 'unexpected-answer' });
    answer = always(200, { ...paidOrder, transaction_id: undefined });
    expect(await failureOf(client().queryOrder(order.outTradeNo))).toMatchObject({
      kind: 'unexpected-answer',
    });
  });

  it('by a key that arrived while running', async () => {
    answer = (_, response) => answerSigned(response, 200, paidOrder, { signer: stranger });
    const rotating = createVerificationKeys([publicKey]);
    const pay = createWeChatPay({ merchant, verificationKeys: rotating, baseUrl: server.origin, clock, log });
    expect(await failureOf(pay.queryOrder(order.outTradeNo))).toMatchObject({ code: 'UNKNOWN_SERIAL' });
    rotating.replace([publicKey, { serial: stranger.serial, pem: stranger.certificatePem }]);
    expect(await pay.queryOrder(order.outTradeNo)).toMatchObject({ state: 'SUCCESS' });
  });
});

describe('when WeChat fails', () => {
  const silence: Answer = () => undefined;
  const reset: Answer = (_, response) => response.destroy();

  it('a read is tried again, and then succeeds', async () => {
    answer = (_, response, count) =>
      count === 1 ? answerRefusal(response, 500, 'SYSTEM_ERROR') : answerSigned(response, 200, paidOrder);
    expect(await client().queryOrder(order.outTradeNo)).toMatchObject({ state: 'SUCCESS' });
    expect(server.received).toHaveLength(2);
  });

  it('a read is tried three times in all', async () => {
    answer = reset;
    expect(await failureOf(client().queryOrder(order.outTradeNo))).toMatchObject({ kind: 'unknown-outcome' });
    expect(server.received).toHaveLength(3);
  });

  it('a read that is refused or told to slow down is not tried again', async () => {
    answer = (_, response) => answerRefusal(response, 429, 'FREQUENCY_LIMITED');
    expect(await failureOf(client().queryOrder(order.outTradeNo))).toMatchObject({
      kind: 'rate-limited',
      code: 'FREQUENCY_LIMITED',
      outcomeUnknown: false,
    });
    answer = (_, response) => answerRefusal(response, 401, 'SIGN_ERROR');
    expect(await failureOf(client().queryOrder(order.outTradeNo))).toMatchObject({ kind: 'refused' });
    expect(server.received).toHaveLength(2);
  });

  it.each<[string, Answer, string]>([
    ['is silent', silence, 'TIMEOUT'],
    ['stops in the middle of an answer', (_, response) => response.writeHead(200).write('{"pre'), 'TIMEOUT'],
    ['resets the connection', reset, 'UND_ERR_SOCKET'],
    ['answers 500', (_, response) => answerRefusal(response, 500, 'SYSTEM_ERROR'), 'SYSTEM_ERROR'],
    ['is behind a broken gateway', (_, response) => response.writeHead(502).end('<html>'), 'NO_CODE'],
    ['redirects', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(), 'NO_CODE'],
    ['floods', (_, response) => response.writeHead(200).end('x'.repeat(1_100_000)), 'ANSWER_TOO_LARGE'],
  ])('a prepay or refund is sent once and its outcome is unknown: it %s', async (_, broken, code) => {
    answer = broken;
    // Of one that will not answer: waiting longer shows no more.
    const pay = code === 'TIMEOUT' ? client(150) : client();
    expect(await failureOf(pay.prepayJsapi(order))).toMatchObject({
      kind: 'unknown-outcome',
      code,
      outcomeUnknown: true,
    });
    expect(await failureOf(pay.requestRefund(refundRequest))).toMatchObject({
      kind: 'unknown-outcome',
    });
    expect(server.received).toHaveLength(2);
  });

  it('a request that never left is told apart', async () => {
    const pay = client();
    await server.close();
    expect(await failureOf(pay.prepayJsapi(order))).toMatchObject({
      kind: 'not-sent',
      code: 'ECONNREFUSED',
      outcomeUnknown: false,
    });
  });
});

describe('neither errors nor logs', () => {
  it('hold openids, credentials or anything that was sent', async () => {
    answer = (_, response) =>
      answerRefusal(
        response,
        400,
        'PARAM_ERROR',
        `输入源“/body/payer/openid”映射到值字段“用户标识”规则校验失败：${order.payerOpenid}`,
      );
    const failure = await failureOf(client().prepayJsapi(order));
    const everything = JSON.stringify([failure.message, failure.stack, { ...failure }, logged]);
    expect(failure.message).toContain('/body/payer/openid');
    expect(everything).not.toContain(order.payerOpenid);
    expect(everything).not.toContain('WECHATPAY2');
    expect(everything).not.toContain(merchant.apiV3Key);
    expect(everything).not.toContain('PRIVATE KEY');
  });

  it('miss what support needs: operation, merchant, code, status, request id', async () => {
    answer = (_, response) => answerRefusal(response, 403, 'NOT_ENOUGH');
    await failureOf(client().requestRefund(refundRequest));
    expect(logged).toEqual([
      [
        expect.objectContaining({
          operation: 'request-refund',
          mchid: merchant.mchid,
          code: 'NOT_ENOUGH',
          status: 403,
          requestId: '08F1-request',
        }),
        'wechat pay call failed',
      ],
    ]);
  });

  it('alarm nobody about an answer that says where an order stands', async () => {
    answer = (_, response) => answerRefusal(response, 400, 'ORDERPAID');
    await failureOf(client().closeOrder(order.outTradeNo));
    expect(logged).toHaveLength(1);
    expect(warned).toEqual([]);

    answer = (_, response) => answerRefusal(response, 401, 'SIGN_ERROR');
    await failureOf(client().closeOrder(order.outTradeNo));
    expect(warned).toHaveLength(1);
  });
});
