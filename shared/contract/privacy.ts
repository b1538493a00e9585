import { z } from 'zod';
import { type ContractPart, Instant } from './endpoint';
import { CONSENTS, EnrolmentView, IDENTITY_STATUSES, IdentityView } from './verification';

const PHOTOS = ['id_front', 'id_back', 'evidence', 'proof'] as const;

/** What is kept about a student, and until when. Money is counted, not listed: the orders have a page of their own. */
export const MyData = z.object({
  identity: IdentityView,
  photos: z.array(z.object({ kind: z.enum(PHOTOS), keptUntil: Instant })),
  consents: z.array(z.object({ kind: z.enum(CONSENTS), version: z.int(), at: Instant })),
  enrolments: z.array(EnrolmentView),
  bookings: z.int(),
  /** Why erasing has to wait; null when it need not. */
  erasureBlockedBy: z.enum(['active_booking']).nullable(),
});
export type MyData = z.infer<typeof MyData>;

/** How a school keeps and lets go of what its students gave. No names: nobody is looked up here. */
export const RetentionReport = z.object({
  photos: z.array(
    z.object({
      kind: z.enum(PHOTOS),
      /** None stays longer, in days. */
      capDays: z.int(),
      kept: z.int(),
      /** When the first and the last of them end by themselves. */
      firstEnd: Instant.nullable(),
      lastEnd: Instant.nullable(),
      /** Would stay longer than allowed: none, or something is wrong. */
      overCap: z.int(),
    }),
  ),
  /** Photos of ID cards since the beginning; a success deletes them. */
  cards: z.object({ taken: z.int(), deleted: z.int() }),
  /** Verified people with a photo still named: none, or something is wrong. */
  verifiedWithPhoto: z.int(),
  identities: z.record(z.enum(IDENTITY_STATUSES), z.int()),
  consents: z.array(z.object({ kind: z.string(), version: z.int(), people: z.int() })),
  erasures: z.object({
    total: z.int(),
    /** Newest first; the account's last six characters. */
    latest: z.array(z.object({ account: z.string(), at: Instant, ordersKept: z.int() })),
  }),
});
export type RetentionReport = z.infer<typeof RetentionReport>;

export const privacy = {
  'GET /api/console/retention': {
    summary: 'What the school keeps of documents and consents, what is gone, and what was erased on request',
    who: ['office', 'auditor'],
    limit: 'search',
    response: RetentionReport,
  },
  'GET /api/me/data': {
    summary: 'What is kept about me',
    who: ['student'],
    limit: 'read',
    response: MyData,
  },
  'POST /api/me/erasure': {
    summary:
      'Erase what I have given: photos, name and document, consents, 采集码, the tie to the roster. Orders stay, as the law on accounts asks',
    who: ['student'],
    limit: 'write',
    response: MyData,
    errors: ['ERASURE_TOO_EARLY'],
  },
} as const satisfies ContractPart;
