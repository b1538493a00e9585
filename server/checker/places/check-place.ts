import type { Violation } from '../findings';
import { amountsOf, isOpen, isSettling, sumFen } from '../money/amounts';
import type { Booking, Order, Session } from '../reading/documents';
import type { Dossier } from '../reading/records';
import type { Rule } from '../rules';

export interface PlaceRules {
  /** The service's clock. */
  now: Date;
  /** A hold may outlive its end by this much, while it is being released. */
  graceMs: number;
  /** Nothing may be under way any more. */
  settled: boolean;
  /** Those that count, by id. */
  sessions: ReadonlyMap<string, Session>;
}

/**
 * Whether a booking holds its place by right, and lost it by right. Both ways: a seat that nobody can take although
 * nobody has a right to it is leaked, and so is a place given away under someone who may still pay for it.
 */
export function checkPlace(dossier: Dossier, rules: PlaceRules): Violation[] {
  const { booking, orders } = dossier;
  if (!booking) return [];
  const found: Violation[] = [];
  const report: Report = (rule, sentence, fen = 0) =>
    found.push({ rule, subject: `booking ${booking.id}`, sentence, fen });

  checkMarks(booking, report);
  if (booking.place === 'held') checkHold(booking, orders, rules, report);
  if (booking.active) checkOccupied(booking, dossier, rules.sessions, report);
  checkRelease(booking, orders, report);
  return found;
}

type Report = (rule: Rule, sentence: string, fen?: number) => void;

function checkMarks(booking: Booking, report: Report): void {
  const { place, active, payment, channel, attendance, amountFen } = booking;
  const shouldBeActive = place === 'held' || place === 'booked';
  if (active !== shouldBeActive) report('active-mark-wrong', `is ${place}, and active is ${active}`);
  // Whoever books at the door pays there by phone, or owes; nobody online is booked before paying.
  if (place === 'booked' && payment === 'unpaid' && channel === 'online')
    report('booked-without-right', 'is booked and neither paid, waived nor owed');
  const mayAttend = place === 'booked' || (place === 'no_show' && attendance === 'arrived');
  if (attendance !== 'expected' && !mayAttend)
    report('attended-without-place', `is ${place}, and its student ${attendance}`);
  if (place === 'booked' && payment === 'unpaid' && attendance !== 'expected')
    report('admitted-unpaid', `was let in, unpaid and not owing`, amountFen);
  const items = sumFen(booking.items);
  if (items !== amountFen)
    report('order-price-off', `costs ${amountFen} fen, its items ${items}`, items - amountFen);
}

/** A hold ends by itself, unless money is there that two people have yet to decide on. */
function checkHold(booking: Booking, orders: readonly Order[], rules: PlaceRules, report: Report): void {
  if (!booking.holdExpiresAt) {
    report('hold-without-end', 'is held without an end');
    return;
  }
  const undecided = orders.some((order) => order.state === 'quarantined' && amountsOf(order).remaining > 0);
  if (undecided || orders.some(isSettling)) return;
  if (!booking.effects.some(({ kind }) => kind === 'release-hold'))
    report('hold-forgotten', 'is held and nothing will ever release it');
  const overdueMs = rules.now.getTime() - booking.holdExpiresAt.getTime() - rules.graceMs;
  if (overdueMs > 0 && (rules.settled || !orders.some(isOpen)))
    report('hold-overdue', `is still held, though its hold ended ${booking.holdExpiresAt.toISOString()}`);
}

function checkOccupied(
  booking: Booking,
  { student }: Dossier,
  sessions: ReadonlyMap<string, Session>,
  report: Report,
): void {
  if (student?.campaignId !== booking.campaignId)
    report('student-unknown', `blocks student ${booking.studentId}, whom its campaign does not have`);
  const { channel, sessionId, seatNo } = booking;
  if (channel === 'online' && (seatNo === null || sessionId === null)) {
    report('seat-missing', `is ${booking.place} without a seat`);
    return;
  }
  if (seatNo === null) return;
  const session = sessionId === null ? undefined : sessions.get(sessionId);
  if (session?.campaignId !== booking.campaignId)
    report(
      'session-unknown',
      `blocks seat ${seatNo} of session ${sessionId}, which its campaign does not have`,
    );
  else if (seatNo < 1 || seatNo > session.capacity)
    report('seat-beyond-capacity', `has seat ${seatNo} of ${session.capacity} in session ${session.id}`);
  if (session && session.makeUpDay !== booking.makeUpDay)
    report('make-up-day-off', `is for ${booking.makeUpDay}, its session for ${session.makeUpDay}`);
}

/** An unpaid place is given up only when no order on it can be paid any more. */
function checkRelease(booking: Booking, orders: readonly Order[], report: Report): void {
  const { place, payment, channel } = booking;
  const gaveUpHold = place === 'released' || (place === 'cancelled' && payment === 'unpaid');
  // A walk-in has no hold; what is paid for a cancelled one goes back.
  if (!gaveUpHold || channel === 'walk_in') return;
  for (const number of booking.orderNos) {
    const order = orders.find(({ id }) => id === number);
    if (!order || isOpen(order))
      report(
        'released-too-early',
        `is ${place} while order ${number} is ${order?.state ?? 'not closed off'}`,
      );
  }
}
