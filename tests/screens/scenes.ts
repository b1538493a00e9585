import type { BookingView } from '../../shared/contract/bookings';
import { arrived, held, orderOf, paid, refunded, refundOf, shot } from '../support/fake-api/bookings';
import { makeUpChoicesOf, makeUpSessionOf } from '../support/fake-api/make-up';
import { ENROLMENT, NOBODY, VERIFIED } from '../support/fake-api/people';
import { type FakeState, FRESH, OWN_SESSION } from '../support/fake-api/state';

const at = (time: string) => new Date(`${time}+08:00`);
const BEFORE = at('2022-11-14T15:00:00');
const OPEN = at('2022-11-16T10:20:00');
const ON_THE_DAY = at('2022-11-19T08:52:00');
const AFTER = at('2022-11-21T10:00:00');
const CONFIRMED = { ...ENROLMENT, confirmedAt: OPEN.toISOString(), version: 2 };

const ready: FakeState = { ...FRESH, identity: VERIFIED, enrolment: CONFIRMED };
const hold = held(new Date(OPEN.getTime() - 190_000), OWN_SESSION);
const booking = paid({ ...hold, order: orderOf(OPEN) }, OPEN);
const closed = { now: AFTER, collectionClosedAt: at('2022-11-19T17:00:00') };
const lost = (status: 'on_its_way' | 'arrived') =>
  refunded(booking, 'no_show', refundOf(at('2022-11-21T09:30:00'), status, '未采集，批次退款'));

const MOVED: NonNullable<BookingView['moved']> = {
  changeId: 'c00000000000000000000001',
  at: OPEN.toISOString(),
  reason: '203 教室投影检修',
  from: {
    ...OWN_SESSION,
    room: 'C区203',
    startsAt: '2022-11-19T00:30:00.000Z',
    endsAt: '2022-11-19T00:50:00.000Z',
  },
  to: OWN_SESSION,
  acknowledged: false,
};

const makeUpOpen: FakeState = { ...ready, ...closed, makeUpBookable: true };
const makeUpSession = makeUpSessionOf(makeUpOpen, makeUpChoicesOf(makeUpOpen).days[1]?.choices[2]?.id);
const MAKE_UP_BOOKING: BookingView = {
  ...booking,
  session: makeUpSession ?? OWN_SESSION,
  changeableUntil: '2022-11-22T16:00:00.000Z',
  cancellableUntil: '2022-11-22T16:00:00.000Z',
};

const ANNOUNCED = {
  id: 'a00000000000000000000001',
  title: '请带身份证原件',
  text: '周六采集要看身份证原件，没有原件的同学请先办临时身份证。',
  at: OPEN.toISOString(),
};

/** A student's world for every card of the home page. */
export const HOME_SCENES: Readonly<Record<string, FakeState>> = {
  'no-campaign': { ...FRESH, hasCampaign: false },
  'not-open': { ...FRESH, now: BEFORE },
  verify: FRESH,
  'manual-review': { ...FRESH, identity: { ...VERIFIED, status: 'manual_review' } },
  'document-refused': {
    ...FRESH,
    identity: { ...NOBODY, reviewAnswer: '护照照片页反光，看不清号码。请避开灯光重拍。' },
  },
  'on-site': { ...FRESH, identity: { ...NOBODY, status: 'onsite_only' } },
  'find-enrolment': { ...FRESH, identity: VERIFIED },
  taken: { ...FRESH, identity: VERIFIED, hasConflict: true },
  confirm: { ...ready, enrolment: ENROLMENT },
  book: ready,
  'booking-over': { ...ready, now: at('2022-11-18T23:00:00') },
  pay: { ...ready, booking: hold },
  'confirming-payment': {
    ...ready,
    now: new Date(OPEN.getTime() + 1_000_000),
    booking: { ...hold, order: orderOf(OPEN) },
  },
  booked: { ...ready, booking },
  'booked-unverified': {
    ...ready,
    identity: { ...VERIFIED, status: 'unverified' },
    booking: { ...booking, seeOriginalId: true },
  },
  arrived: { ...ready, now: ON_THE_DAY, booking: arrived(booking, ON_THE_DAY) },
  shot: { ...ready, now: at('2022-11-19T09:30:00'), booking: shot(booking, at('2022-11-19T09:14:00')) },
  moved: { ...ready, booking: { ...booking, moved: MOVED, cancellableUntil: '2022-11-19T01:00:00.000Z' } },
  'not-collected': { ...ready, ...closed, booking: lost('on_its_way') },
  'make-up': { ...makeUpOpen, booking },
  'booked-make-up': { ...makeUpOpen, booking: MAKE_UP_BOOKING },
  announcement: { ...ready, booking, announcements: [ANNOUNCED] },
  refunded: { ...ready, ...closed, now: at('2022-11-23T10:00:00'), booking: lost('arrived') },
  'check-photo': {
    ...ready,
    now: at('2022-12-30T10:00:00'),
    collectionClosedAt: closed.collectionClosedAt,
    booking: shot(booking, at('2022-11-19T09:14:00')),
  },
};

export { booking, hold, ready };
