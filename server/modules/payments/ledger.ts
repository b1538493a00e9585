import { balances, type LedgerLine } from '../../../shared/domain/order-state';
import type { World } from '../../world';
import type { LedgerEntry, Order, Refund } from './model';

type Clocked = Pick<World, 'clock' | 'ids'>;

/** Money came in: WeChat holds it, and it is income by fee item. */
export const paymentEntry = (world: Clocked, order: Order, reference: string): LedgerEntry =>
  entry(world, 'payment', reference, [
    { account: 'channel', fen: order.totalFen },
    ...order.feeItems.map(
      ({ code, amountFen }): LedgerLine => ({ account: `income:${code}`, fen: -amountFen }),
    ),
  ]);

/** It never came: what stands as income of it is taken back. */
export const paymentReversedEntry = (world: Clocked, order: Order, reference: string): LedgerEntry =>
  entry(world, 'payment-reversed', reference, reversalLines(order));

/** The opposite of what is left of an order's entries. */
export const reversalLines = ({ ledger }: Pick<Order, 'ledger'>): LedgerLine[] => {
  const left = new Map<LedgerLine['account'], number>();
  for (const { account, fen } of ledger.flatMap(({ lines }) => lines))
    left.set(account, (left.get(account) ?? 0) + fen);
  return [...left].filter(([, fen]) => fen !== 0).map(([account, fen]) => ({ account, fen: -fen }));
};

/** Money came in that does not fit the order. */
export const quarantineEntry = (world: Clocked, receivedFen: number, reference: string): LedgerEntry =>
  entry(world, 'quarantined', reference, [
    { account: 'channel', fen: receivedFen },
    { account: 'suspense', fen: -receivedFen },
  ]);

/** Two people let it count after all. The fee items are filled in their order; what is over goes to the last. */
export const acceptedEntry = (world: Clocked, order: Order, acceptedFen: number): LedgerEntry =>
  entry(world, 'accepted', order.transactionId ?? '', [
    { account: 'suspense', fen: acceptedFen },
    ...spread(acceptedFen, order.feeItems).map(
      ({ code, amountFen }): LedgerLine => ({ account: `income:${code}`, fen: -amountFen }),
    ),
  ]);

/** A refund is owed to the payer from the moment it is asked for. */
export const refundRequestedEntry = (world: Clocked, refund: Refund): LedgerEntry =>
  entry(world, 'refund-requested', refund.refundNo, [
    ...fromIncome(refund),
    { account: 'refund_payable', fen: -refund.amountFen },
  ]);

/** The payer has the money. */
export const refundSucceededEntry = (world: Clocked, refund: Refund): LedgerEntry =>
  entry(world, 'refund-succeeded', refund.refundNo, [
    { account: 'refund_payable', fen: refund.amountFen },
    { account: 'channel', fen: -refund.amountFen },
  ]);

/** WeChat closed the refund: what was owed under its number is owed no more. */
export const refundReversedEntry = (world: Clocked, refund: Refund): LedgerEntry =>
  entry(world, 'refund-reversed', refund.refundNo, [
    { account: 'refund_payable', fen: refund.amountFen },
    ...fromIncome(refund).map(({ account, fen }): LedgerLine => ({ account, fen: -fen })),
  ]);

const fromIncome = ({ items, amountFen }: Refund): LedgerLine[] =>
  items.length === 0
    ? [{ account: 'suspense', fen: amountFen }]
    : items.map(({ code, amountFen: part }): LedgerLine => ({ account: `income:${code}`, fen: part }));

function spread(fen: number, items: Order['feeItems']): { code: string; amountFen: number }[] {
  let left = fen;
  return items.map(({ code, amountFen }, at) => {
    const part = at === items.length - 1 ? left : Math.min(left, amountFen);
    left -= part;
    return { code, amountFen: part };
  });
}

function entry(
  world: Clocked,
  kind: LedgerEntry['kind'],
  reference: string,
  lines: LedgerLine[],
): LedgerEntry {
  if (!balances(lines)) throw new Error(`ledger entry ${kind} does not balance`);
  return { id: world.ids.id(), at: world.clock.now(), kind, reference, lines };
}
