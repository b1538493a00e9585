import type { Violation } from '../findings';
import type { LedgerEntry, Order } from '../reading/documents';
import { amountsOf } from './amounts';

/**
 * Each entry balances and names what it is about; and the accounts, summed from the entries alone, say the same as
 * the order's state, items and refunds.
 */
export function checkLedger(order: Order): Violation[] {
  return [...checkEntries(order), ...checkAccounts(order)];
}

function checkEntries(order: Order): Violation[] {
  const found: Violation[] = [];
  const ids = new Set<string>();
  const report = (sentence: string, fen: number) =>
    found.push({ rule: 'ledger-entry-off', subject: `order ${order.id}`, sentence, fen });

  for (const entry of order.ledger) {
    const name = `ledger entry ${entry.id} (${entry.kind})`;
    const off = entry.lines.reduce((sum, { fen }) => sum + fen, 0);
    if (off !== 0) report(`${name} is off balance by ${off} fen`, off);
    if (ids.has(entry.id)) report(`${name} has the id of another entry`, debitOf(entry));
    ids.add(entry.id);
    if (!isKnown(order, entry))
      report(`${name} is about ${entry.reference}, not of this order`, debitOf(entry));
  }
  return found;
}

/** A payment names the order's transaction, a refund's entries the refund; of other kinds nothing is known here. */
function isKnown(order: Order, { kind, reference }: LedgerEntry): boolean {
  if (kind === 'payment-reversed') return reference === order.reversedTransactionId;
  if (kind === 'payment' && reference === order.reversedTransactionId) return true;
  if (kind === 'payment' || kind === 'quarantined') return reference === order.transactionId;
  if (kind.startsWith('refund-')) return order.refunds.some(({ refundNo }) => refundNo === reference);
  return true;
}

const debitOf = ({ lines }: LedgerEntry): number => lines.reduce((sum, { fen }) => sum + Math.max(0, fen), 0);

function checkAccounts(order: Order): Violation[] {
  const actual = balances(order);
  const expected = expectedBalances(order, actual);
  return [...new Set([...actual.keys(), ...expected.keys()])].flatMap((account): Violation[] => {
    const [is, shouldBe] = [actual.get(account) ?? 0, expected.get(account) ?? 0];
    if (is === shouldBe) return [];
    const sentence = `has ${is} fen in ${account} by its ledger, ${shouldBe} by its state, items and refunds`;
    return [{ rule: 'ledger-account-off', subject: `order ${order.id}`, sentence, fen: is - shouldBe }];
  });
}

type Balances = Map<string, number>;

/** The fee that WeChat keeps comes out of what it holds: together they are what it took. */
const accountOf = (account: string) => (account === 'channel_fee' ? 'channel' : account);

function balances({ ledger }: Order): Balances {
  const sums: Balances = new Map();
  for (const { account, fen } of ledger.flatMap(({ lines }) => lines)) add(sums, accountOf(account), fen);
  return sums;
}

function expectedBalances(order: Order, actual: Balances): Balances {
  const { received, refunded, refunding, remaining } = amountsOf(order);
  const expected: Balances = new Map();
  add(expected, 'channel', received - refunded);
  add(expected, 'refund_payable', -refunding);
  if (order.state === 'quarantined') add(expected, 'suspense', -remaining);
  else if (order.receivedInstead === null) addIncome(expected, order);
  else addAccepted(expected, actual, remaining);
  return expected;
}

/** A paid order: income by fee item, less what of each item is given back. */
function addIncome(expected: Balances, { state, items, refunds }: Order): void {
  if (state !== 'paid') return;
  for (const { code, amountFen } of items) add(expected, `income:${code}`, -amountFen);
  for (const refund of refunds.filter((one) => one.state !== 'closed')) {
    for (const { code, amountFen } of refund.items) add(expected, `income:${code}`, amountFen);
  }
}

/** Money put aside and accepted later is income; by which items is the decision of two people, only its sum is known. */
function addAccepted(expected: Balances, actual: Balances, remaining: number): void {
  const income = [...actual].filter(([account]) => account.startsWith('income:') || account === 'suspense');
  const off = income.reduce((sum, [, fen]) => sum + fen, 0) + remaining;
  for (const [account, fen] of income) add(expected, account, fen);
  if (off !== 0) add(expected, income[0]?.[0] ?? 'suspense', -off);
}

function add(sums: Balances, account: string, fen: number): void {
  sums.set(account, (sums.get(account) ?? 0) + fen);
}
