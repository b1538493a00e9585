import { Secret, TOTP } from 'otpauth';

/** What every authenticator app understands (RFC 6238, Key URI Format): SHA-1, six digits, half a minute. */
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** 160 bits: RFC 4226 (4, R6). */
const SECRET_BYTES = 20;
/** A phone's clock is off by some seconds, and typing takes some: one step back or ahead (RFC 6238, 5.2). */
const WINDOW = 1;

/** The library compares bytes, and throws when what it compares is longer in bytes than in characters. */
const SIX_DIGITS = /^[0-9]{6}$/;

/** Seconds that a code is shown. */
export const CODE_SECONDS = SETTINGS.period;

/** A new secret in base32, as it can be typed into an authenticator app. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** The address that an authenticator app reads from a QR. @param account how the app calls it */
export const totpUri = (secret: string, { issuer, account }: { issuer: string; account: string }): string =>
  new TOTP({ ...SETTINGS, issuer, label: account, secret: Secret.fromBase32(secret) }).toString();

/**
 * Which half-minute a code belongs to: the number of steps since 1970.
 *
 * @returns null when it is none of those that count at `now`
 */
export function totpStep(secret: string, code: string, now: Date): number | null {
  if (!SIX_DIGITS.test(code)) return null;
  const totp = new TOTP({ ...SETTINGS, secret: Secret.fromBase32(secret) });
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

/** The steps whose codes count at `now`. */
export function stepsThatCount(now: Date): { first: number; last: number } {
  const step = Math.floor(now.getTime() / (CODE_SECONDS * 1000));
  return { first: step - WINDOW, last: step + WINDOW };
}
