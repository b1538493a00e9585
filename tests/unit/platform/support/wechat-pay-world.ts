import { createCipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import forge from 'node-forge';
import type { Clock } from '../../../../server/platform/clock';
import type { MerchantCredentials } from '../../../../server/platform/wechat-pay/credentials';
import type { VerificationKey } from '../../../../server/platform/wechat-pay/verification-keys';

/** WeChat Pay's side of the protocol, small and independent of the code under test. */

export interface Signer {
  serial: string;
  privateKeyPem: string;
  publicKeyPem: string;
  certificatePem: string;
}

/** The moment at which these tests play. */
export const NOW = new Date('2022-11-19T01:05:00Z');
export const clock: Clock = { now: () => NOW };
export const API_V3_KEY = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6';

export function makeSigner(serial: string, bits = 2048): Signer {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.serialNumber = serial;
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey);
  certificate.validity.notBefore = new Date('2022-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date('2027-01-01T00:00:00Z');
  certificate.setSubject([{ name: 'commonName', value: serial }]);
  certificate.setIssuer([{ name: 'commonName', value: 'specimen' }]);
  certificate.sign(forge.pki.privateKeyFromPem(pair.privateKey), forge.md.sha256.create());
  return {
    serial: serial.toUpperCase(),
    privateKeyPem: pair.privateKey,
    publicKeyPem: pair.publicKey,
    certificatePem: forge.pki.certificateToPem(certificate),
  };
}

export const merchantSigner = makeSigner('4a1b2c3d4e5f60718293a4b5c6d7e8f901234567');
export const platformSigner = makeSigner('5f1b2c3d4e5f60718293a4b5c6d7e8f901234567');
/** The same key pair handed out in public-key mode. */
export const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000001092022111900000000000001';

export const merchant: MerchantCredentials = {
  mchid: '1900000109',
  appid: 'wxd678efh567hg6787',
  apiV3Key: API_V3_KEY,
  serialNo: merchantSigner.serial,
  privateKeyPem: merchantSigner.privateKeyPem,
  certificatePem: merchantSigner.certificatePem,
};

export const certificateKey: VerificationKey = {
  serial: platformSigner.serial,
  pem: platformSigner.certificatePem,
};
export const publicKey: VerificationKey = { serial: PUBLIC_KEY_ID, pem: platformSigner.publicKeyPem };

export interface SigningChoices {
  serial?: string;
  signer?: Signer;
  secondsLate?: number;
  /** Signs these bytes instead of the body. */
  signedBody?: string;
}

export function signedHeaders(body: string, choices: SigningChoices = {}): Record<string, string> {
  const { signer = platformSigner, serial = signer.serial, secondsLate = 0, signedBody = body } = choices;
  const timestamp = String(Math.floor(NOW.getTime() / 1000) - secondsLate);
  const nonce = randomBytes(16).toString('hex');
  const message = Buffer.from(`${timestamp}\n${nonce}\n${signedBody}\n`);
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': sign('RSA-SHA256', message, signer.privateKeyPem).toString('base64'),
  };
}

export function answerSigned(
  response: ServerResponse,
  status: number,
  value: unknown,
  choices: SigningChoices = {},
): void {
  const body = value === undefined ? '' : JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': '08F1-request',
    ...signedHeaders(body, choices),
  });
  response.end(body);
}

export const answerRefusal = (response: ServerResponse, status: number, code: string, message = '原因') => {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': '08F1-request' });
  response.end(JSON.stringify({ code, message }));
};

export function encrypted(plaintext: string, aad: string, key = API_V3_KEY, nonce = 'fdasflkja484') {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad));
  const bytes = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM' as const,
    ciphertext: bytes.toString('base64'),
    associated_data: aad,
    nonce,
    original_type: 'transaction',
  };
}

export function callbackBody(eventType: string, plaintext: object, aad = 'transaction'): string {
  return JSON.stringify({
    id: 'EV-2018022511223320873',
    create_time: '2022-11-19T09:05:00+08:00',
    event_type: eventType,
    resource_type: 'encrypt-resource',
    summary: '支付成功',
    resource: encrypted(JSON.stringify(plaintext), aad),
  });
}

export const paidOrder = {
  appid: merchant.appid,
  mchid: merchant.mchid,
  out_trade_no: 'TC20221119a7Kp2mQ9',
  transaction_id: '4200001234202211191234567890',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  bank_type: 'CMB_DEBIT',
  attach: '',
  success_time: '2022-11-19T09:04:58+08:00',
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  amount: { total: 3000, payer_total: 2800, currency: 'CNY', payer_currency: 'CNY' },
  promotion_detail: [],
};

export const silentLog = { info: () => undefined, warn: () => undefined };
