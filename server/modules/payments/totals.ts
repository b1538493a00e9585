import type { Order, Refund } from './model';

const sum = (refunds: readonly Refund[]) => refunds.reduce((total, { amountFen }) => total + amountFen, 0);

/** The mchid of the account that has the money, whatever the order says. */
export const accountOf = ({ mchid, quarantine }: Pick<Order, 'mchid' | 'quarantine'>): string =>
  quarantine?.mchid ?? mchid;

/** What came for this order: its price, or whatever came instead; nothing while it is open or closed. */
export function receivedFen({ state, totalFen, quarantine }: Order): number {
  if (state !== 'paid' && state !== 'quarantined') return 0;
  return quarantine?.receivedFen ?? totalFen;
}

/** Asked for and not refused for good: it is not ours to give a second time. */
export const committedFen = (order: Order): number =>
  sum(order.refunds.filter(({ state }) => state !== 'closed'));

export const refundedFen = (order: Order): number =>
  sum(order.refunds.filter(({ state }) => state === 'succeeded'));

export const refundableFen = (order: Order): number => receivedFen(order) - committedFen(order);

/** What of a fee item is income and not on its way back, by the ledger. */
export const leftOfItem = ({ ledger }: Order, code: string): number =>
  -ledger
    .flatMap(({ lines }) => lines)
    .filter(({ account }) => account === `income:${code}`)
    .reduce((total, { fen }) => total + fen, 0);

/** Nobody can pay it any more, and nothing of what came is left to decide on. */
export const isOver = (order: Order): boolean =>
  order.state === 'closed' || (order.state === 'quarantined' && refundableFen(order) === 0);
