import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { DemoClock } from '../clock/demo-clock';
import type { TencentAccount } from '../credentials/credentials';
import { TencentError } from './errors';

const TOLERANCE_S = 300;
const HEADER =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d{2}-\d{2})\/([^/]+)\/tc3_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

export interface Tc3Request {
  method: string;
  path: string;
  querystring: string;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
}

/**
 * Checks a TC3-HMAC-SHA256 signature. A client pointed at 127.0.0.1:PORT takes `127` for the service
 * and signs the host without its port: both are let through, as the real host never meets them.
 *
 * @throws TencentError AuthFailure.*
 */
export function checkTc3(request: Tc3Request, account: TencentAccount, clock: DemoClock): void {
  const match = HEADER.exec(request.headers.authorization ?? '');
  if (!match)
    throw new TencentError('AuthFailure.SignatureFailure', 'The Authorization header is malformed.');
  const [, secretId = '', date = '', service = '', signedHeaders = '', signature = ''] = match;
  if (secretId !== account.secretId) {
    throw new TencentError('AuthFailure.SecretIdNotFound', 'The SecretId is not found.');
  }
  const timestamp = String(request.headers['x-tc-timestamp'] ?? '');
  checkTimestamp(timestamp, date, clock);
  const hosts = hostForms(request.headers.host ?? '');
  if (!['ocr', 'faceid', ...hosts.map((host) => host.split('.')[0])].includes(service)) {
    throw new TencentError('AuthFailure.SignatureFailure', 'The credential scope names another service.');
  }
  const isRight = hosts.some((host) => {
    const canonical = canonicalRequest(request, signedHeaders, host);
    const scope = `${date}/${service}/tc3_request`;
    const text = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
    const key = [date, service, 'tc3_request'].reduce<string | Buffer>(
      (secret, part) => hmac(secret, part),
      `TC3${account.secretKey}`,
    );
    return timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'));
  });
  if (!isRight) {
    throw new TencentError(
      'AuthFailure.SignatureFailure',
      'The provided credentials could not be validated. Please check your signature is correct.',
    );
  }
}

function checkTimestamp(timestamp: string, date: string, clock: DemoClock): void {
  const seconds = Number(timestamp);
  const current = [clock.nowMs(), Date.now()].some(
    (nowMs) => Math.abs(nowMs / 1000 - seconds) <= TOLERANCE_S,
  );
  if (!/^\d+$/.test(timestamp) || !current) {
    throw new TencentError('AuthFailure.SignatureExpire', 'The signature has expired.');
  }
  if (new Date(seconds * 1000).toISOString().slice(0, 10) !== date) {
    throw new TencentError('AuthFailure.SignatureFailure', "The credential date is not the timestamp's.");
  }
}

function hostForms(host: string): string[] {
  return [host, host.replace(/:\d+$/, '')];
}

function canonicalRequest(request: Tc3Request, signedHeaders: string, host: string): string {
  const lines = signedHeaders.split(';').map((name) => {
    const value = name === 'host' ? host : String(request.headers[name] ?? '');
    // Tencent Cloud lower-cases signed values; the official Node SDK does not, and is accepted too.
    return `${name}:${value.trim()}\n`;
  });
  return [
    request.method,
    request.path,
    request.querystring,
    lines.join(''),
    signedHeaders,
    sha256(request.rawBody),
  ].join('\n');
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
