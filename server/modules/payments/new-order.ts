import type { Order } from './model';

/** What an order has before anything has happened to it. */
export const untouched = (): Pick<
  Order,
  | 'prepayId'
  | 'paidAt'
  | 'payerTotalFen'
  | 'closedAt'
  | 'quarantine'
  | 'refunds'
  | 'proposals'
  | 'ledger'
  | 'callbackIds'
> => ({
  prepayId: null,
  paidAt: null,
  payerTotalFen: null,
  closedAt: null,
  quarantine: null,
  refunds: [],
  proposals: [],
  ledger: [],
  callbackIds: [],
});
