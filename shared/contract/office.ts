import { z } from 'zod';
import { STANDINGS } from '../domain/standings';
import { AuditLineView, NamesOf } from './audit';
import { BookingView, OrderView } from './bookings';
import { FeeItem, SessionView, Training } from './campaigns';
import { type ContractPart, FenAmount, Id, IdParams, Instant, Line, Nonce, XLSX } from './endpoint';
import { ProposalView } from './orders';
import { CORRECTABLE, DocumentType, EnrolmentView, IDENTITY_STATUSES } from './verification';

/**
 * Names: who acts for students (office, colleges, support, site staff) reads them whole. Finance and the auditor, who
 * follow money and deeds and know students by number, read the surname only, on every page and in every file; but the
 * audit log says whole what a name was corrected from and to. Lists about money (settlement, refunds, bills, reports)
 * mask them for everybody.
 */
export const StudentRow = z.object({
  id: Id,
  studentNo: z.string(),
  /** Masked for finance and the auditor, as in `OwedRow` and `StudentFile`. */
  name: z.string(),
  college: z.string(),
  major: z.string(),
  className: z.string(),
  training: Training,
  verification: z.enum(['none', 'verified', 'unverified']),
  confirmed: z.boolean(),
  /** The booked session, else the own group's. */
  session: SessionView.pick({ id: true, room: true, day: true, startsAt: true, endsAt: true }).nullable(),
  booking: BookingView.pick({ id: true, place: true, payment: true, attendance: true }).nullable(),
  standings: z.array(z.enum(STANDINGS)),
});
export type StudentRow = z.infer<typeof StudentRow>;

export const STUDENT_ORDERS = ['studentNo', 'name', 'college', 'session'] as const;

const StudentFilter = {
  standing: z.enum(STANDINGS).optional(),
  college: z.string().trim().max(60).optional(),
  /** The whole name, as a row of the progress has it. */
  major: z.string().trim().max(60).optional(),
  className: z.string().trim().max(60).optional(),
  sessionId: Id.optional(),
  /** Part of a name, a student number, a major or a class. */
  q: z.string().trim().max(40).optional(),
};

/** An order at the desk: what of it may still go back, and who has asked for that. */
export const OrderOnFile = OrderView.extend({
  leftFen: FenAmount,
  /** The part of each fee item that is left; only the items that have one, none while the money is put aside. */
  leftItems: z.array(FeeItem),
  /** Waits for another person. */
  proposal: ProposalView.nullable(),
});
export type OrderOnFile = z.infer<typeof OrderOnFile>;

export const StudentFile = z.object({
  student: EnrolmentView.extend({
    sessionId: Id.nullable(),
    unmatchedBecause: z.string().nullable(),
    placedByOffice: z.boolean(),
    binding: z.object({ level: z.enum(['verified', 'unverified']), at: Instant }).nullable(),
    request: z
      .object({
        field: z.enum(CORRECTABLE),
        /** A document number is masked. */
        proposed: z.string(),
        reason: z.string(),
        status: z.enum(['open', 'done', 'refused']),
        at: Instant,
        answer: z.string().nullable(),
      })
      .nullable(),
    removedAt: Instant.nullable(),
  }),
  session: SessionView.nullable(),
  /** WeChat users who are, or say they are, this student. */
  identities: z.array(
    z.object({
      accountId: Id,
      isBound: z.boolean(),
      status: z.enum(IDENTITY_STATUSES),
      attempts: z.array(
        z.object({ at: Instant, cardLastFour: z.string(), result: z.string(), counts: z.boolean() }),
      ),
      attemptsLeft: z.int(),
      version: z.int(),
    }),
  ),
  /** Newest first. */
  bookings: z.array(
    BookingView.extend({ orders: z.array(OrderOnFile), waiverAskedBy: z.string().nullable() }),
  ),
  lines: z.array(AuditLineView),
  names: NamesOf,
});
export type StudentFile = z.infer<typeof StudentFile>;

