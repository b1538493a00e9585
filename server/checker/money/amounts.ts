import type { FeeItem, Order, Refund } from '../reading/documents';

/** Where an order's money is, fen: whatever was received is kept, on its way back, or back. */
export interface Amounts {
  received: number;
  refunded: number;
  /** Asked for, not yet back: WeChat has not been told, works on it, or could not pay it out. */
  refunding: number;
  /** Received and neither back nor on its way back. */
  remaining: number;
  /** Of what remains: WeChat closed its refund, and it waits for a new one. */
  refusedByWeChat: number;
}

export function amountsOf(order: Order): Amounts {
  const received = receivedBy(order);
  const refunded = sumOf(order.refunds, 'succeeded');
  const refunding = sumOf(order.refunds, 'requested', 'accepted', 'abnormal');
  const remaining = received - refunded - refunding;
  return {
    received,
    refunded,
    refunding,
    remaining,
    refusedByWeChat: sumFen([...refusedItems(order).values()]),
  };
}

/**
 * What WeChat closed the last refund of and nobody has asked for since, by fee item; the empty code is money that was put
 * aside, as long as it is.
 */
export function refusedItems({ state, refunds }: Order): ReadonlyMap<string, FeeItem> {
  const refused = new Map<string, FeeItem>();
  for (const refund of refunds) {
    for (const item of itemsOr(refund)) {
      if (refund.state === 'closed') refused.set(item.code, item);
      else refused.delete(item.code);
    }
  }
  if (state !== 'quarantined') refused.delete('');
  return refused;
}

/** Money put aside belongs to no fee item. */
export const itemsOr = ({ items, amountFen }: Refund): readonly FeeItem[] =>
  items.length === 0 ? [{ code: '', amountFen }] : items;

export const isOpen = ({ state }: Order): boolean => state === 'created' || state === 'prepaid';

/** Paid, and the effect that finds it a place or sends it back has not run yet. */
export const isSettling = ({ state, effects }: Order): boolean =>
  state === 'paid' && effects.some(({ kind }) => kind === 'settle-booking');

/** Taken back (冲正), and the effect that lets its booking owe the amount has not run yet. */
export const isUnpaying = ({ state, effects }: Order): boolean =>
  state === 'closed' && effects.some(({ kind }) => kind === 'unpay-booking');

export const sumFen = (parts: readonly { amountFen: number }[]): number =>
  parts.reduce((sum, { amountFen }) => sum + amountFen, 0);

function receivedBy({ state, totalFen, receivedInstead }: Order): number {
  if (state === 'paid') return receivedInstead ?? totalFen;
  return state === 'quarantined' ? (receivedInstead ?? 0) : 0;
}

const sumOf = (refunds: readonly Refund[], ...states: Refund['state'][]): number =>
  sumFen(refunds.filter(({ state }) => states.includes(state)));
