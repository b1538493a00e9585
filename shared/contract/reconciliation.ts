import { z } from 'zod';
import { type ContractPart, Day, FenAmount, Id, Instant } from './endpoint';

export const DAY_STATES = [
  'waiting',
  'imported',
  'matching',
  'differences',
  'to_review',
  'closed',
  'matched',
] as const;

export const DIFFERENCE_TYPES = [
  'surplus', // 长款: only WeChat has it
  'shortage', // 短款: only we have it
  'amount',
  'status',
  'fee',
  'duplicate_payment',
  'cross_day',
  'footer',
  'unknown_flow', // money moved that no trade explains
  'missing_flow', // the trade bill has it, the money did not move
] as const;

export const MerchantView = z.object({ id: Id, mchid: z.string(), name: z.string() });

export const BillDayView = z.object({
  merchantId: Id,
  day: Day,
  state: z.enum(DAY_STATES),
  rows: z.int(),
  differences: z.int(),
  ours: z.object({ payments: z.int(), paidFen: FenAmount, refunds: z.int(), refundedFen: FenAmount }),
  theirs: z
    .object({
      payments: z.int(),
      paidFen: FenAmount,
      refunds: z.int(),
      refundedFen: FenAmount,
      feeFen: FenAmount,
    })
    .nullable(),
  /** The fund-flow bill: what came in and went out. */
  moved: z.object({ rows: z.int(), inFen: FenAmount, outFen: FenAmount }).nullable(),
  importedAt: Instant.nullable(),
  /** Why the last attempt to import failed. */
  trouble: z.string().nullable(),
});
export type BillDayView = z.infer<typeof BillDayView>;

export const DifferenceView = z.object({
  id: z.string(),
  day: Day,
  type: z.enum(DIFFERENCE_TYPES),
  status: z.enum(['open', 'working', 'to_review', 'settled']),
  orderNo: z.string().nullable(),
  refundNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  oursFen: FenAmount.nullable(),
  theirsFen: FenAmount.nullable(),
  explanation: z.string(),
});
export type DifferenceView = z.infer<typeof DifferenceView>;

const MerchantDay = z.strictObject({ merchantId: Id, day: Day });

export const reconciliation = {
  'GET /api/console/merchants': {
    summary: 'Merchant accounts of the school',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    response: z.object({ merchants: z.array(MerchantView) }),
  },
  'GET /api/console/merchants/:merchantId/days': {
    summary: 'Reconciliation days of a merchant with their states',
    who: ['finance', 'auditor'],
    limit: 'read',
    params: z.strictObject({ merchantId: Id }),
    query: z.strictObject({ from: Day, to: Day }),
    response: z.object({ days: z.array(BillDayView) }),
  },
  'POST /api/console/merchants/:merchantId/days/:day/fetch': {
    summary: 'Fetch both bills of a day and match them with our records, both ways',
    who: ['finance'],
    limit: 'write',
    params: MerchantDay,
    response: BillDayView,
    errors: ['BILL_NOT_READY', 'BILL_REFUSED', 'DAY_CLOSED', 'DAY_BUSY'],
  },
  'GET /api/console/merchants/:merchantId/days/:day/differences': {
    summary: 'Typed differences of a day',
    who: ['finance', 'auditor'],
    limit: 'read',
    params: MerchantDay,
    response: z.object({ differences: z.array(DifferenceView) }),
  },
} as const satisfies ContractPart;
