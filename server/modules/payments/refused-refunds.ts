import type { Order, Refund } from './model';

type Refunds = Pick<Order, 'state'> & {
  refunds: readonly Pick<Refund, 'refundNo' | 'state' | 'items' | 'amountFen'>[];
};

/** A refund by fee item; money that was put aside belongs to none and has the empty code. */
export const partsOf = ({ items, amountFen }: Pick<Refund, 'items' | 'amountFen'>): Refund['items'] =>
  items.length === 0 ? [{ code: '', amountFen }] : items;

/**
 * What of a refund that WeChat closed has still to go back. By the ledger it is income again, or in suspense, and yet it
 * is not ours to keep. A fee item is refunded whole: any later refund of it, whatever wanted that one, goes on with it.
 * Money that was put aside and that two people have accepted since is no longer to go back.
 */
export function refusedParts(order: Refunds, { refundNo }: Pick<Refund, 'refundNo'>): Refund['items'] {
  const at = order.refunds.findIndex((refund) => refund.refundNo === refundNo);
  const closed = order.refunds[at];
  if (closed?.state !== 'closed') return [];
  const wantedLater = new Set(
    order.refunds
      .slice(at + 1)
      .flatMap(partsOf)
      .map(({ code }) => code),
  );
  return partsOf(closed).filter(
    ({ code }) => !wantedLater.has(code) && (code !== '' || order.state === 'quarantined'),
  );
}

/** WeChat closed it, and nothing of it is left to be asked for. */
export const isRenewed = (order: Refunds, refund: Pick<Refund, 'refundNo' | 'state'>): boolean =>
  refund.state === 'closed' && refusedParts(order, refund).length === 0;
