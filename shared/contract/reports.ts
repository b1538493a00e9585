import { z } from 'zod';
import { REFUND_STATES } from '../domain/order-state';
import { REFUND_PROMISES } from '../domain/refund-promise';
import { type ContractPart, Day, FenAmount, Id, Instant, Page, XLSX } from './endpoint';
import { RECEIPT_KINDS } from './receipts';
import { DAY_STATES, DIFFERENCE_STATES, DIFFERENCE_TYPES, REPAIRS } from './reconciliation';

export const REPORTS = [
  'daily', // 日汇总
  'detail', // 明细
  'differences', // 差异
  'refunds', // 退款
  'fees', // 手续费
  'monthly', // 月报
  'campaigns', // 批次结算
] as const;
export type ReportName = (typeof REPORTS)[number];

/** payment: by the day money moved, as WeChat's bills do · shot: by the day the student was photographed */
export const BASES = ['payment', 'shot'] as const;
export type Basis = (typeof BASES)[number];

const Asked = z.strictObject({
  from: Day,
  to: Day,
  by: z.enum(BASES).default('payment'),
  campaignId: Id.optional(),
});

const Merchant = z.strictObject({ merchantId: Id });

const Sums = z.object({
  payments: z.int(),
  paidFen: FenAmount,
  refunds: z.int(),
  refundedFen: FenAmount,
});

export const ReportDay = z.object({
  day: Day,
  ours: Sums,
  /** WeChat's footer; null while the bill is not in, and where it knows nothing comparable. */
  theirs: Sums.extend({ feeFen: FenAmount }).nullable(),
  state: z.enum(DAY_STATES).nullable(),
  /** Not settled yet. */
  differences: z.int(),
  /** Students photographed; counted by the day of the shot only. */
  shots: z.int(),
});
export type ReportDay = z.infer<typeof ReportDay>;

/** Money of one campaign, college and fee item. Money that is of none (put aside) has empty names. */
export const MoneyGroup = z.object({
  campaignId: z.string(),
  campaign: z.string(),
  college: z.string(),
  code: z.string(),
  item: z.string(),
  payments: z.int(),
  paidFen: FenAmount,
  refunds: z.int(),
  refundedFen: FenAmount,
});
export type MoneyGroup = z.infer<typeof MoneyGroup>;

export const MoneySummary = z.object({
  at: Instant,
  by: z.enum(BASES),
  /** Only days with money, a bill or somebody photographed. */
  days: z.array(ReportDay),
  /** The same money as in the days. */
  groups: z.array(MoneyGroup),
});
export type MoneySummary = z.infer<typeof MoneySummary>;

const Whose = {
  studentNo: z.string(),
  /** Masked. */
  name: z.string(),
  college: z.string(),
  campaign: z.string(),
};

export const OrderLine = z.object({
  orderNo: z.string(),
  transactionId: z.string().nullable(),
  paidAt: Instant,
  ...Whose,
  receivedFen: FenAmount,
  /** With the payer again. */
  refundedFen: FenAmount,
  /** Asked for and not there yet. */
  refundingFen: FenAmount,
  /** Put aside: two people decide about it. */
  isAside: z.boolean(),
  shotDay: Day.nullable(),
  /** What the school has issued for it; null: nothing. */
  receipt: z.object({ kind: z.enum(RECEIPT_KINDS), number: z.string() }).nullable(),
});
export type OrderLine = z.infer<typeof OrderLine>;

export const RefundLine = z.object({
  refundNo: z.string(),
  orderNo: z.string(),
  refundId: z.string().nullable(),
  ...Whose,
  amountFen: FenAmount,
  reason: z.string(),
  state: z.enum(REFUND_STATES),
  trouble: z.string().nullable(),
  requestedAt: Instant,
  acceptedAt: Instant.nullable(),
  /** What the student was promised. */
  dueDay: Day,
  arrivedAt: Instant.nullable(),
  /** Working days from the request until the money was there, or until today. */
  workingDays: z.int(),
  promise: z.enum(REFUND_PROMISES).nullable(),
});
export type RefundLine = z.infer<typeof RefundLine>;

const CountAndSum = z.object({ refunds: z.int(), amountFen: FenAmount });

export const DifferenceLine = z.object({
  id: z.string(),
  day: Day,
  type: z.enum(DIFFERENCE_TYPES),
  status: z.enum(DIFFERENCE_STATES),
  orderNo: z.string().nullable(),
  refundNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  oursFen: FenAmount.nullable(),
  theirsFen: FenAmount.nullable(),
  explanation: z.string(),
  owner: z.string().nullable(),
  repair: z.enum(REPAIRS).nullable(),
  by: z.string().nullable(),
  approvedBy: z.string().nullable(),
  settledAt: Instant.nullable(),
  result: z.string().nullable(),
});
export type DifferenceLine = z.infer<typeof DifferenceLine>;

