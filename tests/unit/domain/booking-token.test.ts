import fc from 'fast-check';
import { encode } from 'uqr';
import { serverKeyPair } from '../../../server/platform/crypto/ed25519';
import { decodeBase32, encodeBase32 } from '../../../shared/domain/base32';
import {
  type BookingTokenFields,
  nextRotation,
  readBookingToken,
  signBookingToken,
  verifyBookingToken,
} from '../../../shared/domain/booking-token';
import { phoneKeyPair, phoneVerifier } from '../../../shared/domain/ed25519';

const SEED = new Uint8Array(32).fill(7);
const { publicKey, sign } = phoneKeyPair(SEED);
const keys = { 3: phoneVerifier(publicKey) };
const issuedAt = new Date('2022-11-19T01:05:00Z');
const rotating: BookingTokenFields = {
  kind: 'rotating',
  keyId: 3,
  campaignId: '0123456789abcdef01234567',
  bookingId: 'fedcba9876543210fedcba98',
  issuedAt,
};
const ofTheDay: BookingTokenFields = {
  kind: 'static',
  keyId: 3,
  campaignId: rotating.campaignId,
  bookingId: rotating.bookingId,
  day: '2022-11-19',
};
const secondsLater = (seconds: number) => new Date(issuedAt.getTime() + seconds * 1000);

describe('a rotating booking code', () => {
  const text = signBookingToken(rotating, sign);

  it('gives back what was signed', () => {
    expect(verifyBookingToken(text, keys, issuedAt)).toEqual({ ok: true, fields: rotating });
    expect(readBookingToken(text)).toEqual({ ok: true, fields: rotating });
  });

  it.each([
    [-31, 'expired'],
    [-30, 'ok'],
    [0, 'ok'],
    [59, 'ok'],
    [60, 'expired'],
  ])('issued at a step boundary is, %i seconds later, %s', (seconds, outcome) => {
    const verdict = verifyBookingToken(text, keys, secondsLater(seconds));
    expect(verdict.ok ? 'ok' : verdict.reason).toBe(outcome);
  });

  it('holds longer where the caller allows more steps', () => {
    expect(verifyBookingToken(text, keys, secondsLater(149), { toleranceSteps: 4 }).ok).toBe(true);
    expect(verifyBookingToken(text, keys, secondsLater(150), { toleranceSteps: 4 }).ok).toBe(false);
  });

  it('still names its booking when expired, so that staff see whose it is', () => {
    const verdict = verifyBookingToken(text, keys, secondsLater(600));
    expect(verdict).toEqual({ ok: false, reason: 'expired', fields: rotating });
  });

  it('is to be redrawn at the next half minute', () => {
    expect(nextRotation(secondsLater(0))).toEqual(secondsLater(30));
    expect(nextRotation(secondsLater(29))).toEqual(secondsLater(30));
  });
});

describe('a static booking code', () => {
  const text = signBookingToken(ofTheDay, sign);

  it.each([
    ['2022-11-18T15:59:59Z', false],
    ['2022-11-18T16:00:00Z', true],
    ['2022-11-19T15:59:59Z', true],
    ['2022-11-19T16:00:00Z', false],
  ])('at %s (its day is 2022-11-19 in Shanghai): valid %s', (now, valid) => {
    const verdict = verifyBookingToken(text, keys, new Date(now));
    expect(verdict).toEqual(
      valid ? { ok: true, fields: ofTheDay } : { ok: false, reason: 'expired', fields: ofTheDay },
    );
  });
});

