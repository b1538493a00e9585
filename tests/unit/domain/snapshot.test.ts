import { signBookingToken } from '../../../shared/domain/booking-token';
import { phoneKeyPair } from '../../../shared/domain/ed25519';
import { judgeOffline, type OfflineScan } from '../../../shared/domain/judge-offline';
import { openSnapshot, sealSnapshot } from '../../../shared/domain/sealed-snapshot';
import type { SnapshotBooking, SnapshotFacts } from '../../../shared/domain/snapshot';

const CAMPAIGN = '0123456789abcdef01234567';
const TOKEN = 'the session token of this phone';
const { publicKey, sign } = phoneKeyPair(new Uint8Array(32).fill(7));
const at = (time: string) => new Date(`2022-11-19T${time}:00+08:00`);
const session = { day: '2022-11-19', room: 'C区202', startsAt: at('09:10'), endsAt: at('09:30') };
const idOf = (number: number) => number.toString(16).padStart(24, 'a');

const booking = (number: number, facts: Partial<SnapshotBooking> = {}): SnapshotBooking => ({
  bookingId: idOf(number),
  studentNo: String(2019310000 + number),
  name: '买**·**',
  className: '计算机科学与技术 2019-2 班',
  session: 0,
  place: 'booked',
  payment: 'paid',
  attendance: 'expected',
  seeOriginal: false,
  refunded: false,
  arrival: null,
  ...facts,
});

const factsOf = (bookings: SnapshotBooking[]): SnapshotFacts => ({
  campaignId: CAMPAIGN,
  takenAt: at('08:00'),
  expiresAt: at('20:00'),
  publicKeys: { 3: publicKey },
  collectionDays: ['2022-11-19'],
  collectionClosed: false,
  lineUpLeadMinutes: 15,
  sessions: [session],
  bookings,
});

const sealed = (bookings: SnapshotBooking[]) =>
  sealSnapshot(factsOf(bookings), TOKEN, new Uint8Array(24).fill(1));

describe('a sealed snapshot', () => {
  const bookings = [
    booking(1),
    booking(2, { attendance: 'arrived', arrival: { at: at('09:01'), room: 'C区203', shotNumber: 12 } }),
    booking(3, { place: 'cancelled', refunded: true, payment: 'owed', seeOriginal: true, session: null }),
  ];

  it('gives back every booking, by code and by student number', () => {
    const snapshot = openSnapshot(sealed(bookings), TOKEN);
    for (const each of bookings) {
      expect(snapshot?.byBooking(each.bookingId)).toEqual(each);
      expect(snapshot?.byStudentNo(each.studentNo)).toEqual(each);
    }
    expect(snapshot).toMatchObject({ count: 3, collectionDays: ['2022-11-19'], sessions: [session] });
    expect(snapshot?.byBooking(idOf(9))).toBeUndefined();
  });

  it('finds by number the booking that counts, whatever was cancelled before or after it', () => {
    const studentNo = '2019310001';
    const gone = booking(8, { studentNo, place: 'cancelled' });
    for (const order of [
      [gone, booking(1)],
      [booking(1), gone],
    ]) {
      expect(openSnapshot(sealed(order), TOKEN)?.byStudentNo(studentNo)?.bookingId).toBe(idOf(1));
    }
  });

  it('stays shut for another token, and notices a changed character', () => {
    const text = sealed(bookings);
    expect(openSnapshot(text, 'another token')).toBeUndefined();
    const middle = text.length >> 1;
    const changed = text.charAt(middle) === 'A' ? 'B' : 'A';
    expect(openSnapshot(text.slice(0, middle) + changed + text.slice(middle + 1), TOKEN)).toBeUndefined();
    expect(openSnapshot('', TOKEN)).toBeUndefined();
  });

  it('holds 6,000 students in less than 600 KB', () => {
    const everybody = Array.from({ length: 6_000 }, (_, number) =>
      booking(number, {
        className: `计算机科学与技术 2019-${number % 170} 班`,
        attendance: 'arrived',
        arrival: { at: at('09:01'), room: 'C区203', shotNumber: number },
      }),
    );
    expect(sealed(everybody).length).toBeLessThan(600_000);
  });
});

