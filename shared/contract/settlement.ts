import { z } from 'zod';
import { type ContractPart, FenAmount, Id, IdParams, Instant, Line } from './endpoint';

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
    cancelled: z.int(),
    refunded: z.int(),
    skipped: z.int(),
    failed: z.int(),
  }),
  amountFen: FenAmount,
  refundedFen: FenAmount,
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

export const settlement = {
  'GET /api/console/campaigns/:id/uncollected': {
    summary: 'Paid and not photographed, those who arrived apart',
    who: ['office', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({ bookings: z.array(Uncollected), amountFen: FenAmount }),
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
  'POST /api/console/refund-batches/:id/decide': {
    summary: 'Approve (balance is checked, then it runs) or reject; never by the one who submitted it',
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
