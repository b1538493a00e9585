import { signBookingToken } from '../../../shared/domain/booking-token';
import { phoneKeyPair, phoneVerifier } from '../../../shared/domain/ed25519';
import { readScannedText } from '../../../shared/domain/scanned-text';
import { SCAN_REASONS, verdictWords } from '../../../shared/domain/verdicts';

describe('the words of a verdict', () => {
  it.each(SCAN_REASONS)(
    '%s: a title of at most six characters, something to say and something to do',
    (reason) => {
      const { title, say, next, tone } = verdictWords(reason);
      expect(title).toMatch(/^[\u4e00-\u9fff]{2,6}$/);
      expect(say).toMatch(/。$/);
      expect(say).not.toMatch(/undefined|（）/);
      expect(next.length).toBeGreaterThan(3);
      expect(['green', 'amber', 'red']).toContain(tone);
    },
  );

  it('have titles of their own, and only one is green', () => {
    expect(new Set(SCAN_REASONS.map((reason) => verdictWords(reason).title)).size).toBe(SCAN_REASONS.length);
    expect(SCAN_REASONS.filter((reason) => verdictWords(reason).tone === 'green')).toEqual(['ok']);
  });

  it('name time and room where they are known', () => {
    const session = { day: '11月19日', room: 'C区202', startsAt: '9:10', endsAt: '9:30' };
    expect(verdictWords('early', { session, lineUpAt: '8:55' }).say).toContain('8:55');
    expect(verdictWords('wrong_room', { session }).say).toContain('C区202');
    expect(verdictWords('wrong_day', { session }).say).toContain('11月19日');
    const arrival = { time: '9:12', room: 'C区204' };
    expect(verdictWords('already_arrived', { arrival }).say).toMatch(/9:12.*C区204/);
  });
});

describe('a scanned text', () => {
  const pair = phoneKeyPair(new Uint8Array(32).fill(1));
  const now = new Date('2022-11-19T01:05:00Z');
  const fields = {
    kind: 'rotating',
    keyId: 1,
    campaignId: '0123456789abcdef01234567',
    bookingId: 'fedcba9876543210fedcba98',
    issuedAt: now,
  } as const;
  const code = signBookingToken(fields, pair.sign);
  const read = (text: string, keys = { 1: phoneVerifier(pair.publicKey) }, at = now) =>
    readScannedText(text, keys, at);

  it('is a booking', () => expect(read(code)).toEqual({ kind: 'booking', fields }));

  it('is an expired code that still tells whose it was', () => {
    const later = new Date(now.getTime() + 3_600_000);
    expect(read(code, undefined, later)).toEqual({ kind: 'refused', reason: 'expired_code', fields });
  });

  it('is forged under a strange key, and tells nothing', () => {
    const stranger = phoneKeyPair(new Uint8Array(32).fill(2));
    expect(read(code, { 1: phoneVerifier(stranger.publicKey) })).toEqual({
      kind: 'refused',
      reason: 'forged',
    });
  });

  it.each([
    ['a foreign letter in it', code.replace(/.$/, '!')],
    ['a last letter with bits that no code has', `${code.slice(0, -1)}${code.endsWith('B') ? 'D' : 'B'}`],
    ['a letter lost', code.slice(0, -1)],
    ['a letter twice, typed in lower case', `${code}a`.toLowerCase()],
    ['a kind that does not exist', code.replace(/^TC1A/, 'TC17')],
  ])('is forged, not a collection code, with %s', (_, text) =>
    expect(read(text)).toEqual({ kind: 'refused', reason: 'forged' }),
  );

  it('is a collection code when it only begins like a booking', () =>
    expect(read(`TC1${'A'.repeat(40)}`)).toEqual({ kind: 'refused', reason: 'collection_code' }));

  it.each([
    ['11010519491231002x', { kind: 'document_number', number: '11010519491231002X' }],
    ['2019310123', { kind: 'student_no', studentNo: '2019310123' }],
    ['130123456789012345', { kind: 'refused', reason: 'payment_code' }],
    ['Zk3+f9QmWc7/xY0aBcDeFgHiJkLm==', { kind: 'refused', reason: 'collection_code' }],
    ['https://example.edu.cn/', { kind: 'refused', reason: 'other_code' }],
  ])('%s is %j', (text, expected) => expect(read(text)).toEqual(expected));
});
