import { model, Schema } from 'mongoose';
import type { LedgerLine, OrderState, RefundState } from '../../../shared/domain/order-state';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

export interface FeeItem {
  code: string;
  name: string;
  amountFen: number;
}

/** One movement of money, balanced: the lines sum to zero. Never changed; a mistake is reversed by another entry. */
export interface LedgerEntry {
  id: string;
  at: Date;
  kind:
    | 'payment'
    | 'payment-reversed'
    | 'refund-requested'
    | 'refund-succeeded'
    | 'refund-reversed'
    | 'quarantined'
    | 'accepted';
  /** The order's or refund's number at WeChat. */
  reference: string;
  lines: LedgerLine[];
}

/** A refund (退款), a state machine of its own inside its order. */
export interface Refund {
  /** out_refund_no: the same on every retry; a refund that WeChat closed goes on under a new one. */
  refundNo: string;
  /** What wants this refund: asking twice for the same cause is one refund. */
  cause: string;
  state: RefundState;
  amountFen: number;
  /** By fee item; sums to `amountFen`. Empty for money in quarantine, which belongs to none. */
  items: { code: string; amountFen: number }[];
  reason: string;
  requestedBy: string;
  requestedAt: Date;
  /** The promise: three Chinese working days after the request (Asia/Shanghai). */
  dueDay: string;
  refundId: string | null;
  acceptedAt: Date | null;
  succeededAt: Date | null;
  /** WeChat's last word when it went wrong: NOT_ENOUGH, ABNORMAL … */
  trouble: string | null;
  /** Somebody wants it on this card of the payer's, or (nulls) with the school; a second person has to say the same. */
  redirect?: { bankType: string | null; cardEnding: string | null; by: Person; at: Date } | null;
}

/** Money moves by the word of two people: one proposes, another decides. */
export interface Proposal {
  id: string;
  /** refund: give back · accept: let money that was put aside count as this order's */
  kind: 'refund' | 'accept';
  /** Codes of the fee items to refund, whole; null: all that is left. */
  items: string[] | null;
  /** The payer of a refund reads it. */
  reason: string;
  /** The student gives up the place with the money. */
  endsPlace: boolean;
  state: 'pending' | 'approved' | 'rejected';
  by: Person;
  at: Date;
  decidedBy: Person | null;
  decidedAt: Date | null;
  note: string | null;
}

export interface Person {
  userId: string;
  name: string;
}

/** Why money was put aside. unknown: a bill has it, and nobody here is named by it. */
export type QuarantineReason = 'amount' | 'currency' | 'merchant' | 'app' | 'payer' | 'unknown';

/** A payment of ours that WeChat does not have (短款), taken back by two people. */
export interface Reversal {
  transactionId: string;
  paidAt: Date;
  fen: number;
  /** What wanted it: the same cause again is the same reversal. */
  cause: string;
  at: Date;
}

/** An order (订单): the authority for money. Its id is the out_trade_no: random, never a sequence, used once. */
export interface Order extends RecordDocument {
  schoolId: string;
  campaignId: string;
  bookingId: string;
  studentId: string;
  mchid: string;
  appid: string;
  /** Who was to pay: whoever opened the payment page. */
  payerOpenid: string;
  description: string;
  /** Copied from the booking, so that later price changes do not reach it. */
  feeItems: FeeItem[];
  totalFen: number;
  state: OrderState;
  createdAt: Date;
  /** time_expire: WeChat takes no money after it, and yet the order must be closed. */
  expiresAt: Date;
  prepayId: string | null;
  transactionId?: string;
  paidAt: Date | null;
  /** What the payer paid; less than the total with a coupon. */
  payerTotalFen: number | null;
  closedAt: Date | null;
  /** Stays when the money is accepted: it says what came. `mchid` is the account that has it. */
  quarantine: { reason: QuarantineReason; receivedFen: number; currency: string; mchid: string } | null;
  /** Money that a bill brought to light: of no booking, student or campaign (empty). By which difference. */
  foundBy?: string;
  reversed?: Reversal;
  refunds: Refund[];
  proposals: Proposal[];
  ledger: LedgerEntry[];
  /** Ids of the callbacks that changed this order. */
  callbackIds: string[];
}

const refund = new Schema<Refund>(
  {
    refundNo: { type: String, required: true },
    cause: { type: String, required: true },
    state: { type: String, required: true },
    amountFen: { type: Number, required: true },
    items: { type: [{ _id: false, code: String, amountFen: Number }], required: true },
    reason: { type: String, required: true },
    requestedBy: { type: String, required: true },
    requestedAt: { type: Date, required: true },
    dueDay: { type: String, required: true },
    refundId: { type: String, default: null },
    acceptedAt: { type: Date, default: null },
    succeededAt: { type: Date, default: null },
    trouble: { type: String, default: null },
    redirect: { type: Schema.Types.Mixed, default: null },
  },
  { _id: false },
);

const schema = new Schema<Order>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    bookingId: { type: String, required: true },
    studentId: { type: String, required: true },
    mchid: { type: String, required: true },
    appid: { type: String, required: true },
    payerOpenid: { type: String, required: true },
    description: { type: String, required: true },
    feeItems: { type: [{ _id: false, code: String, name: String, amountFen: Number }], required: true },
    totalFen: { type: Number, required: true },
    state: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    prepayId: { type: String, default: null },
    transactionId: String,
    paidAt: { type: Date, default: null },
    payerTotalFen: { type: Number, default: null },
    closedAt: { type: Date, default: null },
    quarantine: { type: Schema.Types.Mixed, default: null },
    foundBy: String,
    reversed: Schema.Types.Mixed,
    refunds: { type: [refund], required: true },
    proposals: { type: Schema.Types.Mixed, required: true },
    ledger: { type: Schema.Types.Mixed, required: true },
    callbackIds: { type: [String], required: true },
  },
  recordOptions,
);
schema.index(
  { transactionId: 1 },
  { unique: true, partialFilterExpression: { transactionId: { $exists: true } } },
);
schema.index({ bookingId: 1 });
schema.index({ schoolId: 1, bookingId: 1 });
schema.index({ campaignId: 1, state: 1 });
schema.index({ mchid: 1, paidAt: 1 });
schema.index({ mchid: 1, 'refunds.acceptedAt': 1 });
schema.index({ 'refunds.refundNo': 1 });
// What waits for a person, per school; partial, because nearly no order ever stands in them.
schema.index(
  { schoolId: 1, state: 1 },
  { name: 'quarantined', partialFilterExpression: { state: 'quarantined' } },
);
schema.index(
  { schoolId: 1, 'proposals.state': 1 },
  { name: 'proposed', partialFilterExpression: { 'proposals.0': { $exists: true } } },
);
schema.index(
  { schoolId: 1, 'refunds.state': 1 },
  { name: 'refunding', partialFilterExpression: { 'refunds.0': { $exists: true } } },
);
indexRecords(schema);

export const Orders = model<Order>('Order', schema, 'orders');