/** Fees are known from the bill alone. What its rates make of its amounts stands beside what it charges. */
export const FeeDay = z.object({
  day: Day,
  payments: z.int(),
  /** 应结订单金额: what the fee is charged on. */
  settledFen: FenAmount,
  chargedFen: FenAmount,
  refunds: z.int(),
  settledRefundFen: FenAmount,
  returnedFen: FenAmount,
  /** By the rate in each row, half-up to the fen. */
  expectedFen: FenAmount,
  /** 手续费总金额 of the footer. */
  footerFen: FenAmount,
  /** "0.60%", every one that occurs. */
  rates: z.array(z.string()),
});
export type FeeDay = z.infer<typeof FeeDay>;

/** One campaign, one college: money, and what it was paid for. */
export const CampaignLine = z.object({
  campaignId: z.string(),
  campaign: z.string(),
  college: z.string(),
  /** Students photographed. */
  shots: z.int(),
  shotUnpaid: z.int(),
  shotWaived: z.int(),
  /** Paid, the place kept, and not photographed. */
  paidWithoutShot: z.int(),
  payments: z.int(),
  receivedFen: FenAmount,
  refundedFen: FenAmount,
  refundingFen: FenAmount,
  asideFen: FenAmount,
  /** What is left, by fee item; sums to received less refunded, refunding and aside. */
  items: z.array(z.object({ code: z.string(), name: z.string(), netFen: FenAmount })),
});
export type CampaignLine = z.infer<typeof CampaignLine>;

const who = ['finance', 'auditor'] as const;
const limit = 'read';

export const reports = {
  'GET /api/console/merchants/:merchantId/reports/summary': {
    summary: 'Money by day beside WeChat’s footers, and by campaign, college and fee item',
    who,
    limit,
    params: Merchant,
    query: Asked,
    response: MoneySummary,
  },
  'GET /api/console/merchants/:merchantId/reports/orders': {
    summary: 'Every paid order of the days, in pages; totals with the first',
    who,
    limit,
    params: Merchant,
    query: Asked.extend(Page.shape),
    response: z.object({
      lines: z.array(OrderLine),
      next: z.string().nullable(),
      totals: z
        .object({
          orders: z.int(),
          receivedFen: FenAmount,
          refundedFen: FenAmount,
          refundingFen: FenAmount,
        })
        .nullable(),
    }),
  },
  'GET /api/console/merchants/:merchantId/reports/refunds': {
    summary: 'Every refund that WeChat took on these days, and those it has yet to take, with their promises',
    who,
    limit,
    params: Merchant,
    query: Asked.extend(Page.shape),
    response: z.object({
      lines: z.array(RefundLine),
      next: z.string().nullable(),
      /** Taken by WeChat: what its footer counts, closed ones too. */
      accepted: CountAndSum,
      /** Of those, closed by WeChat: the money stayed with us. */
      closed: CountAndSum,
      /** Asked for and not taken yet; no bill has them. */
      waiting: CountAndSum,
      promises: z.array(CountAndSum.extend({ promise: z.enum(REFUND_PROMISES) })),
    }),
  },
  'GET /api/console/merchants/:merchantId/reports/differences': {
    summary: 'Differences of the days with how each was settled, and by type',
    who,
    limit,
    params: Merchant,
    query: Asked.pick({ from: true, to: true }).extend(Page.shape),
    response: z.object({
      lines: z.array(DifferenceLine),
      next: z.string().nullable(),
      types: z.array(
        z.object({
          type: z.enum(DIFFERENCE_TYPES),
          all: z.int(),
          unsettled: z.int(),
          /** How far both sides are apart by it, without anybody having said why. */
          unsettledFen: FenAmount,
        }),
      ),
    }),
  },
  'GET /api/console/merchants/:merchantId/reports/fees': {
    summary: 'Fees of the days: charged, given back, what the rates make of it, and the footer',
    who,
    limit,
    params: Merchant,
    query: Asked.pick({ from: true, to: true }),
    response: z.object({ days: z.array(FeeDay) }),
  },
  'GET /api/console/merchants/:merchantId/reports/campaigns': {
    summary: 'Money of each campaign by college and fee item, beside what was photographed',
    who,
    limit,
    params: Merchant,
    query: z.strictObject({ campaignId: Id.optional() }),
    response: z.object({ lines: z.array(CampaignLine) }),
  },
  'GET /api/console/merchants/:merchantId/reports.xlsx': {
    summary: 'A report as a workbook. Each is recorded in the audit log',
    who,
    limit,
    params: Merchant,
    query: Asked.extend({ report: z.enum(REPORTS) }),
    download: XLSX,
  },
} as const satisfies ContractPart;
