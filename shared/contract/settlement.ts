import { z } from 'zod';
import { type ContractPart, FenAmount, Id, IdParams, Instant, Line, Page, XLSX } from './endpoint';

export const BATCH_STATES = ['submitted', 'rejected', 'approved', 'paused', 'stopped', 'done'] as const;

export const RefundBatchView = z.object({
  id: Id,
  campaignId: Id,
  state: z.enum(BATCH_STATES),
  submittedBy: z.string(),
  submittedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  lines: z.object({
    total: z.int(),
    waiting: z.int(),
    /** Left out by the one who submitted, each with a reason; not in the total. */
    excluded: z.int(),
    cancelled: z.int(),
    refunded: z.int(),
    skipped: z.int(),
    failed: z.int(),
  }),
  amountFen: FenAmount,
  refundedFen: FenAmount,
  /** The word of the one who decided. */
  note: z.string().nullable(),
  /** Why it stopped, for a person. */
  stoppedBecause: z.string().nullable(),
  version: z.int(),
});
export type RefundBatchView = z.infer<typeof RefundBatchView>;

export const Uncollected = z.object({
  bookingId: Id,
  studentNo: z.string(),
  name: z.string(),
  college: z.string(),
  arrived: z.boolean(),
  amountFen: FenAmount,
  orderNo: z.string().nullable(),
});
export type Uncollected = z.infer<typeof Uncollected>;

/** What became of one booking of a batch. */
export const LINE_STATES = ['waiting', 'excluded', 'cancelled', 'refunded', 'skipped', 'failed'] as const;

export const RefundLineView = z.object({
  bookingId: Id,
  orderNo: z.string(),
  studentNo: z.string(),
  name: z.string(),
  college: z.string(),
  arrived: z.boolean(),
  amountFen: FenAmount,
  state: z.enum(LINE_STATES),
  /** Why it was excluded, skipped, or has failed. */
  note: z.string().nullable(),
});
export type RefundLineView = z.infer<typeof RefundLineView>;

/** A staff phone that may still keep scans: refunds wait for it. */
export const PhoneToWaitFor = z.object({
  id: Id,
  label: z.string(),
  lastSeenAt: Instant.nullable(),
  /** How many scans it said it keeps; null when it has not spoken since the collection ended. */
  pending: z.int().nullable(),
});
export type PhoneToWaitFor = z.infer<typeof PhoneToWaitFor>;

/** Money of one fee item, by the ledger. */
const ItemMoney = z.object({
  code: z.string(),
  receivedFen: FenAmount,
  refundedFen: FenAmount,
  netFen: FenAmount,
});

export const AgencyRow = z.object({
  college: z.string(),
  shots: z.int(),
  paid: z.int(),
  /** Photographed and not paid yet. */
  owed: z.int(),
  waived: z.int(),
  items: z.array(ItemMoney),
  netFen: FenAmount,
});
export type AgencyRow = z.infer<typeof AgencyRow>;

/** What is settled with the photographer (与拍摄单位结算): shots × fee item × college, net of refunds. */
export const AgencySheet = z.object({
  campaign: z.string(),
  at: Instant,
  items: z.array(z.object({ code: z.string(), name: z.string(), amountFen: FenAmount })),
  rows: z.array(AgencyRow),
  total: AgencyRow.omit({ college: true }),
  /** Paid, not photographed, not given back: income that is not the photographer's. */
  unshot: z.object({ bookings: z.int(), netFen: FenAmount }),
  /** The campaign's income by the sums of its ledger, fee item by fee item: shots and unshot together must be this. */
  ledger: z.array(z.object({ code: z.string(), netFen: FenAmount })),
  ties: z.boolean(),
});
export type AgencySheet = z.infer<typeof AgencySheet>;

export const settlement = {
  'GET /api/console/campaigns/:id/uncollected': {
    summary: 'Paid and not photographed, those who arrived apart',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({
      bookings: z.array(Uncollected),
      amountFen: FenAmount,
      phones: z.array(PhoneToWaitFor),
    }),
  },
  'GET /api/console/campaigns/:id/uncollected.xlsx': {
    summary: 'Who paid and was not photographed (已付未拍), as a workbook; the export is audited',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    download: XLSX,
  },
  'GET /api/console/campaigns/:id/unpaid-shots.xlsx': {
    summary: 'Who was photographed without having paid (已拍未付), as a workbook; the export is audited',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    download: XLSX,
  },
  'GET /api/console/campaigns/:id/agency-sheet': {
    summary: 'The settlement with the photographer: shots by fee item and college, net of refunds',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: AgencySheet,
  },
  'GET /api/console/campaigns/:id/agency-sheet.xlsx': {
    summary: 'The settlement with the photographer as a workbook; the export is audited',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    download: XLSX,
  },
  'GET /api/console/campaigns/:id/refund-batches': {
    summary: 'Refund batches of a campaign, newest first',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({ batches: z.array(RefundBatchView) }),
  },
  'POST /api/console/campaigns/:id/refund-batches': {
    summary: 'Submit the refund of all uncollected bookings, without the excluded ones',
    who: ['finance'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({
      exclude: z
        .array(z.strictObject({ bookingId: Id, reason: Line(100) }))
        .max(5000)
        .default([]),
    }),
    response: RefundBatchView,
    errors: ['COLLECTION_NOT_OVER', 'PHONES_NOT_UPLOADED', 'BATCH_STATE'],
  },
  'GET /api/console/refund-batches/:id': {
    summary: 'Progress of a refund batch',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: RefundBatchView,
  },
  'GET /api/console/refund-batches/:id/lines': {
    summary: 'The lines of a refund batch in one state, page by page, each with its reason',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    query: Page.extend({ state: z.enum(LINE_STATES) }),
    response: z.object({ lines: z.array(RefundLineView), next: z.string().nullable() }),
  },
  'GET /api/console/refund-batches/:id/result.xlsx': {
    summary: 'What became of a refund batch, line by line with totals; the export is audited',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    download: XLSX,
  },
  'POST /api/console/refund-batches/:id/decide': {
    summary:
      'Another person approves (balance is checked, then it runs) or rejects. Whoever submitted it may only take it back',
    who: ['finance'],
    limit: 'write',
    secondFactor: 'to-approve',
    params: IdParams,
    body: z.strictObject({
      version: z.int(),
      decision: z.enum(['approve', 'reject']),
      note: Line(200).optional(),
    }),
    response: RefundBatchView,
    errors: ['TWO_PEOPLE_NEEDED', 'BALANCE_TOO_LOW', 'BATCH_STATE', 'CHANGED_MEANWHILE'],
  },
  'POST /api/console/refund-batches/:id/pause': {
    summary: 'Pause or resume a running batch',
    who: ['finance'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ paused: z.boolean() }),
    response: RefundBatchView,
    errors: ['BATCH_STATE'],
  },
} as const satisfies ContractPart;
