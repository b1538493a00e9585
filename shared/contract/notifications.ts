import { z } from 'zod';
import { MESSAGE_KINDS } from '../domain/messages';
import { type ContractPart, Id, IdParams, Instant, Line, Nonce, Page, XLSX } from './endpoint';

export const MESSAGE_STATES = ['queued', 'sending', 'sent', 'not_sent'] as const;
export const WHY_NOT_SENT = [
  'no_accept',
  'refused',
  'template',
  'not_applicable',
  'expired',
  'in_doubt',
] as const;

export const MessageView = z.object({
  id: z.string(),
  kind: z.enum(MESSAGE_KINDS),
  /** Null for somebody who is not on the roster (yet). */
  student: z.object({ studentNo: z.string(), name: z.string() }).nullable(),
  state: z.enum(MESSAGE_STATES),
  /** Why it was not sent; null unless so. */
  whyNot: z.enum(WHY_NOT_SENT).nullable(),
  /** Waits for the student to subscribe. */
  waitsForAccept: z.boolean(),
  dueAt: Instant,
  sentAt: Instant.nullable(),
  /** What was said, by the template's fields. */
  fields: z.record(z.string(), z.string()).nullable(),
});
export type MessageView = z.infer<typeof MessageView>;

const MessageFilter = {
  kind: z.enum(MESSAGE_KINDS).optional(),
  state: z.enum(MESSAGE_STATES).optional(),
  whyNot: z.enum(WHY_NOT_SENT).optional(),
  studentNo: z.string().trim().max(40).optional(),
};

export const PHOTO_CHECKS = ['right', 'wrong'] as const;
/** wrong and unchecked: nobody has seen to it yet; handled: somebody has, and the student has not answered anew */
export const PHOTO_LISTS = ['wrong', 'unchecked', 'handled', 'right'] as const;

export const PhotoCheckLine = z.object({
  bookingId: Id,
  studentNo: z.string(),
  name: z.string(),
  college: z.string(),
  className: z.string(),
  shotAt: Instant,
  /** null: not checked yet, though 40 days have passed */
  result: z.enum(PHOTO_CHECKS).nullable(),
  checkedAt: Instant.nullable(),
  note: z.string().nullable(),
  /** What was done about it, and by whom. */
  handled: z.object({ by: z.string(), at: Instant, note: z.string() }).nullable(),
  version: z.int(),
});

export const notifications = {
  'POST /api/me/message-accepts': {
    summary: 'What the student answered to the subscription prompt; each kind accepted is one message',
    who: ['student'],
    limit: 'write',
    body: z.strictObject({
      campaignId: Id,
      accepted: z.array(z.enum(MESSAGE_KINDS)).max(MESSAGE_KINDS.length),
      /** One per prompt: the same prompt reported twice counts once. */
      nonce: Nonce,
    }),
  },
  'POST /api/me/bookings/:id/photo-check': {
    summary: 'From the 40th day after the shot: I have checked my portrait at the register',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ result: z.enum(PHOTO_CHECKS), note: Line(200).optional() }),
    errors: ['PHOTO_CHECK_TOO_EARLY'],
  },
  'GET /api/console/campaigns/:id/messages': {
    summary: 'Subscription messages: what was sent to whom, and why not; newest first',
    who: ['office', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    query: Page.extend(MessageFilter),
    response: z.object({
      messages: z.array(MessageView),
      counts: z.array(
        z.object({ kind: z.enum(MESSAGE_KINDS), state: z.enum(MESSAGE_STATES), count: z.int() }),
      ),
      next: z.string().nullable(),
    }),
  },
  'GET /api/console/campaigns/:id/messages/export': {
    summary: 'The filtered messages as a workbook; the export is in the audit log',
    who: ['office', 'support', 'auditor'],
    limit: 'search',
    params: IdParams,
    query: z.strictObject(MessageFilter),
    download: XLSX,
  },
  'GET /api/console/campaigns/:id/photo-checks': {
    summary: 'Who has not checked the portrait from the 40th day on, and who found it wrong',
    who: ['office', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    query: Page.extend({ show: z.enum(PHOTO_LISTS).default('unchecked') }),
    response: z.object({
      counts: z.record(z.enum(PHOTO_LISTS), z.int()),
      lines: z.array(PhotoCheckLine),
      next: z.string().nullable(),
    }),
  },
  'GET /api/console/campaigns/:id/photo-checks/export': {
    summary: 'One of the lists of photo checks as a workbook; the export is in the audit log',
    who: ['office', 'support', 'auditor'],
    limit: 'search',
    params: IdParams,
    query: z.strictObject({ show: z.enum(PHOTO_LISTS) }),
    download: XLSX,
  },
  'POST /api/console/bookings/:id/photo-check/handle': {
    summary: 'Somebody has seen to a wrong or unchecked portrait; it counts until the student answers anew',
    who: ['office', 'support'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), nonce: Nonce, note: Line(100) }),
    errors: ['PHOTO_CHECK_TOO_EARLY', 'PHOTO_CHECK_SETTLED', 'CHANGED_MEANWHILE', 'BOOKING_NOT_ACTIVE'],
  },
} as const satisfies ContractPart;
