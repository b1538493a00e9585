import type { Db } from 'mongodb';
import type { BookingDocument, OrderDocument } from './documents';
import type { Findings } from './findings';

export interface MoneyProof {
  /** Received and kept or to be given back. */
  paid: number;
  refunded: number;
  refunding: number;
  quarantined: number;
  /** From the sandbox's books; 0 without them. */
  fees: number;
  /** At WeChat already, not yet with us. */
  inTransit: number;
  unexplained: number;
}

/** Every fen of every order is in exactly one place, its ledger balances, and every place that is paid has its money. */
export async function proveMoney(
  db: Db,
  findings: Findings,
): Promise<Omit<MoneyProof, 'fees' | 'inTransit' | 'unexplained'>> {
  const totals = { paid: 0, refunded: 0, refunding: 0, quarantined: 0 };
  const transactions = new Set<string>();
  const kept = await keptOrders(db, findings);
  for await (const order of db.collection<OrderDocument>('orders').find()) {
    const name = `order ${order._id}`;
    const received = receivedBy(order);
    checkLedger(order, received, findings);
    if (received > 0) {
      if (!order.transactionId)
        findings.add('unexplained', name, 'received money without a transaction', received);
      else if (transactions.has(order.transactionId))
        findings.add('unexplained', name, 'shares its transaction with another order', received);
      if (order.transactionId) transactions.add(order.transactionId);
    }
    const succeeded = refundsIn(order, ['succeeded']);
    const underWay = refundsIn(order, ['requested', 'accepted', 'abnormal']);
    if (succeeded + underWay > received) {
      findings.add(
        'unexplained',
        name,
        `refunds ${succeeded + underWay} of ${received} fen`,
        succeeded + underWay - received,
      );
    }
    if (order.state === 'paid') {
      totals.paid += received;
      checkPlace(order, received - succeeded - underWay, kept, findings);
    }
    if (order.state === 'quarantined') totals.quarantined += received - succeeded - underWay;
    totals.refunded += succeeded;
    totals.refunding += underWay;
  }
  for (const [orderNo, booking] of kept) {
    findings.add(
      'unexplained',
      `booking ${booking._id}`,
      `is paid by order ${orderNo}, which is not a paid order`,
      booking.amountFen,
    );
  }
  return totals;
}

/** Bookings that say they are paid, by the order they name. */
async function keptOrders(db: Db, findings: Findings): Promise<Map<string, BookingDocument>> {
  const kept = new Map<string, BookingDocument>();
  for await (const booking of db.collection<BookingDocument>('bookings').find()) {
    const name = `booking ${booking._id}`;
    const isPaid = booking.payment === 'paid';
    if (isPaid !== (booking.paidOrderNo !== null))
      findings.add(
        'unexplained',
        name,
        `payment is ${booking.payment}, its order ${booking.paidOrderNo}`,
        booking.amountFen,
      );
    if (booking.place === 'booked' && booking.payment === 'unpaid' && booking.attendance === 'shot') {
      findings.add('unexplained', name, 'was photographed unpaid and owes nothing', booking.amountFen);
    }
    if (booking.paidOrderNo === null) continue;
    if (kept.has(booking.paidOrderNo))
      findings.add('unexplained', name, 'names the order of another booking', booking.amountFen);
    kept.set(booking.paidOrderNo, booking);
  }
  return kept;
}

/** Money that is neither refunded nor being refunded must keep a place; a place that ended must give it back. */
function checkPlace(
  order: OrderDocument,
  remaining: number,
  kept: Map<string, BookingDocument>,
  findings: Findings,
): void {
  const name = `order ${order._id}`;
  const booking = kept.get(order._id);
  kept.delete(order._id);
  const settling = order.effects.some(({ kind }) => kind === 'settle-booking');
  if (!booking) {
    if (remaining > 0 && !settling)
      findings.add('unexplained', name, `${remaining} fen keep no place and are not refunded`, remaining);
    return;
  }
  const ended = booking.place === 'cancelled' || booking.place === 'no_show' || booking.place === 'released';
  const refunding = booking.effects.some(({ kind }) => kind === 'refund-booking');
  if (ended && remaining > 0 && !refunding) {
    findings.add(
      'unexplained',
      name,
      `its booking is ${booking.place} and ${remaining} fen are not refunded`,
      remaining,
    );
  }
  if (!ended && remaining === 0 && order.totalFen > 0) {
    findings.add(
      'unexplained',
      `booking ${booking._id}`,
      'is booked and paid, but all its money went back',
      order.totalFen,
    );
  }
}

function receivedBy(order: OrderDocument): number {
  if (order.state === 'paid') return order.totalFen;
  return order.state === 'quarantined' ? (order.quarantine?.receivedFen ?? 0) : 0;
}

const refundsIn = ({ refunds }: OrderDocument, states: readonly string[]): number =>
  refunds.filter(({ state }) => states.includes(state)).reduce((sum, { amountFen }) => sum + amountFen, 0);

/** The entries balance one by one, and their sums say the same as the order's own fields. */
function checkLedger(order: OrderDocument, received: number, findings: Findings): void {
  const name = `order ${order._id}`;
  const accounts = new Map<string, number>();
  for (const entry of order.ledger) {
    const sum = entry.lines.reduce((total, { fen }) => total + fen, 0);
    if (sum !== 0) findings.add('unexplained', name, `ledger entry ${entry.kind} is off by ${sum} fen`, sum);
    for (const { account, fen } of entry.lines) accounts.set(account, (accounts.get(account) ?? 0) + fen);
  }
  const of = (account: string) => accounts.get(account) ?? 0;
  const income = [...accounts]
    .filter(([account]) => account.startsWith('income:'))
    .reduce((sum, [, fen]) => sum + fen, 0);
  const succeeded = refundsIn(order, ['succeeded']);
  const underWay = refundsIn(order, ['requested', 'accepted', 'abnormal']);
  expectSame(findings, name, 'channel', of('channel'), received - succeeded);
  expectSame(findings, name, 'refund_payable', of('refund_payable'), -underWay);
  expectSame(
    findings,
    name,
    'income and suspense',
    income + of('suspense'),
    -(received - succeeded - underWay),
  );
}

function expectSame(
  findings: Findings,
  name: string,
  account: string,
  actual: number,
  expected: number,
): void {
  if (actual === expected || (actual === 0 && expected === 0)) return;
  findings.add(
    'unexplained',
    name,
    `ledger says ${actual} fen in ${account}, the order says ${expected}`,
    actual - expected,
  );
}
