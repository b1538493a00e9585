import { z } from 'zod';
import { type ContractPart, Id, Instant, XLSX } from './endpoint';

export const AuditLineView = z.object({
  id: z.string(),
  at: Instant,
  /** "student:…", "device:…", "user:…" or "system" */
  actor: z.string(),
  verb: z.string(),
  subject: z.string(),
  facts: z.record(z.string(), z.unknown()),
});
export type AuditLineView = z.infer<typeof AuditLineView>;

/** Of the actors and subjects in the lines: "user:…" → 教务处李老师. */
export const NamesOf = z.record(z.string(), z.string());

const AuditFilter = {
  subject: z.string().max(80).optional(),
  /** Everything about the student of this number: the person, bookings, orders. */
  studentNo: z.string().trim().max(40).optional(),
  actor: z.string().max(80).optional(),
  verb: z.string().max(60).optional(),
  /** Only what this import wrote: the id that its own line has as the fact `wrote`. */
  partOf: z.string().max(80).optional(),
  /** [from, to) */
  from: Instant.optional(),
  to: Instant.optional(),
};

export const audit = {
  'GET /api/console/audit': {
    summary: 'Who did and saw what, newest first',
    who: ['office', 'auditor'],
    limit: 'read',
    query: z.strictObject({
      ...AuditFilter,
      /** Also the thousands of lines that imports wrote, which stand behind the import's own line otherwise. */
      imports: z.enum(['each']).optional(),
      before: z.string().max(80).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    response: z.object({ lines: z.array(AuditLineView), next: z.string().nullable(), names: NamesOf }),
  },
  'GET /api/console/audit/export': {
    summary:
      'The filtered audit log as a workbook, with what imports wrote line by line; the export is itself a line of it',
    who: ['office', 'auditor'],
    limit: 'search',
    query: z.strictObject(AuditFilter),
    download: XLSX,
  },
  'GET /api/console/bookings/:id/timeline': {
    summary: 'Everything that happened to one booking and its orders',
    who: ['office', 'support', 'finance', 'auditor'],
    limit: 'read',
    params: z.strictObject({ id: Id }),
    response: z.object({ lines: z.array(AuditLineView), names: NamesOf }),
  },
} as const satisfies ContractPart;
