import { createWeChatPay } from '../../../../server/platform/wechat-pay/client';
import type { MerchantCredentials } from '../../../../server/platform/wechat-pay/credentials';
import { createVerificationKeys } from '../../../../server/platform/wechat-pay/verification-keys';
import {
  certificateKey,
  clock,
  makeSigner,
  merchant,
  merchantSigner,
  PUBLIC_KEY_ID,
  platformSigner,
  publicKey,
  silentLog,
} from '../support/wechat-pay-world';

const other = makeSigner('7f1b2c3d4e5f60718293a4b5c6d7e8f901234567');

describe('verification keys', () => {
  it('serve certificates and public keys at once', () => {
    const keys = createVerificationKeys([certificateKey, publicKey]);
    expect(keys.find(certificateKey.serial)).toBeDefined();
    expect(keys.find(certificateKey.serial.toLowerCase())).toBeDefined();
    expect(keys.find(PUBLIC_KEY_ID)).toBeDefined();
    expect(keys.find('PUB_KEY_ID_1')).toBeUndefined();
  });

  it('announce the public key, and nothing in certificate mode', () => {
    expect(createVerificationKeys([certificateKey, publicKey]).announcedSerial()).toBe(PUBLIC_KEY_ID);
    expect(createVerificationKeys([certificateKey]).announcedSerial()).toBeUndefined();
  });

  it('encrypt for the announced public key, else for the first certificate', () => {
    expect(createVerificationKeys([certificateKey, publicKey]).encryption().serial).toBe(PUBLIC_KEY_ID);
    expect(createVerificationKeys([certificateKey]).encryption().serial).toBe(certificateKey.serial);
  });

  it('are replaced while running', () => {
    const keys = createVerificationKeys([certificateKey]);
    keys.replace([publicKey]);
    expect(keys.find(certificateKey.serial)).toBeUndefined();
    expect(keys.find(PUBLIC_KEY_ID)).toBeDefined();
  });

  it('stay as they were when the replacement is wrong', () => {
    const keys = createVerificationKeys([certificateKey]);
    expect(() => keys.replace([{ serial: PUBLIC_KEY_ID, pem: 'nonsense' }])).toThrow(PUBLIC_KEY_ID);
    expect(keys.find(certificateKey.serial)).toBeDefined();
  });

  it.each([
    ['needs at least one', []],
    ['is not an X.509 certificate', [{ serial: certificateKey.serial, pem: platformSigner.publicKeyPem }]],
    ['the certificate has the serial number', [{ serial: other.serial, pem: certificateKey.pem }]],
    ['is not a public key', [{ serial: PUBLIC_KEY_ID, pem: certificateKey.pem }]],
    ['is not a public key', [{ serial: PUBLIC_KEY_ID, pem: platformSigner.privateKeyPem }]],
    ['at least 2048 bits', [{ serial: PUBLIC_KEY_ID, pem: makeSigner('01', 1024).publicKeyPem }]],
  ])('refuse what cannot be one: %s', (problem, wrong) => {
    expect(() => createVerificationKeys(wrong)).toThrow(problem);
  });
});

describe('merchant credentials', () => {
  const create =
    (changed: Partial<MerchantCredentials>, now = clock) =>
    () =>
      createWeChatPay({
        merchant: { ...merchant, ...changed },
        verificationKeys: createVerificationKeys([publicKey]),
        clock: now,
        log: silentLog,
      });

  it('are accepted when they fit together', () => {
    expect(create({})().mchid).toBe(merchant.mchid);
    expect(create({ serialNo: merchant.serialNo.toLowerCase() })).not.toThrow();
  });

  it.each<[string, Partial<MerchantCredentials>]>([
    ['mchid: must be', { mchid: '19/../' }],
    ['appid: must begin', { appid: 'd678' }],
    ['apiV3Key: must be 32', { apiV3Key: 'short' }],
    ['apiV3Key: must be 32', { apiV3Key: '中'.repeat(32) }],
    ['privateKeyPem: is not a private key', { privateKeyPem: merchantSigner.publicKeyPem }],
    ['privateKeyPem: must be an RSA key', { privateKeyPem: makeSigner('02', 1024).privateKeyPem }],
    ['certificatePem: is not an X.509', { certificatePem: merchantSigner.publicKeyPem }],
    ['certificatePem: does not belong', { privateKeyPem: other.privateKeyPem }],
    ['serialNo: the certificate has', { serialNo: other.serial }],
  ])('are refused by the setting’s name: %s', (problem, changed) => {
    expect(create(changed)).toThrow(problem);
  });

  it('are refused once the certificate has expired', () => {
    expect(create({}, { now: () => new Date('2027-01-02T00:00:00Z') })).toThrow('certificatePem: expired on');
  });

  it('never show their value in the refusal', () => {
    try {
      create({ apiV3Key: 'my-secret-key-which-is-too-short' + 'x' })();
      throw new Error('was accepted');
    } catch (error) {
      expect(String(error)).toContain('apiV3Key');
      expect(String(error)).not.toContain('my-secret');
    }
  });
});

it.each(['ftp://api.mch.weixin.qq.com', 'https://api.mch.weixin.qq.com/v3', 'nonsense'])(
  'refuses a base URL that is no origin: %s',
  (baseUrl) => {
    expect(() =>
      createWeChatPay({
        merchant,
        verificationKeys: createVerificationKeys([publicKey]),
        baseUrl,
        clock,
        log: silentLog,
      }),
    ).toThrow('wechatPay.baseUrl: must be an origin');
  },
);
