import { decodeBase32, encodeBase32 } from './base32';
import { SIGNATURE_LENGTH, type Sign, type Verify } from './ed25519';
import { atShanghai, type ShanghaiDay, shanghaiDay } from './time';

/**
 * The text of a booking QR: `TC1` + base32 of 94 bytes, so that the QR stays at version 6 (41 × 41) at level M.
 *
 * | bytes | field |
 * |---|---|
 * | 1 | kind: 0 rotating, 1 static |
 * | 1 | id of the signing key |
 * | 12 | campaign id |
 * | 12 | booking id |
 * | 4 | valid from, seconds since 1970, big-endian: the instant of issue, or the midnight that begins the day |
 * | 64 | Ed25519 signature over the 30 bytes before it, prefixed by `TC1` |
 *
 * When a code ends follows from its kind and is not written down. Phones check codes offline, so the signature is
 * made by a private key that only the server has.
 */
export type BookingTokenFields = {
  /** 0–255 */
  keyId: number;
  /** 24 lower-case hexadecimal digits */
  campaignId: string;
  /** 24 lower-case hexadecimal digits */
  bookingId: string;
} & ({ kind: 'rotating'; issuedAt: Date } | { kind: 'static'; day: ShanghaiDay });

export type TokenReading = { ok: true; fields: BookingTokenFields } | { ok: false; reason: 'not_ours' };

export type TokenVerdict =
  | { ok: true; fields: BookingTokenFields }
  | { ok: false; reason: 'not_ours' }
  | { ok: false; reason: 'unknown_key' | 'forged'; claimed: BookingTokenFields }
  | { ok: false; reason: 'expired'; fields: BookingTokenFields };

/** By key id, with the Ed25519 of wherever this runs: `phoneVerifier`, or the server's. */
export type VerifyingKeys = Readonly<Record<number, Verify>>;

const ROTATION_SECONDS = 30;

/**
 * @throws RangeError when a field does not fit the token
 */
export function signBookingToken(fields: BookingTokenFields, sign: Sign): string {
  const body = encodeBody(fields);
  const token = new Uint8Array(TOKEN_LENGTH);
  token.set(body);
  token.set(sign(signedBytes(body)), BODY_LENGTH);
  return PREFIX + encodeBase32(token);
}

/** What a code claims, unverified: to find the booking behind an expired code, never to admit anyone. */
export function readBookingToken(text: string): TokenReading {
  const token = decodeToken(text);
  const fields = token && decodeBody(token);
  return fields ? { ok: true, fields } : { ok: false, reason: 'not_ours' };
}

/** A booking code that was tampered with or read badly: it begins like one and is about as long. */
export function looksLikeBookingToken(text: string): boolean {
  const code = text.slice(0, TEXT_LENGTH * 2).trim();
  const difference = Math.abs(code.length - TEXT_LENGTH);
  return code.toUpperCase().startsWith(PREFIX) && difference <= MISREAD_LETTERS;
}

/**
 * Whether this server signed the code and its time has come. A rotating code holds for its own 30-second step and
 * `toleranceSteps` (1) either way, for clocks that differ; a static code for its day in Shanghai.
 */
export function verifyBookingToken(
  text: string,
  keys: VerifyingKeys,
  now: Date,
  { toleranceSteps = 1 }: { toleranceSteps?: number } = {},
): TokenVerdict {
  const token = decodeToken(text);
  const fields = token && decodeBody(token);
  if (!token || !fields) return { ok: false, reason: 'not_ours' };
  const verify = keys[fields.keyId];
  if (!verify) return { ok: false, reason: 'unknown_key', claimed: fields };
  const signature = token.subarray(BODY_LENGTH);
  if (!verify(signedBytes(token.subarray(0, BODY_LENGTH)), signature))
    return { ok: false, reason: 'forged', claimed: fields };
  return isTimely(fields, now, toleranceSteps)
    ? { ok: true, fields }
    : { ok: false, reason: 'expired', fields };
}

