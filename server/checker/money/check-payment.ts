import type { Violation } from '../findings';
import type { Booking, Order } from '../reading/documents';
import type { Dossier } from '../reading/records';
import type { Rule } from '../rules';
import { amountsOf, isSettling, isUnpaying } from './amounts';

/** Where the money of one booking's orders is, fen. */
export interface Whereabouts {
  /** Ever received by paid orders. */
  paid: number;
  refunded: number;
  refunding: number;
  quarantined: number;
  /** Must still move by itself: a payment to its place, a refund to the payer. */
  inTransit: number;
}

export interface PaymentJudgement {
  violations: Violation[];
  money: Whereabouts;
}

/** Whether booking and orders agree on who has paid what: every fen has a place or goes back, and not both. */
export function checkPayment({ booking, orders }: Dossier, settled: boolean): PaymentJudgement {
  const violations: Violation[] = [];
  const report: Report = (rule, subject, sentence, fen = 0) =>
    violations.push({ rule, subject, sentence, fen });
  if (booking) checkPaidMark(booking, orders, settled, report);
  const money = { paid: 0, refunded: 0, refunding: 0, quarantined: 0, inTransit: 0 };
  for (const order of orders) {
    checkTies(booking, order, report);
    const { received, refunded, refunding, remaining, refusedByWeChat: refused } = amountsOf(order);
    const moving = booking && order.state === 'paid' ? checkKept(booking, order, report) : 0;
    const onTheirWay = order.refunds.filter(({ state }) => state === 'requested' || state === 'accepted');
    const inTransit = moving + onTheirWay.reduce((sum, { amountFen }) => sum + amountFen, 0);
    money.inTransit += inTransit;
    money.refunded += refunded;
    money.refunding += refunding + refused;
    if (order.state === 'paid') money.paid += received;
    if (order.state === 'quarantined') money.quarantined += remaining - refused;
    if (settled && inTransit + refused > 0)
      report(
        'unsettled',
        `order ${order.id}`,
        `has ${inTransit + refused} fen on their way`,
        inTransit + refused,
      );
  }
  return { violations, money };
}

type Report = (rule: Rule, subject: string, sentence: string, fen?: number) => void;

/** "paid" if and only if exactly one paid order of its own is named, or one that is just being taken back. */
function checkPaidMark(booking: Booking, orders: readonly Order[], settled: boolean, report: Report): void {
  const { payment, paidOrderNo, place, amountFen } = booking;
  const subject = `booking ${booking.id}`;
  if ((payment === 'paid') !== (paidOrderNo !== null))
    report('paid-mark-wrong', subject, `is ${payment}, its paid order is ${paidOrderNo}`, amountFen);
  if (payment === 'paid' && (place === 'held' || place === 'released'))
    report('paid-mark-wrong', subject, `is paid, and yet only ${place}`, amountFen);
  if (paidOrderNo === null) return;
  const order = orders.find(({ id }) => id === paidOrderNo);
  if (!settled && order && isUnpaying(order)) return;
  if (order?.state !== 'paid')
    report(
      'paid-by-no-payment',
      subject,
      `is paid by order ${paidOrderNo}, which is ${order?.state ?? 'not one of its own'}`,
      amountFen,
    );
}

/** The order is of this booking, and the booking knows of it. */
function checkTies(booking: Booking | null, order: Order, report: Report): void {
  const subject = `order ${order.id}`;
  const { received, remaining } = amountsOf(order);
  if (order.isFound && order.state === 'quarantined' && order.bookingId === '') return;
  if (!booking) {
    report(
      'order-without-booking',
      subject,
      `is of booking ${order.bookingId}, which does not exist`,
      remaining,
    );
    return;
  }
  if (!booking.orderNos.includes(order.id))
    report('order-unlisted', subject, `is not among the orders of booking ${booking.id}`, received);
  for (const field of ['studentId', 'campaignId', 'schoolId'] as const) {
    if (order[field] === booking[field]) continue;
    report(
      'order-of-another',
      subject,
      `has ${field} ${order[field]}, its booking ${booking[field]}`,
      received,
    );
  }
  if (order.totalFen !== booking.amountFen)
    report(
      'order-price-off',
      subject,
      `costs ${order.totalFen} fen, its booking ${booking.amountFen}`,
      order.totalFen - booking.amountFen,
    );
}

/** Money that keeps a place must still be there; money that keeps none must go back. @returns fen still moving */
function checkKept(booking: Booking, order: Order, report: Report): number {
  const { received, remaining, refusedByWeChat } = amountsOf(order);
  const keepsPlace = booking.paidOrderNo === order.id;
  if (!wantsNoPlace(booking, order)) {
    const bySystem = order.refunds.every(
      ({ state, requestedBy }) => state === 'closed' || requestedBy === 'system',
    );
    // A refund that a person asked for may leave the student the place.
    if (received > 0 && remaining === 0 && bySystem)
      report(
        'place-without-money',
        `booking ${booking.id}`,
        `is booked, and all of order ${order.id} went back`,
        received,
      );
    return 0;
  }
  const idle = remaining - refusedByWeChat;
  if (idle <= 0) return 0;
  if (keepsPlace ? booking.effects.some(({ kind }) => kind === 'refund-booking') : isSettling(order))
    return idle;
  if (keepsPlace)
    report(
      'money-of-ended-place',
      `order ${order.id}`,
      `has ${idle} fen, its booking is ${booking.place}`,
      idle,
    );
  else
    report(
      'money-without-place',
      `order ${order.id}`,
      `has ${idle} fen that keep no place and are not refunded`,
      idle,
    );
  return 0;
}

/** Paid, and the place that it was for is another's or given up: all of it goes back. */
const wantsNoPlace = (booking: Booking | null, { id, state }: Order): boolean =>
  state === 'paid' && (booking?.paidOrderNo !== id || booking.place !== 'booked');
