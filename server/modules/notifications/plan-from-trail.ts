import { dayBeforeAt, photoCheckAt } from '../../../shared/domain/messages';
import { shanghaiDay } from '../../../shared/domain/time';
import type { World } from '../../world';
import type { AuditLine } from '../audit/model';
import { findBookings } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { sessionOfBooking } from '../campaigns/find-session';
import { findOrders } from '../payments/find-order';
import { type Plan, planMessages } from './plan-messages';

/**
 * Plans what a change asks to be told. It reads the trails on their way to the audit log, so that no change costs a
 * write more; a line that is read again plans nothing new. A service without templates reads nothing for it.
 */
export async function planFromTrail(world: World, lines: readonly AuditLine[]): Promise<void> {
  if (Object.keys(world.env.MESSAGE_TEMPLATES).length === 0) return;
  const plans = [
    ...(await aboutBookings(lines.filter(({ verb }) => verb in BOOKING_NEWS))),
    ...(await aboutRefunds(lines.filter(({ verb }) => verb === 'refund.succeeded'))),
  ];
  await planMessages(world, plans);
}

type News = (booking: Booking, line: AuditLine) => Promise<Plan[]>;

const BOOKING_NEWS: Readonly<Record<string, News>> = {
  'booking.paid': bookedNews,
  'booking.book': bookedNews,
  'booking.revive': bookedNews,
  'booking.reschedule': dayBeforeNews,
  'booking.make-up': dayBeforeNews,
  'booking.moved': movedNews,
  'booking.move': movedNews,
  'booking.shot': photoCheckNews,
};

async function aboutBookings(lines: readonly AuditLine[]): Promise<Plan[]> {
  if (lines.length === 0) return [];
  const ids = lines.map(({ subject }) => idIn(subject));
  const found = await findBookings(ids);
  const bookings = new Map(found.map((booking) => [booking._id, booking]));
  const plans: Plan[] = [];
  for (const line of lines) {
    const booking = bookings.get(idIn(line.subject));
    const news = BOOKING_NEWS[line.verb];
    if (booking?.accountId && news) plans.push(...(await news(booking, line)));
  }
  return plans;
}

async function bookedNews(booking: Booking, line: AuditLine): Promise<Plan[]> {
  if (booking.channel === 'walk_in') return [];
  const booked: Plan = { ...about(booking), kind: 'booked', about: booking._id, dueAt: line.at };
  return [booked, ...(await dayBeforeNews(booking, line))];
}

/** Who books or moves after the reminder's hour has just read the place: that needs no reminder. */
async function dayBeforeNews(booking: Booking, { at }: AuditLine): Promise<Plan[]> {
  const session = await sessionOfBooking(booking);
  const dueAt = session && dayBeforeAt(session.day);
  if (!dueAt || at >= dueAt) return [];
  return [
    {
      ...about(booking),
      kind: 'day_before',
      about: `${booking._id}:${session.day}`,
      dueAt,
      expiresAt: session.startsAt,
    },
  ];
}

async function movedNews(booking: Booking, line: AuditLine): Promise<Plan[]> {
  const moved: Plan = {
    ...about(booking),
    kind: 'moved',
    about: `${booking._id}:${booking.moved?.changeId ?? line._id}`,
    dueAt: line.at,
  };
  return [moved, ...(await dayBeforeNews(booking, line))];
}

async function photoCheckNews(booking: Booking, { at }: AuditLine): Promise<Plan[]> {
  return [
    {
      ...about(booking),
      kind: 'photo_check',
      about: booking._id,
      dueAt: photoCheckAt(shanghaiDay(booking.shotAt ?? at)),
    },
  ];
}

/** A refund's news go to whoever booked; a walk-in that somebody else paid has nobody to tell. */
async function aboutRefunds(lines: readonly AuditLine[]): Promise<Plan[]> {
  if (lines.length === 0) return [];
  const orders = await findOrders(lines.map(({ subject }) => idIn(subject)));
  const bookings = await findBookings(orders.map(({ bookingId }) => bookingId));
  const bookingOf = new Map(bookings.map((booking) => [booking._id, booking]));
  const orderOf = new Map(orders.map((order) => [order._id, order]));
  return lines.flatMap(({ subject, at, facts }) => {
    const order = orderOf.get(idIn(subject));
    const booking = order && bookingOf.get(order.bookingId);
    if (!booking?.accountId || !order) return [];
    const refundNo = String(facts.refundNo);
    return [
      { ...about(booking), kind: 'refunded' as const, about: refundNo, subjectId: order._id, dueAt: at },
    ];
  });
}

const about = ({ _id, accountId, campaignId, schoolId }: Booking) => ({
  subjectId: _id,
  accountId: accountId ?? '',
  campaignId,
  schoolId,
});

/** "booking:<id>" */
const idIn = (subject: string): string => subject.slice(subject.indexOf(':') + 1);
