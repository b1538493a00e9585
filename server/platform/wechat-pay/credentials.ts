import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../clock';
import { SettingError } from '../crypto/settings';
import { bitsOf, parseCertificate } from './verification-keys';

/** A merchant account (商户) as its owner configures it. */
export interface MerchantCredentials {
  mchid: string;
  appid: string;
  /** APIv3 key: 32 ASCII characters, decrypts callbacks. */
  apiV3Key: string;
  /** Serial number of the merchant certificate, hexadecimal. */
  serialNo: string;
  privateKeyPem: string;
  certificatePem: string;
}

const MIN_RSA_BITS = 2048;

/**
 * Finds what would otherwise show as SIGN_ERROR at the first payment of the day.
 *
 * @throws SettingError naming the setting
 */
export function checkCredentials(merchant: MerchantCredentials, clock: Clock): void {
  const { certificate, refusal } = checkForm(merchant);
  if (new Date(certificate.validTo) < clock.now()) {
    throw refusal('certificatePem', `expired on ${certificate.validTo}`);
  }
}

/**
 * The same without the certificate's age, which grows while the service runs.
 *
 * @throws SettingError naming the setting
 */
export function checkForm(merchant: MerchantCredentials) {
  const refusal = (field: keyof MerchantCredentials, problem: string) =>
    new SettingError(`merchant ${merchant.mchid}: ${field}`, problem);
  if (!/^\d{8,32}$/.test(merchant.mchid)) throw refusal('mchid', 'must be 8–32 digits');
  if (!/^wx[0-9a-zA-Z]{1,30}$/.test(merchant.appid)) throw refusal('appid', 'must begin with "wx"');
  if (!/^[\x21-\x7e]{32}$/.test(merchant.apiV3Key)) throw refusal('apiV3Key', 'must be 32 ASCII characters');

  const privateKey = parsePrivateKey(merchant.privateKeyPem);
  if (!privateKey) throw refusal('privateKeyPem', 'is not a private key in PEM');
  if (privateKey.asymmetricKeyType !== 'rsa' || bitsOf(privateKey) < MIN_RSA_BITS) {
    throw refusal('privateKeyPem', 'must be an RSA key of at least 2048 bits');
  }

  const certificate = parseCertificate(`merchant ${merchant.mchid}: certificatePem`, merchant.certificatePem);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw refusal('certificatePem', 'does not belong to privateKeyPem');
  }
  if (certificate.serialNumber !== merchant.serialNo.toUpperCase()) {
    throw refusal('serialNo', `the certificate has the serial number ${certificate.serialNumber}`);
  }
  return { certificate, refusal };
}

function parsePrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
