import { type Arrival, judgeArrival } from '../../../shared/domain/judge-arrival';
import { addMinutes, atShanghai } from '../../../shared/domain/time';

const startsAt = atShanghai('2022-11-19', '09:10');
const usual = {
  now: startsAt,
  device: { campaignId: 'this', room: 'C区202' },
  campaign: { collectionDays: ['2022-11-19', '2022-11-20'], collectionClosed: false, lineUpLeadMinutes: 15 },
  booking: {
    campaignId: 'this',
    place: 'booked',
    payment: 'paid',
    attendance: 'expected',
    refunded: false,
    seeOriginal: false,
  },
  session: { day: '2022-11-19', startsAt, endsAt: addMinutes(startsAt, 20), room: 'C区202' },
} satisfies Arrival;

const at = (minutes: number): Arrival => ({ ...usual, now: addMinutes(startsAt, minutes) });
const booked = (booking: Partial<typeof usual.booking> | Record<string, unknown>): Arrival => ({
  ...usual,
  booking: { ...usual.booking, ...booking },
});
const inRoom = (arrival: Arrival, room: string): Arrival => ({
  ...arrival,
  device: { ...arrival.device, room },
});

describe('a session from 09:10 to 09:30', () => {
  it.each([
    [-16, 'early', 'confirm'],
    [-15, 'ok', 'admit'],
    [-14, 'ok', 'admit'],
    [0, 'ok', 'admit'],
    [19, 'ok', 'admit'],
    [20, 'late_same_day', 'confirm'],
    [90, 'late_same_day', 'confirm'],
    [14 * 60 + 49, 'late_same_day', 'confirm'],
    [14 * 60 + 50, 'wrong_day', 'refuse'],
    [-24 * 60, 'wrong_day', 'refuse'],
  ])('judges %i minutes from its start: %s, %s', (minutes, reason, outcome) => {
    expect(judgeArrival(at(minutes))).toMatchObject({ reason, outcome });
  });

  it('sends to the right room whoever is in time, and lets in after one tap', () => {
    const arrival = inRoom(at(0), 'C区204');
    expect(judgeArrival(arrival)).toEqual({
      reason: 'wrong_room',
      flags: ['wrong_room'],
      outcome: 'confirm',
    });
    expect(judgeArrival({ ...arrival, confirmed: { admitAnyway: true } }).outcome).toBe('admit');
  });

  it('takes latecomers in any room with one tap', () => {
    const arrival = inRoom(at(90), 'C区207');
    expect(judgeArrival(arrival)).toEqual({ reason: 'late_same_day', flags: ['late'], outcome: 'confirm' });
    expect(judgeArrival({ ...arrival, confirmed: { admitAnyway: true } })).toEqual({
      reason: 'late_same_day',
      flags: ['late'],
      outcome: 'admit',
    });
  });

  it('is not opened on another day by any tap', () => {
    const confirmed = { admitAnyway: true, originalSeen: true };
    expect(judgeArrival({ ...at(24 * 60), confirmed }).outcome).toBe('refuse');
  });

  it('says early first when the room is wrong too', () => {
    expect(judgeArrival(inRoom(at(-60), 'C区204'))).toMatchObject({
      reason: 'early',
      flags: ['early', 'wrong_room'],
    });
  });
});

describe('a student who booked unverified', () => {
  const unverified = booked({ seeOriginal: true });

  it('shows the original, and is then let in', () => {
    expect(judgeArrival(unverified)).toMatchObject({ reason: 'see_original', outcome: 'confirm' });
    expect(judgeArrival({ ...unverified, confirmed: { originalSeen: true } })).toEqual({
      reason: 'ok',
      flags: ['see_original'],
      outcome: 'admit',
    });
  });

  it('and is late needs both taps', () => {
    const late = { ...unverified, now: addMinutes(startsAt, 90) };
    expect(judgeArrival(late)).toMatchObject({ reason: 'late_same_day', flags: ['late', 'see_original'] });
    expect(judgeArrival({ ...late, confirmed: { admitAnyway: true } })).toMatchObject({
      reason: 'see_original',
      outcome: 'confirm',
    });
    expect(judgeArrival({ ...late, confirmed: { admitAnyway: true, originalSeen: true } }).outcome).toBe(
      'admit',
    );
  });
});

describe('a walk-in', () => {
  const walkIn: Arrival = { ...booked({ payment: 'owed' }), session: undefined };

  it('has no session, may owe the fee, and is let in on any collection day', () => {
    expect(judgeArrival(walkIn)).toEqual({ reason: 'ok', flags: ['owed'], outcome: 'admit' });
    expect(judgeArrival({ ...walkIn, now: atShanghai('2022-11-21', '09:00') }).reason).toBe('wrong_day');
  });
});

describe('a booking that does not admit', () => {
  it.each<[string, Arrival]>([
    ['unknown', { ...usual, booking: undefined }],
    ['other_campaign', booked({ campaignId: 'another', place: 'cancelled' })],
    ['unpaid', booked({ place: 'held', payment: 'unpaid' })],
    ['unpaid', booked({ place: 'released', payment: 'unpaid' })],
    ['unpaid', booked({ payment: 'unpaid' })],
    ['already_arrived', booked({ attendance: 'arrived' })],
    ['already_shot', booked({ attendance: 'shot' })],
    ['cancelled', booked({ place: 'cancelled' })],
    ['refunded', booked({ place: 'cancelled', refunded: true })],
    ['refunded', booked({ place: 'no_show', refunded: true })],
    ['collection_over', { ...usual, campaign: { ...usual.campaign, collectionClosed: true } }],
  ])('%s', (reason, arrival) => {
    const confirmed = { admitAnyway: true, originalSeen: true };
    expect(judgeArrival({ ...arrival, confirmed })).toEqual({ reason, flags: [], outcome: 'refuse' });
  });
});
