import { z } from 'zod';
import { ATTENDANCES, PAYMENTS, PLACES } from '../domain/booking-state';
import { AnnouncementNotice } from './announcements';
import { CampaignView, FeeItem, SessionView } from './campaigns';
import { type ContractPart, FenAmount, Id, IdParams, Instant, Line } from './endpoint';
import { PHOTO_CHECKS } from './notifications';
import { PlacementView } from './timetable-changes';
import { EnrolmentView, IdentityView } from './verification';

export const RefundView = z.object({
  refundNo: z.string(),
  amountFen: FenAmount,
  reason: z.string(),
  /** requested and accepted look the same to a person: on its way. */
  status: z.enum(['on_its_way', 'arrived', 'needs_attention']),
  requestedAt: Instant,
  /** The promised day (Asia/Shanghai): three working days after the request. */
  dueDay: z.iso.date(),
  arrivedAt: Instant.nullable(),
});
export type RefundView = z.infer<typeof RefundView>;

export const OrderView = z.object({
  orderNo: z.string(),
  status: z.enum(['to_pay', 'confirming', 'paid', 'closed', 'in_review']),
  amountFen: FenAmount,
  feeItems: z.array(FeeItem),
  createdAt: Instant,
  paidAt: Instant.nullable(),
  refunds: z.array(RefundView),
});
export type OrderView = z.infer<typeof OrderView>;

export const BookingView = z.object({
  id: Id,
  channel: z.enum(['online', 'walk_in']),
  place: z.enum(PLACES),
  payment: z.enum(PAYMENTS),
  attendance: z.enum(ATTENDANCES),
  session: SessionView.nullable(),
  seatNo: z.int().nullable(),
  holdExpiresAt: Instant.nullable(),
  amountFen: FenAmount,
  feeItems: z.array(FeeItem),
  seeOriginalId: z.boolean(),
  arrival: z.object({ at: Instant, room: z.string(), shotNumber: z.int() }).nullable(),
  shotAt: Instant.nullable(),
  order: OrderView.nullable(),
  /** Until when the student may change or cancel alone. */
  changeableUntil: Instant.nullable(),
  /** Later than `changeableUntil` when the school has moved the session: cancelling stays free. */
  cancellableUntil: Instant.nullable(),
  /** The session is no longer where it was when the student last looked; stays until acknowledged, and after. */
  moved: z
    .object({
      changeId: Id,
      at: Instant,
      reason: z.string(),
      from: PlacementView,
      to: PlacementView,
      acknowledged: z.boolean(),
    })
    .nullable(),
  version: z.int(),
});
export type BookingView = z.infer<typeof BookingView>;

export const BookingCode = z.object({
  /** Short-lived; ask again at `refreshAt`. */
  rotating: z.string(),
  refreshAt: Instant,
  /** Valid on the collection day, for when the phone is offline. */
  fixed: z.string(),
});
export type BookingCode = z.infer<typeof BookingCode>;

export const TRACK = ['verify', 'confirm', 'book', 'pay', 'collect'] as const;

/** The one card that answers "what do I do now?". */
export const HomeCard = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no_campaign') }),
  z.object({ kind: z.literal('not_open'), opensAt: Instant.nullable() }),
  z.object({ kind: z.literal('verify') }),
  z.object({ kind: z.literal('manual_review') }),
  z.object({ kind: z.literal('on_site') }),
  z.object({ kind: z.literal('find_enrolment') }),
  z.object({ kind: z.literal('taken') }),
  z.object({ kind: z.literal('confirm') }),
  z.object({ kind: z.literal('book'), ownSession: SessionView.nullable() }),
  z.object({ kind: z.literal('booking_over') }),
  z.object({
    kind: z.literal('make_up'),
    /** The last day. */
    until: z.iso.date(),
    /** The missed place was paid: a make-up place costs nothing more. */
    isPaid: z.boolean(),
  }),
  z.object({ kind: z.literal('pay') }),
  z.object({ kind: z.literal('confirming_payment') }),
  z.object({ kind: z.literal('booked') }),
  z.object({ kind: z.literal('arrived') }),
  z.object({ kind: z.literal('shot') }),
  z.object({ kind: z.literal('not_collected') }),
  z.object({
    kind: z.literal('check_photo'),
    since: z.iso.date(),
    /** What the student has said after looking; null before. */
    result: z.enum(PHOTO_CHECKS).nullable(),
  }),
]);
export type HomeCard = z.infer<typeof HomeCard>;

