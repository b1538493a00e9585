import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { createWeChatPay } from '../../../../server/platform/wechat-pay/client';
import { decryptResource } from '../../../../server/platform/wechat-pay/notification';
import { findSignatureProblem } from '../../../../server/platform/wechat-pay/signature';
import { createVerificationKeys } from '../../../../server/platform/wechat-pay/verification-keys';
import { startServer } from '../support/http-server';
import {
  API_V3_KEY,
  answerSigned,
  certificateKey,
  clock,
  encrypted,
  merchant,
  merchantSigner,
  PUBLIC_KEY_ID,
  paidOrder,
  platformSigner,
  publicKey,
  silentLog,
} from '../support/wechat-pay-world';

/** wechatpay-axios-plugin is another's reading of the same protocol: what one says the other must understand. */

const keys = createVerificationKeys([certificateKey, publicKey]);
const now = () => Math.floor(clock.now().getTime() / 1000);

it('our verifier accepts what the other implementation signs', () => {
  const body = JSON.stringify(paidOrder);
  const [timestamp, nonce] = [now(), Formatter.nonce()];
  const signature = Rsa.sign(
    Formatter.response(String(timestamp), nonce, body),
    Rsa.from(platformSigner.privateKeyPem, Rsa.KEY_TYPE_PRIVATE),
  );
  const headers = {
    'wechatpay-timestamp': String(timestamp),
    'wechatpay-nonce': nonce,
    'wechatpay-serial': PUBLIC_KEY_ID,
    'wechatpay-signature': signature,
  };
  const check = (rawBody: string) =>
    findSignatureProblem({ headers, rawBody: Buffer.from(rawBody), keys, now: clock.now() });
  expect(check(body)).toBeUndefined();
  expect(check(`${body} `)).toBe('bad_signature');
});

it('the other implementation accepts the requests we sign', async () => {
  const server = await startServer((_, response) => answerSigned(response, 200, paidOrder));
  const pay = createWeChatPay({
    merchant,
    verificationKeys: keys,
    baseUrl: server.origin,
    clock,
    log: silentLog,
  });
  await pay.queryOrder('TC20221119a7Kp2mQ9');
  await server.close();
  const [request] = server.received;
  const field = (name: string) =>
    new RegExp(`${name}="([^"]*)"`).exec(request?.headers.authorization ?? '')?.[1] ?? '';
  const message = Formatter.request(
    'GET',
    request?.url ?? '',
    field('timestamp'),
    field('nonce_str'),
    request?.body,
  );
  const certificate = Rsa.from(merchantSigner.certificatePem, Rsa.KEY_TYPE_PUBLIC);
  expect(Rsa.verify(message, field('signature'), certificate)).toBe(true);
});

it('the other implementation accepts our payment parameters', () => {
  const pay = createWeChatPay({ merchant, verificationKeys: keys, clock, log: silentLog });
  const { timeStamp, nonceStr, package: packed, paySign } = pay.paymentParameters('wx2014');
  const message = Formatter.joinedByLineFeed(merchant.appid, timeStamp, nonceStr, packed);
  const certificate = Rsa.from(merchantSigner.certificatePem, Rsa.KEY_TYPE_PUBLIC);
  expect(Rsa.verify(message, paySign, certificate)).toBe(true);
});

it('we open what the other implementation encrypts, and the other way round', () => {
  const plaintext = JSON.stringify(paidOrder);
  const ciphertext = Aes.AesGcm.encrypt(plaintext, API_V3_KEY, '0123456789ab', 'transaction');
  const resource = {
    algorithm: 'AEAD_AES_256_GCM' as const,
    ciphertext,
    associated_data: 'transaction',
    nonce: '0123456789ab',
  };
  expect(decryptResource({ resource, apiV3Key: API_V3_KEY }).toString()).toBe(plaintext);

  const ours = encrypted(plaintext, '');
  expect(Aes.AesGcm.decrypt(ours.ciphertext, API_V3_KEY, ours.nonce, '')).toBe(plaintext);
});

it('a full client of the other implementation accepts the answers these tests are made of', async () => {
  // It compares WeChat's time with the system's, not with our clock.
  const secondsLate = now() - Math.floor(Date.now() / 1000);
  const server = await startServer((_, response) => answerSigned(response, 200, paidOrder, { secondsLate }));
  const other = new Wechatpay({
    mchid: merchant.mchid,
    serial: merchant.serialNo,
    privateKey: merchant.privateKeyPem,
    certs: { [platformSigner.serial]: platformSigner.certificatePem },
    baseURL: server.origin,
  });
  const answer = await other.v3?.pay?.transactions?.outTradeNo?._out_trade_no_?.get?.({
    params: { mchid: merchant.mchid },
    out_trade_no: 'TC20221119a7Kp2mQ9',
  });
  await server.close();
  expect(answer?.data).toEqual(paidOrder);
});
