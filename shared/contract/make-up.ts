import { z } from 'zod';
import { type ContractPart, Day, Id, IdParams, Instant, Nonce, Page, XLSX } from './endpoint';

/** missing: whose paper photo the registry waits for · handed_in: who has brought it */
export const PAPER_PHOTOS = ['missing', 'handed_in'] as const;

export const MakeUpStatus = z.object({
  isOpen: z.boolean(),
  closesAt: Instant.nullable(),
  /** When it opens next; null while open, and when it never does again. */
  opensAt: Instant.nullable(),
  /** The coming days, the deadline the last. */
  days: z.array(z.object({ day: Day, closedBecause: z.enum(['weekday', 'holiday']).nullable() })),
});
export type MakeUpStatus = z.infer<typeof MakeUpStatus>;

export const MakeUpLine = z.object({
  studentId: Id,
  studentNo: z.string(),
  name: z.string(),
  college: z.string(),
  className: z.string(),
  /** When the registry got the paper photo, and who took it. */
  paperPhoto: z.object({ at: Instant, by: z.string() }).nullable(),
  version: z.int(),
});
export type MakeUpLine = z.infer<typeof MakeUpLine>;

export const makeUps = {
  'GET /api/campaigns/:id/make-up': {
    summary:
      'Whether a missed portrait can be made up now, and the coming days; public holidays are left out',
    who: ['anyone'],
    limit: 'read',
    params: IdParams,
    response: z.object({ status: MakeUpStatus.nullable() }),
  },
  'GET /api/console/campaigns/:id/make-up-students': {
    summary: 'Who has no portrait once the collection is over, and whose paper photo the registry has',
    who: ['office', 'auditor'],
    limit: 'read',
    params: IdParams,
    query: Page.extend({ show: z.enum(PAPER_PHOTOS).default('missing') }),
    response: z.object({
      isOver: z.boolean(),
      counts: z.record(z.enum(PAPER_PHOTOS), z.int()),
      lines: z.array(MakeUpLine),
      next: z.string().nullable(),
    }),
  },
  'GET /api/console/campaigns/:id/make-up-students/export': {
    summary: 'Everybody without a portrait as a workbook for the registry; the export is in the audit log',
    who: ['office', 'auditor'],
    limit: 'search',
    params: IdParams,
    download: XLSX,
  },
  'POST /api/console/students/:id/paper-photo': {
    summary: 'The registry has the paper photo, or it was a mistake',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, handedIn: z.boolean() }),
    errors: ['CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