/** What a caller can be known by. */
export const CALLER_FACTS = ['studentNo', 'className', 'documentEnd', 'orderNo'] as const;
/** At least two of them. */
export const CallerFacts = z.strictObject({
  studentNo: Line(40).optional(),
  className: Line(60).optional(),
  /** The last four characters of the document's number. */
  documentEnd: z
    .string()
    .regex(/^[0-9A-Za-z]{4}$/)
    .optional(),
  /** The order's number, or at least its last six characters. */
  orderNo: z
    .string()
    .regex(/^[0-9A-Za-z]{6,32}$/)
    .optional(),
});
export type CallerFacts = z.infer<typeof CallerFacts>;

export const ReviewRow = z.object({
  accountId: Id,
  name: z.string(),
  documentType: DocumentType,
  documentMasked: z.string(),
  askedAt: Instant,
  version: z.int(),
});
export const ReviewFile = ReviewRow.extend({
  documentNumber: z.string(),
  photos: z.array(z.object({ side: z.enum(['front', 'back']), dataUrl: z.string() })),
  /** On the roster under this document, or under this name. */
  candidates: z.array(
    EnrolmentView.pick({ id: true, name: true, studentNo: true, college: true, major: true }).extend({
      sameDocument: z.boolean(),
    }),
  ),
});
export type ReviewRow = z.infer<typeof ReviewRow>;
export type ReviewFile = z.infer<typeof ReviewFile>;

const ClaimantView = z.object({
  accountId: Id,
  name: z.string().nullable(),
  documentMasked: z.string().nullable(),
  status: z.enum(IDENTITY_STATUSES),
  boundAt: Instant.nullable(),
});

export const ConflictRow = z.object({
  id: Id,
  at: Instant,
  student: EnrolmentView.pick({ id: true, name: true, studentNo: true, college: true, documentMasked: true }),
  holder: ClaimantView.nullable(),
  claimant: ClaimantView,
  booking: BookingView.pick({ id: true, place: true, payment: true, attendance: true }).nullable(),
  version: z.int(),
});
export type ConflictRow = z.infer<typeof ConflictRow>;

export const OwedRow = z.object({
  bookingId: Id,
  version: z.int(),
  student: EnrolmentView.pick({ id: true, name: true, studentNo: true, college: true }),
  amountFen: FenAmount,
  attendance: BookingView.shape.attendance,
  since: Instant,
  waiver: z.object({ reason: z.string(), askedBy: z.string(), isMine: z.boolean(), at: Instant }).nullable(),
});
export type OwedRow = z.infer<typeof OwedRow>;

export const UnmatchedGroup = z.object({
  major: z.string(),
  training: Training,
  because: z.string(),
  students: z.array(z.object({ id: Id, name: z.string(), studentNo: z.string(), college: z.string() })),
});

export type UnmatchedGroup = z.infer<typeof UnmatchedGroup>;

const Progress = z.object({
  students: z.int(),
  verified: z.int(),
  confirmed: z.int(),
  booked: z.int(),
  paid: z.int(),
  shot: z.int(),
});
export const ProgressRow = Progress.extend({
  college: z.string(),
  /** null: the whole college */
  major: z.string().nullable(),
  /** null: the whole major */
  className: z.string().nullable(),
});
export type ProgressRow = z.infer<typeof ProgressRow>;

const Reason = Line(100);

