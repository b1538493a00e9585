import { z } from 'zod';
import { ATTENDANCES, PAYMENTS } from '../domain/booking-state';
import { MAKE_UP_STAGES } from '../domain/make-up-slots';
import { type ContractPart, Day, Id, IdParams, Instant, Line, Nonce, Page, XLSX } from './endpoint';

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

/** A make-up place to be booked like a session. */
export const MakeUpChoice = z.object({
  id: Id,
  startsAt: Instant,
  endsAt: Instant,
  left: z.int(),
  /** Why it cannot be chosen; null when it can. */
  closedBecause: z.enum(['full', 'over', 'stopped', 'yours_already']).nullable(),
});
export type MakeUpChoice = z.infer<typeof MakeUpChoice>;

/** One slot as the office sees it. */
export const MakeUpSlotView = z.object({
  id: Id,
  startsAt: Instant,
  endsAt: Instant,
  capacity: z.int(),
  /** Held ones included. */
  booked: z.int(),
  arrived: z.int(),
  shot: z.int(),
  isStopped: z.boolean(),
  /** False for one that was booked before the hours or holidays changed. */
  isOffered: z.boolean(),
});
export type MakeUpSlotView = z.infer<typeof MakeUpSlotView>;

export const MakeUpGuest = z.object({
  studentId: Id,
  studentNo: z.string(),
  name: z.string(),
  college: z.string(),
  className: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  isHeld: z.boolean(),
  payment: z.enum(PAYMENTS),
  attendance: z.enum(ATTENDANCES),
});
export type MakeUpGuest = z.infer<typeof MakeUpGuest>;

export const MakeUpLine = z.object({
  studentId: Id,
  studentNo: z.string(),
  name: z.string(),
  college: z.string(),
  className: z.string(),
  /** When the registry got the paper photo, and who took it. */
  paperPhoto: z.object({ at: Instant, by: z.string() }).nullable(),
  /** The make-up place that the student has booked. */
  bookedFor: Instant.nullable(),
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
  'GET /api/me/make-up': {
    summary: 'The make-up places of the coming four weeks, and how many are left',
    who: ['student'],
    limit: 'read',
    query: z.strictObject({ campaignId: Id }),
    response: z.object({
      stage: z.enum(MAKE_UP_STAGES),
      days: z.array(z.object({ day: Day, choices: z.array(MakeUpChoice) })),
    }),
    errors: ['NOT_ON_ROSTER'],
  },
  'GET /api/console/campaigns/:id/make-up-slots': {
    summary: 'Make-up days and their slots, with places, booked, arrived and shot',
    who: ['office', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({
      stage: z.enum(MAKE_UP_STAGES),
      days: z.array(z.object({ day: Day, slots: z.array(MakeUpSlotView) })),
    }),
  },
  'POST /api/console/campaigns/:id/make-up-slots': {
    summary: 'More places in some slots, or no further bookings there, or bookings again',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({
      slotIds: z.array(Id).min(1).max(100),
      change: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('capacity'), capacity: z.int().min(1).max(200) }),
        z.strictObject({ kind: z.literal('stop') }),
        z.strictObject({ kind: z.literal('resume') }),
      ]),
      reason: Line(100),
    }),
    errors: ['CAPACITY_ONLY_GROWS'],
  },
  'GET /api/console/campaigns/:id/make-up-guests': {
    summary: 'Who has booked a make-up place, of one day or all, in the order of the day',
    who: ['office', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    query: Page.extend({ day: Day.optional() }),
    response: z.object({ total: z.int(), guests: z.array(MakeUpGuest), next: z.string().nullable() }),
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
