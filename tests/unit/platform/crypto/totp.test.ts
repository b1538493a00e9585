import { createHmac } from 'node:crypto';
import { newTotpSecret, stepsThatCount, totpStep, totpUri } from '../../../../server/platform/crypto/totp';
import { decodeBase32, encodeBase32 } from '../../../../shared/domain/base32';

/** RFC 6238, appendix B: the secret "12345678901234567890", SHA-1. Six digits are the last six of its eight. */
const RFC_SECRET = encodeBase32(Buffer.from('12345678901234567890'));
const RFC_VECTORS = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const;

const at = (seconds: number) => new Date(seconds * 1000);

describe('codes of an authenticator', () => {
  it.each(RFC_VECTORS)('are those of RFC 6238 at %d s', (seconds, eight) => {
    expect(totpStep(RFC_SECRET, eight.slice(-6), at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('count in their half-minute, the one before and the one after', () => {
    const code = '287082';
    const steps = [0, 30, 59, 89, 90, 120].map((seconds) => totpStep(RFC_SECRET, code, at(seconds)));
    expect(steps).toEqual([1, 1, 1, 1, null, null]);
    expect(stepsThatCount(at(59))).toEqual({ first: 0, last: 2 });
  });

  it.each(['', '28708', '2870820', '287081', 'abcdef', '２８７０８２'])('are none of ours: %p', (code) => {
    expect(totpStep(RFC_SECRET, code, at(59))).toBeNull();
  });
});

describe('a new secret', () => {
  it('has 160 bits and is another every time', () => {
    const secrets = Array.from({ length: 50 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) expect(decodeBase32(secret)).toHaveLength(20);
  });

  it('reaches an app by an address that says everything the app needs', () => {
    const uri = new URL(totpUri(RFC_SECRET, { issuer: '图采预约', account: 'finance1' }));
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.host).toBe('totp');
    expect(decodeURIComponent(uri.pathname)).toBe('/图采预约:finance1');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: '图采预约',
      secret: RFC_SECRET,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });

  it('gives the codes that an app computes from it', () => {
    const secret = newTotpSecret();
    const now = at(1_668_477_600);
    expect(totpStep(secret, appCode(secret, now), now)).toBe(Math.floor(1_668_477_600 / 30));
  });
});

/** RFC 4226, 5.3, as an app would write it. */
function appCode(secret: string, now: Date): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 30_000)));
  const hash = createHmac('sha1', decodeBase32(secret) ?? Buffer.alloc(0))
    .update(counter)
    .digest();
  const offset = hash.readUInt8(19) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