describe('a code that must not pass', () => {
  const text = signBookingToken(rotating, sign);

  it('is forged when a letter is changed in any of its fields or in the signature', () => {
    for (const place of [3, 4, 6, 15, 24, 30, 44, 46, 50, 53, 100, 153]) {
      const letter = text.charAt(place) === 'A' ? 'B' : 'A';
      const verdict = verifyBookingToken(
        text.slice(0, place) + letter + text.slice(place + 1),
        keys,
        issuedAt,
      );
      expect(verdict.ok).toBe(false);
    }
  });

  it('is forged when signed with a key of somebody else', () => {
    const stranger = phoneKeyPair(new Uint8Array(32).fill(8));
    const verdict = verifyBookingToken(signBookingToken(rotating, stranger.sign), keys, issuedAt);
    expect(verdict).toEqual({ ok: false, reason: 'forged', claimed: rotating });
  });

  it('is forged when a static code is passed off as a rotating one', () => {
    const bytes = decodeBase32(signBookingToken(ofTheDay, sign).slice(3)) ?? new Uint8Array();
    bytes[0] = 0;
    const verdict = verifyBookingToken(`TC1${encodeBase32(bytes)}`, keys, issuedAt);
    expect(verdict).toMatchObject({ ok: false, reason: 'forged' });
  });

  it('has an unknown key when this device has not fetched it', () => {
    const verdict = verifyBookingToken(text, {}, issuedAt);
    expect(verdict).toEqual({ ok: false, reason: 'unknown_key', claimed: rotating });
  });

  it.each(['', 'TC1', 'https://example.edu.cn/', '130123456789012345', text.slice(0, -1), `${text}A`])(
    'is not ours: %s',
    (foreign) =>
      expect(verifyBookingToken(foreign, keys, issuedAt)).toEqual({ ok: false, reason: 'not_ours' }),
  );

  it('never throws, whatever is scanned', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((rest) => `TC1${rest}`),
        ),
        (scanned) => {
          expect(verifyBookingToken(scanned, keys, issuedAt).ok).toBe(false);
        },
      ),
    );
  });
});

describe('the text of a code', () => {
  const text = signBookingToken(rotating, sign);

  it('fits QR version 6 at level M, in alphanumeric mode', () => {
    expect(text).toMatch(/^TC1[A-Z2-7]{151}$/);
    expect(encode(text, { ecc: 'M' }).version).toBe(6);
  });

  it('survives a keyboard scanner that lost the shift key and added a line end', () => {
    expect(verifyBookingToken(`${text.toLowerCase()}\r\n`, keys, issuedAt).ok).toBe(true);
  });

  it('is the same whether a phone or the server signs, and each accepts the other', () => {
    const server = serverKeyPair(SEED);
    expect(server.publicKey).toEqual(publicKey);
    expect(signBookingToken(rotating, server.sign)).toBe(text);
    expect(verifyBookingToken(text, { 3: server.verify }, issuedAt).ok).toBe(true);
    const forged = signBookingToken(rotating, phoneKeyPair(new Uint8Array(32).fill(8)).sign);
    expect(verifyBookingToken(forged, { 3: server.verify }, issuedAt).ok).toBe(false);
  });

  it.each([
    ['a key id', { ...rotating, keyId: 256 }],
    ['a booking id', { ...rotating, bookingId: 'short' }],
    ['an instant', { ...rotating, issuedAt: new Date(Number.NaN) }],
    ['a day', { ...ofTheDay, day: 'today' }],
  ])('cannot be made from %s that does not fit', (_, fields) => {
    expect(() => signBookingToken(fields, sign)).toThrow(RangeError);
  });

  it('is the same for every field after a round trip', () => {
    const id = fc
      .uint8Array({ minLength: 12, maxLength: 12 })
      .map((bytes) => Buffer.from(bytes).toString('hex'));
    fc.assert(
      fc.property(id, id, fc.integer({ min: 0, max: 0xffffffff }), (campaignId, bookingId, seconds) => {
        const fields = { ...rotating, campaignId, bookingId, issuedAt: new Date(seconds * 1000) };
        expect(readBookingToken(signBookingToken(fields, sign))).toEqual({ ok: true, fields });
      }),
      { numRuns: 5 },
    );
  });
});

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes %j as RFC 4648 does', (plain, coded) => {
    expect(encodeBase32(new TextEncoder().encode(plain))).toBe(coded);
    expect(new TextDecoder().decode(decodeBase32(coded))).toBe(plain);
  });

  it.each(['M', 'MZ1', 'MZ', 'MZXW6A'])(
    'refuses %s: a foreign letter, a stray bit or an impossible length',
    (text) => {
      expect(decodeBase32(text)).toBeUndefined();
    },
  );
});
