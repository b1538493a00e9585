import { z } from 'zod';
import { ATTENDANCES, PAYMENTS, PLACES } from '../domain/booking-state';
import { ORDER_STATES, REFUND_STATES } from '../domain/order-state';
import { REFUND_PROMISES } from '../domain/refund-promise';
import { isReasonShort } from '../domain/refund-reason';
import { FeeItem } from './campaigns';
import { type ContractPart, Day, FenAmount, Id, IdParams, Instant, Line, Page } from './endpoint';

/** What finance sees of a refund. */
export const RefundRecord = z.object({
  refundNo: z.string(),
  state: z.enum(REFUND_STATES),
  amountFen: FenAmount,
  items: z.array(z.object({ code: z.string(), amountFen: FenAmount })),
  reason: z.string(),
  requestedAt: Instant,
  /** The promised day (Asia/Shanghai). */
  dueDay: Day,
  acceptedAt: Instant.nullable(),
  succeededAt: Instant.nullable(),
  /** WeChat's last word when it went wrong: NOT_ENOUGH, ABNORMAL … */
  trouble: z.string().nullable(),
  /** Closed by WeChat and gone on under another number. */
  renewed: z.boolean(),
  /** Somebody wants it on another card of the payer's, or (nulls) with the school; a second person has to say the same. */
  redirect: z
    .object({
      bankType: z.string().nullable(),
      cardEnding: z.string().nullable(),
      by: z.string(),
      at: Instant,
      mine: z.boolean(),
    })
    .nullable(),
});
export type RefundRecord = z.infer<typeof RefundRecord>;

export const ProposalView = z.object({
  id: Id,
  kind: z.enum(['refund', 'accept']),
  items: z.array(z.string()).nullable(),
  reason: z.string(),
  endsPlace: z.boolean(),
  state: z.enum(['pending', 'approved', 'rejected']),
  by: z.string(),
  at: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
  /** The reader proposed it, and so may only take it back. */
  mine: z.boolean(),
});

export type ProposalView = z.infer<typeof ProposalView>;

export const OrderRecord = z.object({
  orderNo: z.string(),
  /** Empty, as the booking's, for money that a bill brought to light: it is nobody's here. */
  campaignId: Id.or(z.literal('')),
  bookingId: Id.or(z.literal('')),
  student: z.object({ studentNo: z.string(), name: z.string(), college: z.string() }),
  mchid: z.string(),
  state: z.enum(ORDER_STATES),
  feeItems: z.array(FeeItem),
  totalFen: FenAmount,
  /** Less than what came, with a coupon of WeChat's. */
  payerTotalFen: FenAmount.nullable(),
  receivedFen: FenAmount,
  refundedFen: FenAmount,
  refundableFen: FenAmount,
  transactionId: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
  paidAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  quarantine: z
    .object({
      reason: z.enum(['amount', 'currency', 'merchant', 'app', 'payer', 'unknown']),
      receivedFen: FenAmount,
      currency: z.string(),
    })
    .nullable(),
  refunds: z.array(RefundRecord),
  proposals: z.array(ProposalView),
  booking: z
    .object({ place: z.enum(PLACES), payment: z.enum(PAYMENTS), attendance: z.enum(ATTENDANCES) })
    .nullable(),
});
export type OrderRecord = z.infer<typeof OrderRecord>;

export const LedgerEntryView = z.object({
  id: z.string(),
  at: Instant,
  kind: z.enum([
    'payment',
    'payment-reversed',
    'refund-requested',
    'refund-succeeded',
    'refund-reversed',
    'quarantined',
    'accepted',
  ]),
  reference: z.string(),
  /** A positive amount is a debit, a negative one a credit; they sum to zero. */
  lines: z.array(z.object({ account: z.string(), fen: FenAmount })),
});

