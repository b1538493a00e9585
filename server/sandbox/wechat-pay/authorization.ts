import { createVerify } from 'node:crypto';
import type { DemoClock } from '../clock/demo-clock';
import type { Credentials, Merchant } from '../credentials/credentials';
import { publicKeyOf } from '../credentials/keys';
import { payErrors } from './errors';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const TOLERANCE_S = 300;

export interface SignedRequest {
  method: string;
  /** Path and query exactly as sent. */
  url: string;
  authorization: string | undefined;
  rawBody: Buffer;
}

/**
 * The time where the caller is, ms. A caller may live by the demo clock or by this machine's, as
 * client libraries do; it is answered in its own time, so that its check of the answer's timestamp
 * means something.
 */
export function callerTime(authorization: string | undefined, clock: DemoClock): number {
  const timestamp = /timestamp="(\d+)"/.exec(authorization ?? '')?.[1] ?? '';
  const times = [clock.nowMs(), Date.now()];
  return times.find((nowMs) => isCurrent(timestamp, nowMs)) ?? clock.nowMs();
}

/**
 * The merchant that signed a request.
 *
 * @throws PayError 401 SIGN_ERROR for a missing, stale, foreign or wrong signature
 */
export function authenticate(request: SignedRequest, credentials: Credentials, clock: DemoClock): Merchant {
  const given = parse(request.authorization);
  const merchant = credentials.merchant(given.mchid);
  if (!merchant) throw payErrors.signError('商户号不存在', { field: 'mchid', location: 'authorization' });
  if (given.serial_no.toUpperCase() !== merchant.certificate.serial) {
    throw payErrors.signError('商户证书序列号有误', { field: 'serial_no', location: 'authorization' });
  }
  if (!isCurrent(given.timestamp, callerTime(request.authorization, clock))) {
    throw payErrors.signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', {
      field: 'timestamp',
      location: 'authorization',
    });
  }
  const message = Buffer.concat([
    Buffer.from(`${request.method}\n${request.url}\n${given.timestamp}\n${given.nonce_str}\n`),
    request.rawBody,
    Buffer.from('\n'),
  ]);
  const verifier = createVerify('RSA-SHA256').update(message);
  if (!verifier.verify(publicKeyOf(merchant.keys.publicKey), given.signature, 'base64')) {
    throw payErrors.signError('错误的签名，导致验签失败', {
      field: 'signature',
      issue: 'sign not match',
      location: 'authorization',
      sign_information: { method: request.method, url: request.url, sign_message_length: message.length },
    });
  }
  return merchant;
}

const PARTS = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'] as const;
type Parts = Record<(typeof PARTS)[number], string>;

function parse(header: string | undefined): Parts {
  if (header === undefined) throw payErrors.signError('Http头缺少Authorization');
  if (!header.startsWith(`${SCHEME} `)) throw payErrors.signError('Http头Authorization认证类型不正确');
  const found = new Map(
    [...header.slice(SCHEME.length).matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  const part = (name: (typeof PARTS)[number]) => {
    const value = found.get(name);
    if (!value) throw payErrors.signError(`Http头Authorization缺少${name}`);
    return value;
  };
  return {
    mchid: part('mchid'),
    nonce_str: part('nonce_str'),
    timestamp: part('timestamp'),
    serial_no: part('serial_no'),
    signature: part('signature'),
  };
}

function isCurrent(timestamp: string, nowMs: number): boolean {
  return /^\d+$/.test(timestamp) && Math.abs(nowMs / 1000 - Number(timestamp)) <= TOLERANCE_S;
}
