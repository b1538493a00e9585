import { sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Credentials, Merchant } from '../credentials/credentials';
import { privateKeyOf } from '../credentials/keys';
import type { Fault } from '../faults/faults';
import { randomHex, randomText } from '../random';

export interface SignatureHeaders {
  'Wechatpay-Timestamp': string;
  'Wechatpay-Nonce': string;
  'Wechatpay-Signature': string;
  'Wechatpay-Serial': string;
  'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048';
}

interface SigningKey {
  serial: string;
  /** PEM */
  privateKey: string;
}

const STALE_S = 601;

/** In a thread of its own: a signature takes longer than all the rest of an answer. */
const signApart = promisify(sign);

/**
 * The key that signs for a merchant.
 *
 * @param asked the request's Wechatpay-Serial: the merchant says which of the two keys it holds
 */
export function signingKey(merchant: Merchant, credentials: Credentials, asked?: string): SigningKey {
  const byPublicKey = { serial: merchant.publicKeyId, privateKey: merchant.publicKeys.privateKey };
  const { certificate, keys } = credentials.platform;
  const byCertificate = { serial: certificate.serial, privateKey: keys.privateKey };
  if (asked === byPublicKey.serial) return byPublicKey;
  if (asked === byCertificate.serial) return byCertificate;
  return merchant.signsWith === 'public-key' ? byPublicKey : byCertificate;
}

/** Signs a body the way WeChat Pay signs answers and callbacks, spoilt as `fault` asks. */
export async function signBody(
  body: Buffer,
  key: SigningKey,
  nowMs: number,
  fault?: Fault,
): Promise<SignatureHeaders> {
  const stale = fault?.kind === 'stale-timestamp' ? STALE_S : 0;
  const timestamp = String(Math.floor(nowMs / 1000) - stale);
  const nonce = randomText(32);
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
  const signed = await signApart('RSA-SHA256', message, privateKeyOf(key.privateKey));
  const signature = signed.toString('base64');
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': spoilSignature(signature, fault),
    'Wechatpay-Serial': fault?.kind === 'unknown-serial' ? randomHex(20).toUpperCase() : key.serial,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

function spoilSignature(signature: string, fault: Fault | undefined): string {
  if (fault?.kind === 'signtest') return `WECHATPAY/SIGNTEST/${signature}`;
  if (fault?.kind !== 'tamper-signature') return signature;
  const bytes = Buffer.from(signature, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}