export const NoticeView = z.object({
  id: z.string(),
  mchid: z.string(),
  kind: z.enum(['payment', 'refund']),
  reason: z.enum(['unknown', 'another_transaction', 'differs']),
  orderNo: z.string(),
  refundNo: z.string().nullable(),
  transactionId: z.string(),
  amountFen: FenAmount,
  at: Instant,
});

/** A refund that goes on only if a person does something, or is late. */
export const RefundTask = z.object({
  order: OrderRecord,
  refund: RefundRecord,
  /** abnormal: the payer's account does not take it · closed: WeChat gave up · refused: WeChat does not accept it · late */
  task: z.enum(['abnormal', 'closed', 'refused', 'late']),
});
export type RefundTask = z.infer<typeof RefundTask>;

/** Within so many days of its end a certificate stands in the work list. */
export const RENEW_KEYS_DAYS = 30;

/** Without it a merchant account soon takes and gives no money, or does so no more. */
export const AccountTask = z.object({
  mchid: z.string(),
  name: z.string(),
  /** certificate: the merchant's own · platform_certificate: what WeChat signs with · keys: they fit nothing */
  what: z.enum(['certificate', 'platform_certificate', 'keys']),
  task: z.enum(['ending', 'ended', 'unusable']),
  /** Empty for keys. */
  serial: z.string(),
  validTo: Instant.nullable(),
});
export type AccountTask = z.infer<typeof AccountTask>;

/** A refund against the day that was promised to the student. */
export const RefundPromiseLine = z.object({
  orderNo: z.string(),
  refundNo: z.string(),
  studentNo: z.string(),
  name: z.string(),
  college: z.string(),
  amountFen: FenAmount,
  reason: z.string(),
  state: z.enum(REFUND_STATES),
  trouble: z.string().nullable(),
  requestedAt: Instant,
  /** Three working days after the request (Asia/Shanghai). */
  dueDay: Day,
  arrivedAt: Instant.nullable(),
  promise: z.enum(REFUND_PROMISES),
});
export type RefundPromiseLine = z.infer<typeof RefundPromiseLine>;

const OrderNo = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/);
const RefundNo = z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/);
const OrderParams = z.strictObject({ orderNo: OrderNo });
const RefundParams = z.strictObject({ orderNo: OrderNo, refundNo: RefundNo });
const ItemCode = z.string().regex(/^[\w-]{1,40}$/);