describe('a phone without network', () => {
  const codeOf = (bookingId: string, facts: { campaignId?: string; day?: string; keyId?: number } = {}) =>
    signBookingToken(
      { kind: 'static', keyId: 3, campaignId: CAMPAIGN, day: '2022-11-19', bookingId, ...facts },
      sign,
    );
  const snapshot = openSnapshot(
    sealed([
      booking(1),
      booking(2, { attendance: 'arrived', arrival: { at: at('09:01'), room: 'C区203', shotNumber: 12 } }),
      booking(3, { place: 'cancelled' }),
      booking(4, { place: 'no_show' }),
      booking(5, { payment: 'unpaid' }),
      booking(6, { seeOriginal: true }),
      booking(7, { attendance: 'shot' }),
      booking(8, { payment: 'owed', session: null }),
    ]),
    TOKEN,
  );
  const judged = (text: string, changes: Partial<OfflineScan> = {}) =>
    judgeOffline(snapshot, new Map(), {
      text,
      now: at('09:05'),
      room: 'C区202',
      confirmed: { originalSeen: false, admitAnyway: false },
      ...changes,
    });

  it.each([
    ['in time', codeOf(idOf(1)), {}, 'record', 'ok'],
    ['owing the fee', codeOf(idOf(8)), {}, 'record', 'ok'],
    ['by student number', '2019310001', {}, 'record', 'ok'],
    ['too early', codeOf(idOf(1)), { now: at('08:30') }, 'confirm', 'early'],
    ['late', codeOf(idOf(1)), { now: at('11:00') }, 'confirm', 'late_same_day'],
    ['in another room', codeOf(idOf(1)), { room: 'C区207' }, 'confirm', 'wrong_room'],
    ['unverified', codeOf(idOf(6)), {}, 'confirm', 'see_original'],
    ['arrived before', codeOf(idOf(2)), {}, 'refuse', 'already_arrived'],
    ['photographed', codeOf(idOf(7)), {}, 'refuse', 'already_shot'],
    ['cancelled', codeOf(idOf(3)), {}, 'refuse', 'cancelled'],
    ['refunded', codeOf(idOf(4)), {}, 'refuse', 'refunded'],
    ['unpaid', codeOf(idOf(5)), {}, 'refuse', 'unpaid'],
    ['on another day', codeOf(idOf(1), { day: '2022-11-20' }), {}, 'refuse', 'expired_code'],
    ['of another campaign', codeOf(idOf(1), { campaignId: 'f'.repeat(24) }), {}, 'refuse', 'other_campaign'],
    ['under an unknown key', codeOf(idOf(1), { keyId: 4 }), {}, 'refuse', 'forged'],
    ['not on the list', codeOf(idOf(99)), {}, 'confirm', 'not_on_list'],
    ['a document number', '11010519491231002X', {}, 'refuse', 'needs_network'],
    ['a payment code', '134567890123456789', {}, 'refuse', 'payment_code'],
  ] as const)('says of a student %s: %#', (_, text, changes, outcome, reason) => {
    expect(judged(text, changes)).toMatchObject({ outcome, reason });
  });

  it('keeps after one tap what a tap can settle', () => {
    const confirmed = { originalSeen: true, admitAnyway: true };
    for (const text of [codeOf(idOf(1)), codeOf(idOf(6)), codeOf(idOf(99))]) {
      expect(judged(text, { now: at('11:00'), confirmed }).outcome).toBe('record');
    }
    expect(judged(codeOf(idOf(3)), { confirmed }).outcome).toBe('refuse');
  });

  it('does not let in twice whom it has kept before', () => {
    const before = new Map([[idOf(1), { at: at('09:02'), room: 'C区202' }]]);
    const scan = {
      text: codeOf(idOf(1)),
      now: at('09:05'),
      room: 'C区202',
      confirmed: { originalSeen: true, admitAnyway: true },
    };
    expect(judgeOffline(snapshot, before, scan)).toMatchObject({
      outcome: 'refuse',
      reason: 'already_arrived',
      booking: { arrival: { room: 'C区202' } },
    });
  });

  it('without a list, or with an expired one, keeps a scan only after staff have looked', () => {
    const scan = {
      text: codeOf(idOf(1)),
      room: 'C区202',
      confirmed: { originalSeen: false, admitAnyway: false },
    };
    const now = at('09:05');
    expect(judgeOffline(undefined, new Map(), { ...scan, now })).toMatchObject({
      outcome: 'confirm',
      reason: 'no_list',
    });
    expect(judgeOffline(snapshot, new Map(), { ...scan, now: at('20:00') })).toMatchObject({
      outcome: 'confirm',
      reason: 'no_list',
    });
  });

  it.each([
    ['an ID number, which is not kept on a phone', '11010519491231002X', 'needs_network'],
    ['a payment code', '134567890123456789', 'payment_code'],
    ['a 采集码', 'QWErty1234567890QWErty1234567890', 'collection_code'],
    ['a link too long to be uploaded', `https://example.cn/${'x'.repeat(3_000)}`, 'other_code'],
  ])('without a list, keeps nothing that is no code of ours: %s', (_, text, reason) => {
    const confirmed = { originalSeen: true, admitAnyway: true };
    const scan = { text, now: at('09:05'), room: 'C区202', confirmed };
    expect(judgeOffline(undefined, new Map(), scan)).toMatchObject({ outcome: 'refuse', reason });
  });

  it('without a list, keeps a student number after one tap', () => {
    const confirmed = { originalSeen: true, admitAnyway: true };
    const scan = { text: '20190001', now: at('09:05'), room: 'C区202', confirmed };
    expect(judgeOffline(undefined, new Map(), scan)).toMatchObject({ outcome: 'record', reason: 'no_list' });
  });
});
