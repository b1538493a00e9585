import type { Order, Refund } from './model';

const sum = (refunds: readonly Refund[]) => refunds.reduce((total, { amountFen }) => total + amountFen, 0);

/** What WeChat has of this order: its price, or whatever came into quarantine. */
export const receivedFen = (order: Order): number =>
  order.state === 'paid' ? order.totalFen : (order.quarantine?.receivedFen ?? 0);

/** Asked for and not refused for good: it is not ours to give a second time. */
export const committedFen = (order: Order): number =>
  sum(order.refunds.filter(({ state }) => state !== 'closed'));

export const refundedFen = (order: Order): number =>
  sum(order.refunds.filter(({ state }) => state === 'succeeded'));

export const refundableFen = (order: Order): number => receivedFen(order) - committedFen(order);