export const HomeView = z.object({
  now: Instant,
  campaign: CampaignView.nullable(),
  card: HomeCard,
  track: z.array(z.object({ step: z.enum(TRACK), state: z.enum(['todo', 'now', 'done', 'attention']) })),
  identity: IdentityView.nullable(),
  enrolment: EnrolmentView.nullable(),
  booking: BookingView.nullable(),
  /** Only with a booked place. */
  code: BookingCode.nullable(),
  /** On the collection day: how many stand before this student in the room, and for how long. */
  /** Of the office, until the student puts them away; newest first. */
  announcements: z.array(AnnouncementNotice),
  queue: z.object({ room: z.string(), ahead: z.int(), minutes: z.int() }).nullable(),
});
export type HomeView = z.infer<typeof HomeView>;

export const OpenSession = SessionView.extend({
  left: z.int(),
  own: z.boolean(),
  /** Why it cannot be chosen; null when it can. */
  closedBecause: z.enum(['not_your_group', 'full', 'over', 'yours_already']).nullable(),
});
export type OpenSession = z.infer<typeof OpenSession>;

export const bookings = {
  'GET /api/me/home': {
    summary: 'Everything the home page shows; answers 304 to a matching ETag',
    who: ['student'],
    limit: 'read',
    query: z.strictObject({ campaignId: Id.optional() }),
    response: HomeView,
  },
  'GET /api/me/sessions': {
    summary: 'Sessions with live places: the own ones first, and why others are closed; ETag',
    who: ['student'],
    limit: 'read',
    query: z.strictObject({ campaignId: Id }),
    response: z.object({ sessions: z.array(OpenSession) }),
    errors: ['NOT_ON_ROSTER'],
  },
  'POST /api/me/bookings': {
    summary: 'Hold a place for 15 minutes',
    who: ['student'],
    limit: 'write',
    /** Of a make-up place, which may not be kept yet, with the campaign. */
    body: z.strictObject({ sessionId: Id, campaignId: Id.optional() }),
    response: BookingView,
    errors: [
      'MAKE_UP_NOT_OPEN',
      'MAKE_UP_OVER',
      'MAKE_UP_SLOT_CLOSED',
      'CAMPAIGN_NOT_OPEN',
      'CAMPAIGN_CLOSED',
      'ENROLMENT_NOT_CONFIRMED',
      'SESSION_NOT_YOURS',
      'TIMETABLE_REPLACED',
      'SESSION_OVER',
      'SOLD_OUT',
      'ALREADY_BOOKED',
    ],
  },
  'GET /api/me/bookings/:id': {
    summary: 'One booking of mine',
    who: ['student'],
    limit: 'read',
    params: IdParams,
    response: BookingView,
  },
  'POST /api/me/bookings/:id/reschedule': {
    summary:
      'Move to another session: free, until 24:00 the day before; a missed one to a make-up place, with its money',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ sessionId: Id }),
    response: BookingView,
    errors: [
      'MAKE_UP_NOT_OPEN',
      'MAKE_UP_OVER',
      'MAKE_UP_SLOT_CLOSED',
      'SESSION_NOT_YOURS',
      'SESSION_OVER',
      'SOLD_OUT',
      'CHANGE_TOO_LATE',
      'SAME_SESSION',
      'BOOKING_NOT_ACTIVE',
    ],
  },
  'POST /api/me/bookings/:id/cancel': {
    summary: 'Cancel: a paid booking is refunded in full, until 24:00 the day before',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ reason: Line(100).optional() }),
    response: BookingView,
    errors: ['CHANGE_TOO_LATE', 'BOOKING_NOT_ACTIVE', 'PAYMENT_IN_DOUBT'],
  },
  'GET /api/me/bookings/:id/code': {
    summary: 'The QR content of a booked place',
    who: ['student'],
    limit: 'read',
    params: IdParams,
    response: BookingCode,
    errors: ['BOOKING_NOT_ACTIVE'],
  },
} as const satisfies ContractPart;
