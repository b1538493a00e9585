import { z } from 'zod';
import { type ContractPart, Day, FenAmount, Id, Instant, Line } from './endpoint';

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

/** carried: over midnight, signed off with its day, and waiting for the other side to turn up */
export const DIFFERENCE_STATES = ['open', 'to_review', 'working', 'carried', 'settled'] as const;

export const REPAIRS = [
  'record', // 补单: our record is brought up to what WeChat has
  'refund', // 退款: the money goes back to its payer
  'suspend', // 挂账: put aside, with a reason, until it is found out
  'reverse', // 冲正: an entry of ours without counterpart is taken back by another entry
] as const;

export const BILL_KINDS = ['trade', 'fund'] as const;

/** Whether the bills of a day are in; before that, whether they are made yet and whether anything will stand in them. */
export const BILL_STATES = [
  'not_yet', // WeChat makes them at 10:00 of the next day
  'idle', // no money of ours moved that day
  'due',
  'in',
] as const;

export const MerchantView = z.object({ id: Id, mchid: z.string(), name: z.string() });

export const BillDayView = z.object({
  merchantId: Id,
  day: Day,
  state: z.enum(DAY_STATES),
  bills: z.enum(BILL_STATES),
  /** Being imported or matched just now: nothing can be begun, and it is worth looking again in a moment. */
  busy: z.boolean(),
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
  /** Handed in by hand and waiting for the other of the two bills. */
  uploads: z.array(z.object({ kind: z.enum(BILL_KINDS), name: z.string(), by: z.string(), at: Instant })),
  /** Why the last attempt to import failed. */
  trouble: z.string().nullable(),
  /** By how much both sides differ without anybody having said why. */
  unexplainedFen: FenAmount,
  /** Over midnight (跨日): it waits for the bill of the day beside, and keeps no day from being closed. */
  inDoubt: z.object({ count: z.int(), fen: FenAmount }),
  /** Of these, signed off with the day and not settled yet. */
  carried: z.int(),
  /** Somebody wants the day closed, or opened again; another person decides. */
  signOff: z
    .object({
      kind: z.enum(['close', 'reopen']),
      by: z.string(),
      mine: z.boolean(),
      at: Instant,
      note: z.string().nullable(),
    })
    .nullable(),
  closed: z.object({ by: z.string(), approvedBy: z.string(), at: Instant }).nullable(),
  version: z.int(),
});
export type BillDayView = z.infer<typeof BillDayView>;

const DifferenceId = z.string().regex(/^[0-9a-f]{24}:\d{4}-\d{2}-\d{2}:[^\p{Cc}]{1,200}$/u);

export const DifferenceView = z.object({
  id: z.string(),
  merchantId: Id,
  day: Day,
  type: z.enum(DIFFERENCE_TYPES),
  status: z.enum(DIFFERENCE_STATES),
  orderNo: z.string().nullable(),
  refundNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  oursFen: FenAmount.nullable(),
  theirsFen: FenAmount.nullable(),
  explanation: z.string(),
  /** Who looks after it. */
  owner: z.object({ name: z.string(), mine: z.boolean() }).nullable(),
  /** What one person wants done; another decides. */
  proposal: z
    .object({
      repair: z.enum(REPAIRS),
      note: z.string(),
      evidence: z.string().nullable(),
      by: z.string(),
      mine: z.boolean(),
      at: Instant,
    })
    .nullable(),
  /** How it was settled; without a repair it went by itself. */
  resolution: z
    .object({
      repair: z.enum(REPAIRS).nullable(),
      note: z.string().nullable(),
      evidence: z.string().nullable(),
      by: z.string().nullable(),
      approvedBy: z.string().nullable(),
      at: Instant,
      result: z.string(),
    })
    .nullable(),
  /** Why the last repair did not work, or was not agreed to. */
  trouble: z.string().nullable(),
  version: z.int(),
});
export type DifferenceView = z.infer<typeof DifferenceView>;