export const orders = {
  'GET /api/console/orders': {
    summary: 'Orders by order number, refund number, WeChat transaction or student number; none without one',
    who: ['finance', 'auditor'],
    limit: 'search',
    query: z.strictObject({ q: Line(64).optional(), campaignId: Id.optional() }),
    response: z.object({ orders: z.array(OrderRecord) }),
  },
  'GET /api/console/orders/:orderNo': {
    summary: 'One order with its refunds and its ledger',
    who: ['finance', 'auditor', 'support'],
    limit: 'read',
    params: OrderParams,
    response: z.object({ order: OrderRecord, ledger: z.array(LedgerEntryView) }),
  },
  'GET /api/console/money-tasks': {
    summary:
      'What about money waits for a person: put aside, proposed, stuck refunds, news that fits nothing, keys that end',
    who: ['finance', 'auditor'],
    limit: 'read',
    response: z.object({
      quarantined: z.array(OrderRecord),
      proposed: z.array(OrderRecord),
      refunds: z.array(RefundTask),
      notices: z.array(NoticeView),
      /** Of all the school's merchant accounts, the most urgent first. */
      accounts: z.array(AccountTask),
    }),
  },
  'GET /api/console/campaigns/:id/refund-promises': {
    summary:
      'Refunds of a campaign by the promised day: arrived, on their way, due within a working day, late',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    query: Page.extend({ show: z.enum(REFUND_PROMISES).default('overdue') }),
    response: z.object({
      totals: z.array(z.object({ promise: z.enum(REFUND_PROMISES), refunds: z.int(), amountFen: FenAmount })),
      lines: z.array(RefundPromiseLine),
      next: z.string().nullable(),
    }),
  },
  'POST /api/console/orders/:orderNo/check': {
    summary: 'Ask WeChat now what became of an order',
    who: ['finance', 'support'],
    limit: 'write',
    params: OrderParams,
    response: OrderRecord,
    errors: ['UPSTREAM_UNAVAILABLE'],
  },
  'POST /api/console/orders/:orderNo/proposals': {
    summary: 'Propose to refund an order, whole or by fee item, or to accept money that was put aside',
    who: ['finance', 'office'],
    limit: 'write',
    params: OrderParams,
    body: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('refund'),
        /** Fee items, whole; absent: all that is left. */
        items: z.array(ItemCode).min(1).max(20).optional(),
        /** The payer reads it. */
        reason: Line(80).refine(isReasonShort),
        /** The student gives up the place with the money. */
        endsPlace: z.boolean().default(false),
      }),
      z.strictObject({ kind: z.literal('accept'), reason: Line(80) }),
    ]),
    response: OrderRecord,
    errors: [
      'ORDER_NOT_PAID',
      'NOTHING_TO_REFUND',
      'NOT_ITEM_OF_ORDER',
      'ORDER_NOT_IN_REVIEW',
      'CURRENCY_NOT_ACCEPTED',
      'PROPOSAL_PENDING',
      'CHANGED_MEANWHILE',
      'UPSTREAM_UNAVAILABLE',
    ],
  },
  'POST /api/console/orders/:orderNo/proposals/:proposalId/decide': {
    summary: 'Another person approves, and the money moves; or rejects. The proposer may only take it back',
    who: ['finance'],
    limit: 'write',
    secondFactor: 'to-approve',
    params: z.strictObject({ orderNo: OrderNo, proposalId: Id }),
    body: z.strictObject({ decision: z.enum(['approve', 'reject']), note: Line(200).optional() }),
    response: OrderRecord,
    errors: [
      'TWO_PEOPLE_NEEDED',
      'PROPOSAL_DECIDED',
      'NOTHING_TO_REFUND',
      'ORDER_NOT_IN_REVIEW',
      'CHANGED_MEANWHILE',
    ],
  },
  'POST /api/console/orders/:orderNo/refunds/:refundNo/renew': {
    summary: 'A refund that WeChat closed goes on under a new number',
    who: ['finance'],
    limit: 'write',
    params: RefundParams,
    response: OrderRecord,
    errors: ['REFUND_STATE', 'NOTHING_TO_REFUND'],
  },
  'POST /api/console/orders/:orderNo/refunds/:refundNo/redirect': {
    summary:
      'An abnormal refund goes to another card of the payer, or to the school to be paid out by hand, once two people say so',
    who: ['finance'],
    limit: 'write',
    secondFactor: 'always',
    params: RefundParams,
    body: z.discriminatedUnion('account', [
      z.strictObject({ account: z.literal('merchant') }),
      z.strictObject({
        account: z.literal('payer'),
        /** WeChat's code of the bank, such as ICBC_DEBIT. */
        bankType: z.string().regex(/^[A-Z_]{1,16}$/),
        cardNumber: z.string().regex(/^\d{16,19}$/),
        holderName: Line(100),
      }),
    ]),
    response: OrderRecord,
    errors: ['REFUND_STATE', 'CARD_DIFFERS', 'CHANGED_MEANWHILE', 'UPSTREAM_REFUSED', 'UPSTREAM_UNAVAILABLE'],
  },
  'POST /api/console/payment-notices/:noticeId/resolve': {
    summary: 'Say what a notification that fits no order was about',
    who: ['finance'],
    limit: 'write',
    params: z.strictObject({ noticeId: z.string().regex(/^[\w-]{1,64}$/) }),
    body: z.strictObject({ note: Line(200) }),
    errors: ['CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
