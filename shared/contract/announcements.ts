import { z } from 'zod';
import { STANDINGS } from '../domain/standings';
import { type ContractPart, Id, IdParams, Instant, Line, Nonce } from './endpoint';
import { MESSAGE_STATES } from './notifications';

/** Whom an announcement is for: everybody to whom all of it applies. */
const Group = {
  standing: z.enum(STANDINGS).optional(),
  college: Line(60).optional(),
  sessionId: Id.optional(),
};
export const AnnouncementGroup = z.strictObject(Group);
export type AnnouncementGroup = z.infer<typeof AnnouncementGroup>;

export const ANNOUNCEMENT_STATES = ['sending', 'sent', 'withdrawn'] as const;

/** As a title of WeChat's messages may be. */
export const LONGEST_TITLE = 20;
export const LONGEST_TEXT = 300;

const Text = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_TEXT)
  .regex(/^(?:[^\p{Cc}]|\n)*$/u);

export const AnnouncementView = z.object({
  id: Id,
  title: z.string(),
  text: z.string(),
  group: AnnouncementGroup,
  by: z.string(),
  at: Instant,
  state: z.enum(ANNOUNCEMENT_STATES),
  /** For so many students it was when it was sent. */
  students: z.int(),
  /** So many have put it away on their phones. */
  read: z.int(),
  messages: z.record(z.enum(MESSAGE_STATES), z.int()),
});
export type AnnouncementView = z.infer<typeof AnnouncementView>;

/** What stands on the student's home page until it is put away. */
export const AnnouncementNotice = z.object({ id: Id, title: z.string(), text: z.string(), at: Instant });
export type AnnouncementNotice = z.infer<typeof AnnouncementNotice>;

export const announcements = {
  'GET /api/console/campaigns/:id/announcements': {
    summary: 'What the office announced, newest first, with what became of it',
    who: ['office', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({ announcements: z.array(AnnouncementView) }),
  },
  'GET /api/console/campaigns/:id/announcements/preview': {
    summary: 'How many an announcement to a group would reach, and when',
    who: ['office'],
    limit: 'read',
    params: IdParams,
    query: AnnouncementGroup,
    response: z.object({
      students: z.int(),
      /** Have a phone with the app: see it on the home page. */
      bound: z.int(),
      /** Get a message as well. */
      subscribed: z.int(),
      /** When messages go out: not at night. */
      messagesAt: Instant,
      colleges: z.array(z.string()),
    }),
  },
  'POST /api/console/campaigns/:id/announcements': {
    summary:
      'Announce to a group, as counted in the preview; asked twice with one nonce it is one announcement',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({
      title: Line(LONGEST_TITLE),
      text: Text,
      group: AnnouncementGroup,
      /** The number of students that the preview showed. */
      students: z.int(),
      nonce: Nonce,
    }),
    response: z.object({ id: Id, students: z.int() }),
    errors: ['ANNOUNCEMENT_GROUP_CHANGED', 'ANNOUNCEMENT_TO_NOBODY'],
  },
  'POST /api/console/announcements/:id/withdraw': {
    summary: 'Take an announcement back: off the phones, and what has not gone out stays',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ nonce: Nonce, reason: Line(100) }),
    errors: ['CHANGED_MEANWHILE'],
  },
  'POST /api/me/announcements/:id/read': {
    summary: 'I have read it: off my home page',
    who: ['student'],
    limit: 'write',
    params: IdParams,
  },
} as const satisfies ContractPart;
