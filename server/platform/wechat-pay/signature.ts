import { verify } from 'node:crypto';
import type { VerificationKeys } from './verification-keys';

/** Why an answer or a callback is not provably WeChat's, just now. */
export type SignatureProblem = 'malformed' | 'probe' | 'stale' | 'unknown_serial' | 'bad_signature';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** WeChat sends wrongly signed requests on purpose, to see whether we check. */
const PROBE = 'WECHATPAY/SIGNTEST/';
const TOLERANCE_SECONDS = 300;

/**
 * Checks WeChat's signature over `timestamp\nnonce\nbody\n` on the bytes as they came.
 *
 * @param headers lower-case names, as Node and undici give them
 * @param now     must lie within 300 s of WeChat's timestamp
 * @returns undefined when the signature holds
 */
export function findSignatureProblem(signed: {
  headers: Headers;
  rawBody: Uint8Array;
  keys: VerificationKeys;
  now: Date;
}): SignatureProblem | undefined {
  const { headers, rawBody, keys, now } = signed;
  const timestamp = headers['wechatpay-timestamp'];
  const nonce = headers['wechatpay-nonce'];
  const serial = headers['wechatpay-serial'];
  const signature = headers['wechatpay-signature'];

  // A header sent twice arrives as an array: not WeChat's way, and not one to guess about.
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return 'malformed';
  if (typeof nonce !== 'string' || typeof serial !== 'string' || typeof signature !== 'string') {
    return 'malformed';
  }
  if (signature.startsWith(PROBE)) return 'probe';
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) >= TOLERANCE_SECONDS) return 'stale';

  const key = keys.find(serial);
  if (!key) return 'unknown_serial';
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), rawBody, Buffer.from('\n')]);
  return verify('RSA-SHA256', message, key, Buffer.from(signature, 'base64')) ? undefined : 'bad_signature';
}
