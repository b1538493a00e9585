import type { Attendance, Payment, Place } from './booking-state';
import type { CampaignPhase } from './campaign-phase';
import { addDays, type ShanghaiDay } from './time';

/** What the home page's one card is about. */
export type HomeKind =
  | 'no_campaign'
  | 'not_open'
  | 'verify'
  | 'manual_review'
  | 'on_site'
  | 'find_enrolment'
  | 'taken'
  | 'confirm'
  | 'book'
  | 'booking_over'
  | 'make_up'
  | 'pay'
  | 'confirming_payment'
  | 'booked'
  | 'arrived'
  | 'shot'
  | 'not_collected'
  | 'check_photo';

export interface HomeFacts {
  phase: CampaignPhase | null;
  today: ShanghaiDay;
  identity: 'none' | 'verified' | 'unverified' | 'manual_review' | 'onsite_only';
  /** Another WeChat user has claimed this student; staff decide. */
  hasConflict: boolean;
  enrolment: { confirmed: boolean } | null;
  /** Make-up places can be booked now. */
  makeUpOpen: boolean;
  booking: {
    place: Place;
    payment: Payment;
    attendance: Attendance;
    /** An order exists that may have been paid. */
    orderOpen: boolean;
    holdExpired: boolean;
    /** Its time has gone by without a shot: it may become a make-up place. */
    missed: boolean;
    shotDay: ShanghaiDay | null;
  } | null;
}

/** 各位毕业生务必于拍照40天以后核对 */
const PHOTO_CHECK_AFTER_DAYS = 40;

/** The last day whose portraits it is time to check. */
export const lastDayToCheck = (today: ShanghaiDay): ShanghaiDay => addDays(today, -PHOTO_CHECK_AFTER_DAYS);

export const photoCheckFrom = (shotDay: ShanghaiDay): ShanghaiDay => addDays(shotDay, PHOTO_CHECK_AFTER_DAYS);

/** Answers "what do I do now?". A booking speaks first: whoever has one is past the steps before it. */
export function homeKind(facts: HomeFacts): HomeKind {
  const { phase, booking } = facts;
  if (phase === null) return 'no_campaign';
  const decided = booking && kindOfBooking(booking, facts);
  if (decided) return decided;
  if (phase === 'over' && facts.makeUpOpen) return kindOfStep(facts, 'make_up');
  if (phase === 'draft' || phase === 'announced') return 'not_open';
  if (phase === 'over') return 'not_collected';
  if (phase !== 'open') return 'booking_over';
  return kindOfStep(facts, 'book');
}

function kindOfBooking(
  booking: NonNullable<HomeFacts['booking']>,
  { today, makeUpOpen }: Pick<HomeFacts, 'today' | 'makeUpOpen'>,
): HomeKind | null {
  const { place, attendance, payment, shotDay } = booking;
  if (attendance === 'shot') return shotDay && photoCheckFrom(shotDay) <= today ? 'check_photo' : 'shot';
  if (makeUpOpen && (place === 'no_show' || booking.missed)) return 'make_up';
  if (place === 'no_show') return 'not_collected';
  if (place === 'held')
    return booking.holdExpired && booking.orderOpen ? 'confirming_payment' : heldKind(booking);
  if (place !== 'booked') return null;
  if (attendance === 'arrived') return 'arrived';
  return payment === 'unpaid' ? 'pay' : 'booked';
}

const heldKind = ({ holdExpired }: NonNullable<HomeFacts['booking']>): HomeKind | null =>
  holdExpired ? null : 'pay';

/** @param last what there is to do once everything before is done */
function kindOfStep({ identity, enrolment, hasConflict }: HomeFacts, last: 'book' | 'make_up'): HomeKind {
  if (identity === 'none') return 'verify';
  if (identity === 'manual_review') return 'manual_review';
  if (identity === 'onsite_only') return 'on_site';
  if (!enrolment) return hasConflict ? 'taken' : 'find_enrolment';
  return enrolment.confirmed ? last : 'confirm';
}

export type TrackStep = 'verify' | 'confirm' | 'book' | 'pay' | 'collect';
export type StepState = 'todo' | 'now' | 'done' | 'attention';

const STEPS: readonly TrackStep[] = ['verify', 'confirm', 'book', 'pay', 'collect'];

/** Which step each card stands at, and whether that step needs attention rather than a tap. */
const AT: Readonly<Record<HomeKind, readonly [TrackStep | 'done', StepState]>> = {
  no_campaign: ['verify', 'todo'],
  not_open: ['verify', 'todo'],
  verify: ['verify', 'now'],
  manual_review: ['verify', 'attention'],
  on_site: ['verify', 'attention'],
  find_enrolment: ['confirm', 'now'],
  taken: ['confirm', 'attention'],
  confirm: ['confirm', 'now'],
  book: ['book', 'now'],
  booking_over: ['book', 'attention'],
  make_up: ['book', 'now'],
  pay: ['pay', 'now'],
  confirming_payment: ['pay', 'attention'],
  booked: ['collect', 'now'],
  arrived: ['collect', 'now'],
  shot: ['done', 'done'],
  not_collected: ['collect', 'attention'],
  check_photo: ['done', 'done'],
};

/** The five dots 认证–确认–预约–支付–采集. */
export function track(kind: HomeKind, facts: StepFacts): { step: TrackStep; state: StepState }[] {
  const [at, state] = AT[kind];
  const here = at === 'done' ? STEPS.length : STEPS.indexOf(at);
  return STEPS.map((step, index) => {
    if (index === here) return { step, state };
    const done = index < here ? isDone(step, facts) : step === 'pay' && isPaidAhead(facts);
    return { step, state: done ? 'done' : 'todo' };
  });
}

export type StepFacts = Pick<HomeFacts, 'identity' | 'enrolment' | 'booking'>;

/** The money of a missed place is kept for its make-up place: only the time is to be chosen anew. */
const isPaidAhead = ({ booking }: StepFacts): boolean => booking?.missed === true;

/** Time may run out on a step that was never taken. A booking stands for all that leads to it: walk-ins have only that. */
function isDone(step: TrackStep, { identity, enrolment, booking }: StepFacts): boolean {
  if (booking) return true;
  if (step === 'verify') return identity === 'verified' || identity === 'unverified';
  return step === 'confirm' && enrolment?.confirmed === true;
}
