import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { SettingError } from '../crypto/settings';

/**
 * One key WeChat Pay signs with: a platform certificate under its serial number (hexadecimal), or a WeChat Pay
 * public key (微信支付公钥) under its id (PUB_KEY_ID_…). New merchants get only the latter.
 */
export interface VerificationKey {
  serial: string;
  /** A certificate or a public key, as downloaded. */
  pem: string;
}

/** Several at once, because WeChat signs with the old and the new one while they change. */
export interface VerificationKeys {
  find(serial: string): KeyObject | undefined;
  /** Takes effect with the next answer or callback. @throws SettingError and keeps the former keys */
  replace(keys: readonly VerificationKey[]): void;
  /**
   * The public key that requests announce in `Wechatpay-Serial`, so that WeChat signs its answers with it.
   * None in certificate mode.
   */
  announcedSerial(): string | undefined;
  /** What sensitive fields are encrypted with: the announced public key, else the first certificate's. */
  encryption(): { serial: string; key: KeyObject };
}

const PUBLIC_KEY_ID = /^PUB_KEY_ID_\d+$/;
const MIN_RSA_BITS = 2048;

/** Those of some serials that name a public key. */
export const publicKeyIds = (serials: readonly string[]): string[] =>
  serials.filter((serial) => PUBLIC_KEY_ID.test(serial));

/** @throws SettingError naming the key that cannot be used */
export function createVerificationKeys(
  keys: readonly VerificationKey[],
  setting = 'verificationKeys',
): VerificationKeys {
  let bySerial = load(keys, setting);
  const ids = () => publicKeyIds([...bySerial.keys()]);

  return {
    find: (serial) => bySerial.get(normalised(serial)),
    replace(next) {
      bySerial = load(next, setting);
    },
    announcedSerial: () => ids()[0],
    encryption() {
      const [first] = [...ids(), ...bySerial.keys()];
      const key = first === undefined ? undefined : bySerial.get(first);
      if (first === undefined || !key) throw new SettingError(setting, 'is empty');
      return { serial: first, key };
    },
  };
}

function load(keys: readonly VerificationKey[], setting: string): Map<string, KeyObject> {
  if (keys.length === 0) throw new SettingError(setting, 'needs at least one certificate or public key');
  const bySerial = new Map<string, KeyObject>();
  for (const { serial, pem } of keys) {
    const name = `${setting}[${serial}]`;
    const key = PUBLIC_KEY_ID.test(serial) ? publicKeyIn(name, pem) : certifiedKey(name, serial, pem);
    if (key.asymmetricKeyType !== 'rsa' || bitsOf(key) < MIN_RSA_BITS) {
      throw new SettingError(name, 'must be an RSA key of at least 2048 bits');
    }
    bySerial.set(normalised(serial), key);
  }
  return bySerial;
}

/** `createPublicKey` would also derive a public key from a private one: that is not what WeChat hands out. */
function publicKeyIn(setting: string, pem: string): KeyObject {
  if (!pem.includes('PUBLIC KEY-----')) throw new SettingError(setting, 'is not a public key in PEM');
  try {
    return createPublicKey(pem);
  } catch {
    throw new SettingError(setting, 'is not a public key in PEM');
  }
}

function certifiedKey(setting: string, serial: string, pem: string): KeyObject {
  const certificate = parseCertificate(setting, pem);
  if (certificate.serialNumber !== normalised(serial)) {
    throw new SettingError(setting, `the certificate has the serial number ${certificate.serialNumber}`);
  }
  return certificate.publicKey;
}

/** @throws SettingError */
export function parseCertificate(setting: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new SettingError(setting, 'is not an X.509 certificate in PEM');
  }
}

export const bitsOf = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0;

const normalised = (serial: string) => serial.toUpperCase();
