export const ORDER_STATES = ['created', 'prepaid', 'paid', 'closed', 'quarantined'] as const;
/**
 * created: ours only · prepaid: WeChat knows it · paid · closed: cannot be paid any more ·
 * quarantined: money came that does not fit the order; two people decide
 */
export type OrderState = (typeof ORDER_STATES)[number];

/**
 * By WeChat's word. `closed → paid` is the only way out of closed: a payment that overtook the closing. Only two people
 * take a payment back that WeChat does not have (冲正): `paid → closed`.
 */
export const ORDER_TRANSITIONS: Readonly<Record<OrderState, readonly OrderState[]>> = {
  created: ['prepaid', 'paid', 'closed', 'quarantined'],
  prepaid: ['paid', 'closed', 'quarantined'],
  closed: ['paid', 'quarantined'],
  quarantined: ['paid'],
  paid: [],
};

export const REFUND_STATES = ['requested', 'accepted', 'succeeded', 'abnormal', 'closed'] as const;
/** requested: ours only · accepted: WeChat works on it · abnormal: the account cannot take it · closed: retry under a new number */
export type RefundState = (typeof REFUND_STATES)[number];

/** `abnormal → succeeded` happens when the office gives WeChat another account. */
export const REFUND_TRANSITIONS: Readonly<Record<RefundState, readonly RefundState[]>> = {
  requested: ['accepted', 'succeeded', 'abnormal', 'closed'],
  accepted: ['succeeded', 'abnormal', 'closed'],
  abnormal: ['succeeded', 'closed'],
  succeeded: [],
  closed: [],
};

/** Later states only: what is over never begins again, in whatever order the news arrive. @returns whence `to` is reached */
export const refundStatesBefore = (to: RefundState): readonly RefundState[] =>
  REFUND_STATES.filter((state) => REFUND_TRANSITIONS[state].includes(to));

/** The accounts of an order's ledger. A positive amount is a debit, a negative one a credit. */
export type LedgerAccount =
  | 'channel' // what WeChat holds or has settled for us
  | `income:${string}` // by fee item
  | 'refund_payable' // asked of WeChat, not yet with the payer
  | 'suspense' // money that fits no order
  | 'channel_fee';

export interface LedgerLine {
  account: LedgerAccount;
  fen: number;
}

/** @returns whether debits equal credits, to the fen */
export const balances = (lines: readonly LedgerLine[]): boolean =>
  lines.reduce((sum, line) => sum + line.fen, 0) === 0;