export const office = {
  'POST /api/console/campaigns/:id/find-students': {
    summary: 'Students with their standing: filter, search, sort, page; with counts of every filter',
    who: ['office', 'college', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    // In the body: what is looked for may be a name, and addresses stand in the logs of proxies.
    body: z.strictObject({
      ...StudentFilter,
      order: z.enum(STUDENT_ORDERS).default('studentNo'),
      descending: z.boolean().default(false),
      page: z.int().min(1).max(10_000).default(1),
      size: z.int().min(1).max(200).default(50),
    }),
    response: z.object({
      students: z.array(StudentRow),
      total: z.int(),
      counts: z.partialRecord(z.enum(STANDINGS), z.int()),
      all: z.int(),
      colleges: z.array(z.string()),
    }),
  },
  'POST /api/console/campaigns/:id/find-students/export': {
    summary: 'The filtered students as a workbook; the export is in the audit log',
    who: ['office', 'college', 'finance', 'auditor'],
    limit: 'search',
    params: IdParams,
    body: z.strictObject(StudentFilter),
    download: XLSX,
  },
  'POST /api/console/campaigns/:id/identify-caller': {
    summary:
      'Who calls, by two things that they know; every try is in the audit log. Opens the file to support for 30 minutes',
    who: ['office', 'support'],
    limit: 'search',
    params: IdParams,
    body: CallerFacts,
    response: z.object({ studentId: Id }),
    errors: ['CALLER_FACTS_MISSING', 'CALLER_NOT_IDENTIFIED'],
  },
  'GET /api/console/students/:id': {
    summary: 'One student with everything that happened',
    who: ['office', 'college', 'support', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: StudentFile,
    errors: ['CALLER_UNKNOWN'],
  },
  'POST /api/console/bookings/:id/move': {
    summary: 'Move a booking to another session, also of another group and after the student may no longer',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, sessionId: Id, reason: Reason }),
    response: BookingView,
    errors: [
      'CALLER_UNKNOWN',
      'CHANGED_MEANWHILE',
      'SAME_SESSION',
      'SESSION_OVER',
      'SOLD_OUT',
      'BOOKING_NOT_ACTIVE',
    ],
  },
  'POST /api/console/bookings/:id/cancel': {
    summary: 'Cancel for a student; a paid booking is refunded in full',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, reason: Reason }),
    response: BookingView,
    errors: ['CALLER_UNKNOWN', 'CHANGED_MEANWHILE', 'BOOKING_NOT_ACTIVE', 'PAYMENT_IN_DOUBT', 'ALREADY_PAID'],
  },
  'POST /api/console/bookings/:id/waiver': {
    summary: 'Ask that an owed amount (待缴) is waived; another person decides',
    who: ['office', 'finance'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, reason: Reason }),
    response: BookingView,
    errors: ['CHANGED_MEANWHILE', 'NOTHING_TO_PAY'],
  },
  'POST /api/console/bookings/:id/waiver/decide': {
    summary: 'Approve or reject a waiver that somebody else asked for',
    who: ['office', 'finance'],
    limit: 'write',
    secondFactor: 'to-approve',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, decision: z.enum(['approve', 'reject']) }),
    response: BookingView,
    errors: ['CHANGED_MEANWHILE', 'TWO_PEOPLE_NEEDED', 'NOTHING_TO_PAY'],
  },
  'POST /api/console/students/:id/unbind': {
    summary: 'Part a student from the WeChat user who acts for them; the booking stays',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, reason: Reason }),
    response: EnrolmentView,
    errors: ['CALLER_UNKNOWN', 'CHANGED_MEANWHILE'],
  },
  'POST /api/console/students/:id/refuse-correction': {
    summary: 'Answer a correction request with no, and why',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, answer: Reason }),
    response: EnrolmentView,
    errors: ['CHANGED_MEANWHILE'],
  },
  'POST /api/console/students/:id/open-proof': {
    summary: 'See the photo attached to an open correction request; every look is in the audit log',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    /** null once the photo's days are over. */
    response: z.object({ dataUrl: z.string().nullable() }),
    errors: ['CHANGED_MEANWHILE'],
  },
  'POST /api/console/students/:id/accept-correction': {
    summary: 'Correct exactly what the student asked for',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, answer: Reason }),
    response: EnrolmentView,
    errors: ['CHANGED_MEANWHILE', 'CORRECTION_AFTER_SHOT', 'DOCUMENT_INVALID'],
  },
  'POST /api/console/identities/:id/reset-attempts': {
    summary: 'Give the bank-check attempts back to a WeChat user who says to be one of our students',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, studentId: Id, reason: Reason }),
    errors: ['CALLER_UNKNOWN', 'CHANGED_MEANWHILE', 'ALREADY_VERIFIED'],
  },
  'GET /api/console/campaigns/:id/todo': {
    summary: 'How many items wait in each queue',
    who: ['office', 'support', 'finance', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({
      reviews: z.int(),
      conflicts: z.int(),
      corrections: z.int(),
      owed: z.int(),
      unmatched: z.int(),
    }),
  },
  'GET /api/console/campaigns/:id/reviews': {
    summary: 'Documents that wait for a manual review, oldest first',
    who: ['office', 'support'],
    limit: 'read',
    params: IdParams,
    response: z.object({ reviews: z.array(ReviewRow) }),
  },
  'POST /api/console/campaigns/:id/reviews/:accountId/open': {
    summary: 'See the photos and the full document number of one review; every look is in the audit log',
    who: ['office', 'support'],
    limit: 'write',
    params: z.strictObject({ id: Id, accountId: Id }),
    response: ReviewFile,
  },
  'POST /api/console/campaigns/:id/reviews/:accountId/decide': {
    summary: 'The document is right, or why not. Right: verified, the photos are deleted',
    who: ['office', 'support'],
    limit: 'write',
    params: z.strictObject({ id: Id, accountId: Id }),
    body: z.discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('approve'), version: z.int(), nonce: Nonce }),
      z.strictObject({ decision: z.literal('reject'), version: z.int(), nonce: Nonce, reason: Reason }),
    ]),
    /** Whether the person was found on the roster and bound. */
    response: z.object({ status: z.enum(IDENTITY_STATUSES), isBound: z.boolean() }),
    errors: ['CHANGED_MEANWHILE'],
  },
  'GET /api/console/campaigns/:id/conflicts': {
    summary: 'Two WeChat users say they are the same student',
    who: ['office', 'support'],
    limit: 'read',
    params: IdParams,
    response: z.object({ conflicts: z.array(ConflictRow) }),
  },
  'POST /api/console/conflicts/:id/decide': {
    summary: 'Who it is: the one who has it keeps it, or the other gets it with the booking',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({
      version: z.int(),
      nonce: Nonce,
      decision: z.enum(['keep', 'hand_over']),
      reason: Reason,
    }),
    errors: ['CHANGED_MEANWHILE', 'ACCOUNT_HAS_STUDENT'],
  },
  'GET /api/console/campaigns/:id/corrections': {
    summary: 'Open correction requests, oldest first',
    who: ['office', 'support'],
    limit: 'read',
    params: IdParams,
    response: z.object({
      corrections: z.array(
        z.object({
          student: EnrolmentView,
          field: z.enum(CORRECTABLE),
          current: z.string(),
          proposed: z.string(),
          reason: z.string(),
          at: Instant,
          isShot: z.boolean(),
          /** The student has attached one; it may be too old to be there still. */
          hasPhoto: z.boolean(),
        }),
      ),
    }),
  },
  'GET /api/console/campaigns/:id/owed': {
    summary: 'Photographed or admitted, not paid yet (待缴)',
    who: ['office', 'finance', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({ owed: z.array(OwedRow), amountFen: FenAmount }),
  },
  'GET /api/console/campaigns/:id/unmatched': {
    summary: 'Students without a session, by major and training',
    who: ['office', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({ groups: z.array(UnmatchedGroup) }),
  },
  'POST /api/console/campaigns/:id/place-students': {
    summary: 'The office says which session students belong to; null leaves it to the matching again',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ studentIds: z.array(Id).min(1).max(500), sessionId: Id.nullable() }),
    response: z.object({ placed: z.int() }),
  },
  'GET /api/console/campaigns/:id/college-timetables': {
    summary: 'For every college: its majors with session and headcount, in the order of the day',
    who: ['office', 'college', 'support'],
    limit: 'read',
    params: IdParams,
    response: z.object({
      lines: z.array(
        z.object({
          college: z.string(),
          major: z.string(),
          training: Training,
          session: StudentRow.shape.session,
          students: z.int(),
        }),
      ),
    }),
  },
  'GET /api/console/campaigns/:id/progress': {
    summary: 'Verified, confirmed, booked, paid, shot: by college, major and class',
    who: ['office', 'college', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({ rows: z.array(ProgressRow), total: Progress }),
  },
} as const satisfies ContractPart;