/** When the step of a rotating code began: one code a step, however often a phone asks. */
export function rotationStart(now: Date): Date {
  return new Date(stepOf(now) * ROTATION_SECONDS * 1000);
}

/** The instant until which the phone may show a rotating code before it should draw the next one. */
export function nextRotation(now: Date): Date {
  return new Date((stepOf(now) + 1) * ROTATION_SECONDS * 1000);
}

const PREFIX = 'TC1';
const BODY_LENGTH = 30;
const TOKEN_LENGTH = BODY_LENGTH + SIGNATURE_LENGTH;
const TEXT_LENGTH = PREFIX.length + Math.ceil((TOKEN_LENGTH * 8) / 5);
/** How many letters a keyboard scanner may drop or double. */
const MISREAD_LETTERS = 16;
const KINDS = ['rotating', 'static'] as const;

function decodeToken(text: string): Uint8Array | undefined {
  // A foreign QR can hold three thousand characters: look at the length before anything else.
  const code = text.length > TEXT_LENGTH + 8 ? '' : text.trim().toUpperCase();
  if (code.length !== TEXT_LENGTH || !code.startsWith(PREFIX)) return undefined;
  return decodeBase32(code.slice(PREFIX.length));
}

function encodeBody(fields: BookingTokenFields): Uint8Array {
  const validFrom = fields.kind === 'rotating' ? fields.issuedAt : atShanghai(fields.day);
  const seconds = Math.floor(validFrom.getTime() / 1000);
  if (!Number.isInteger(fields.keyId) || fields.keyId < 0 || fields.keyId > 255) {
    throw new RangeError(`not a key id: ${fields.keyId}`);
  }
  if (!(seconds >= 0 && seconds <= 0xffffffff)) throw new RangeError('not an instant a token can hold');
  const body = new Uint8Array(BODY_LENGTH);
  body[0] = KINDS.indexOf(fields.kind);
  body[1] = fields.keyId;
  body.set(hexToBytes(fields.campaignId), 2);
  body.set(hexToBytes(fields.bookingId), 14);
  new DataView(body.buffer).setUint32(26, seconds);
  return body;
}

function decodeBody(token: Uint8Array): BookingTokenFields | undefined {
  const [kindCode = -1, keyId = 0] = token;
  const kind = KINDS[kindCode];
  const validFrom = new Date(new DataView(token.buffer, token.byteOffset).getUint32(26) * 1000);
  const ids = {
    keyId,
    campaignId: bytesToHex(token.subarray(2, 14)),
    bookingId: bytesToHex(token.subarray(14, 26)),
  };
  if (kind === 'rotating') return { ...ids, kind, issuedAt: validFrom };
  if (kind === 'static') return { ...ids, kind, day: shanghaiDay(validFrom) };
  return undefined;
}

function isTimely(fields: BookingTokenFields, now: Date, toleranceSteps: number): boolean {
  if (fields.kind === 'static') return fields.day === shanghaiDay(now);
  return Math.abs(stepOf(now) - stepOf(fields.issuedAt)) <= toleranceSteps;
}

function stepOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000 / ROTATION_SECONDS);
}

/** The prefix is signed too: a signature made for another format with the same key is no signature here. */
function signedBytes(body: Uint8Array): Uint8Array {
  const message = new Uint8Array(PREFIX.length + BODY_LENGTH);
  for (let index = 0; index < PREFIX.length; index++) message[index] = PREFIX.charCodeAt(index);
  message.set(body, PREFIX.length);
  return message;
}

function hexToBytes(hex: string): Uint8Array {
  if (!/^[0-9a-f]{24}$/.test(hex))
    throw new RangeError(`not an id of 24 hexadecimal digits: ${hex.slice(0, 30)}`);
  return Uint8Array.from({ length: 12 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}

function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