/** What a repair would do, or why it cannot be done. */
export const RepairPreview = z.object({
  repair: z.enum(REPAIRS),
  refused: z.string().nullable(),
  /** One sentence a step. */
  steps: z.array(z.string()),
  /** What would be written to the ledger of the order; nothing for what moves no money here. */
  entries: z.array(
    z.object({
      account: z.string(),
      /** The account's name; of income, the fee item's. */
      name: z.string(),
      fen: FenAmount,
    }),
  ),
});
export type RepairPreview = z.infer<typeof RepairPreview>;

/** A file that shows how a difference came about, or what was agreed. Kept for ten years, never taken away. */
export const EvidenceFile = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.int(),
  by: z.string(),
  at: Instant,
});
export type EvidenceFile = z.infer<typeof EvidenceFile>;

export const DifferenceFile = z.object({
  difference: DifferenceView,
  evidence: z.array(EvidenceFile),
  repairs: z.array(RepairPreview),
  history: z.array(
    z.object({
      id: z.string(),
      at: Instant,
      actor: z.string(),
      verb: z.string(),
      facts: z.record(z.string(), z.unknown()),
    }),
  ),
  names: z.record(z.string(), z.string()),
});

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
  'POST /api/console/merchants/:merchantId/days/:day/bills': {
    summary:
      'Hand in one of a day’s two bills as WeChat gave it, or gzipped; once both are here they are matched. The same again is no news',
    who: ['finance'],
    limit: 'upload',
    params: MerchantDay,
    query: z.strictObject({
      /** Of the uncompressed file, as WeChat declares it. */
      sha1: z
        .string()
        .regex(/^[0-9a-fA-F]{40}$/)
        .optional(),
    }),
    upload: { maxBytes: 64 * 1024 * 1024, types: 'any' },
    response: z.object({
      day: BillDayView,
      kind: z.enum(BILL_KINDS),
      rows: z.int(),
      /** Which of the two is still wanted. */
      missing: z.enum(BILL_KINDS).nullable(),
      /** The day was matched with this very file already. */
      isKnown: z.boolean(),
    }),
    errors: ['BILL_NOT_READY', 'BILL_REFUSED', 'DAY_CLOSED', 'DAY_BUSY', 'BODY_TOO_LARGE'],
  },
  'GET /api/console/merchants/:merchantId/days/:day/differences': {
    summary: 'Typed differences of a day',
    who: ['finance', 'auditor'],
    limit: 'read',
    params: MerchantDay,
    response: z.object({ differences: z.array(DifferenceView) }),
  },
  'GET /api/console/merchants/:merchantId/differences': {
    summary:
      'The work list of all days: what is to be done, the oldest first; what is settled, the newest first',
    who: ['finance', 'auditor'],
    limit: 'read',
    params: z.strictObject({ merchantId: Id }),
    query: z.strictObject({
      show: z.enum(['unsettled', ...DIFFERENCE_STATES]).default('unsettled'),
      type: z.enum(DIFFERENCE_TYPES).optional(),
      /** Only what the one who asks looks after. */
      mine: z.enum(['yes']).optional(),
      after: z.string().max(300).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({
      differences: z.array(DifferenceView),
      next: z.string().nullable(),
      /** By state, of all days. */
      counts: z.record(z.enum(DIFFERENCE_STATES), z.int()),
    }),
  },
  'GET /api/console/differences/:id': {
    summary: 'One difference with its history, and what each repair would do. WeChat is asked',
    who: ['finance', 'auditor'],
    limit: 'read',
    params: z.strictObject({ id: DifferenceId }),
    response: DifferenceFile,
    errors: ['UPSTREAM_UNAVAILABLE'],
  },
  'POST /api/console/differences/:id/evidence': {
    summary: 'Attach a file (PDF, JPEG, PNG) to a difference; the same file again is no news',
    who: ['finance'],
    limit: 'upload',
    params: z.strictObject({ id: DifferenceId }),
    upload: { maxBytes: 5 * 1024 * 1024, types: 'any' },
    response: EvidenceFile,
    errors: ['EVIDENCE_REFUSED', 'FILE_EMPTY', 'BODY_TOO_LARGE'],
  },
  'GET /api/console/differences/:id/evidence/:fileId': {
    summary: 'A file attached to a difference; the look is audited',
    who: ['finance', 'auditor'],
    limit: 'read',
    params: z.strictObject({ id: DifferenceId, fileId: z.string().regex(/^[0-9a-f]{64}$/) }),
    download: 'application/octet-stream',
  },
  'POST /api/console/differences/:id/own': {
    summary: 'Take a difference into one’s hands, or let go of it',
    who: ['finance'],
    limit: 'write',
    params: z.strictObject({ id: DifferenceId }),
    body: z.strictObject({ version: z.int(), mine: z.boolean() }),
    response: DifferenceView,
    errors: ['DIFFERENCE_STATE', 'CHANGED_MEANWHILE'],
  },
  'POST /api/console/differences/:id/propose': {
    summary: 'Propose a repair; nothing happens before another person agrees',
    who: ['finance'],
    limit: 'write',
    params: z.strictObject({ id: DifferenceId }),
    body: z.strictObject({
      version: z.int(),
      repair: z.enum(REPAIRS),
      note: Line(200),
      /** Where it can be checked: a ticket of WeChat's, a file, a call. */
      evidence: Line(200).optional(),
    }),
    response: DifferenceView,
    errors: ['DIFFERENCE_STATE', 'REPAIR_NOT_POSSIBLE', 'CHANGED_MEANWHILE', 'UPSTREAM_UNAVAILABLE'],
  },
  'POST /api/console/differences/:id/decide': {
    summary:
      'Another person agrees, and the repair is carried out; or refuses. The proposer may take it back',
    who: ['finance'],
    limit: 'write',
    secondFactor: 'to-approve',
    params: z.strictObject({ id: DifferenceId }),
    body: z.strictObject({
      version: z.int(),
      decision: z.enum(['approve', 'reject']),
      note: Line(200).optional(),
    }),
    response: DifferenceView,
    errors: [
      'TWO_PEOPLE_NEEDED',
      'DIFFERENCE_STATE',
      'REPAIR_NOT_POSSIBLE',
      'CHANGED_MEANWHILE',
      'UPSTREAM_UNAVAILABLE',
    ],
  },
  'POST /api/console/differences/:id/reopen': {
    summary: 'What people settled is open again: something has turned up',
    who: ['finance'],
    limit: 'write',
    params: z.strictObject({ id: DifferenceId }),
    body: z.strictObject({ version: z.int(), note: Line(200) }),
    response: DifferenceView,
    errors: ['DIFFERENCE_STATE', 'CHANGED_MEANWHILE', 'DAY_CLOSED'],
  },
  'POST /api/console/merchants/:merchantId/days/:day/sign-off': {
    summary: 'Ask that a day be closed, or a closed one opened again',
    who: ['finance'],
    limit: 'write',
    params: MerchantDay,
    body: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('close'), version: z.int(), note: Line(200).optional() }),
      z.strictObject({ kind: z.literal('reopen'), version: z.int(), note: Line(200) }),
    ]),
    response: BillDayView,
    errors: ['DAY_HAS_DIFFERENCES', 'DAY_NOT_MATCHED', 'SIGN_OFF_STATE', 'CHANGED_MEANWHILE'],
  },
  'POST /api/console/merchants/:merchantId/days/:day/sign-off/decide': {
    summary: 'Another person agrees or refuses. Before closing the day is matched once more',
    who: ['finance'],
    limit: 'write',
    secondFactor: 'to-approve',
    params: MerchantDay,
    body: z.strictObject({
      version: z.int(),
      decision: z.enum(['approve', 'reject']),
      note: Line(200).optional(),
    }),
    response: BillDayView,
    errors: ['TWO_PEOPLE_NEEDED', 'DAY_HAS_DIFFERENCES', 'SIGN_OFF_STATE', 'DAY_BUSY', 'CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
