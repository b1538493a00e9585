import { z } from 'zod';
import { CONFLICTS } from '../domain/timetable-conflicts';
import { type ContractPart, Day, Id, IdParams, Instant, Line, Nonce, TimeOfDay } from './endpoint';

export const PlacementView = z.object({
  building: z.string(),
  room: z.string(),
  day: Day,
  startsAt: Instant,
  endsAt: Instant,
});
export type PlacementView = z.infer<typeof PlacementView>;

const place = { building: z.string().trim().max(30).optional(), room: Line(30).optional() };
const ShiftMinutes = z.int().min(-720).max(720).optional();

/** What `to` leaves out stays as it is. `from`: only sessions that begin then or later; absent: all that are not over. */
export const TimetableMove = z.discriminatedUnion('scope', [
  z.strictObject({
    scope: z.literal('session'),
    sessionId: Id,
    /** Without `endsAt` the session stays as long as it was. */
    to: z.strictObject({
      ...place,
      day: Day.optional(),
      startsAt: TimeOfDay.optional(),
      endsAt: TimeOfDay.optional(),
    }),
  }),
  z.strictObject({
    scope: z.literal('room'),
    day: Day,
    room: Line(30),
    from: TimeOfDay.optional(),
    to: z.strictObject({ ...place, day: Day.optional(), shiftMinutes: ShiftMinutes }),
  }),
  z.strictObject({
    scope: z.literal('day'),
    day: Day,
    from: TimeOfDay.optional(),
    to: z.strictObject({ day: Day.optional(), shiftMinutes: ShiftMinutes }),
  }),
]);
export type TimetableMove = z.infer<typeof TimetableMove>;

export const TimetableConflict = z.object({
  code: z.enum(CONFLICTS),
  /** blocks: cannot be done · asks: name the code in `accept` · tells: good to know */
  severity: z.enum(['blocks', 'asks', 'tells']),
  sessionId: Id.nullable(),
  message: z.string(),
});
export type TimetableConflict = z.infer<typeof TimetableConflict>;

const SessionMoveView = z.object({
  sessionId: Id,
  title: z.string(),
  from: PlacementView,
  to: PlacementView,
});

export const TimetableChangePreview = z.object({
  /** To be sent back with the change. */
  version: z.int(),
  sessions: z.array(
    SessionMoveView.extend({
      /** Who will be told: booked or held, and not yet arrived. */
      affected: z.int(),
      arrived: z.int(),
    }),
  ),
  affected: z.object({
    students: z.int(),
    paid: z.int(),
    /** Most students first. */
    colleges: z.array(z.object({ college: z.string(), students: z.int() })),
  }),
  conflicts: z.array(TimetableConflict),
  /** The collection days as they will be. */
  days: z.array(Day),
});
export type TimetableChangePreview = z.infer<typeof TimetableChangePreview>;

export const TimetableChangeView = z.object({
  id: Id,
  at: Instant,
  by: z.string(),
  reason: z.string(),
  sessions: z.array(SessionMoveView),
  /** Students whose home shows it, or has shown it. */
  told: z.int(),
  acknowledged: z.int(),
  /** Of those told, who has cancelled since. */
  cancelled: z.int(),
  /** False while students are still being told. */
  carriedOut: z.boolean(),
});
export type TimetableChangeView = z.infer<typeof TimetableChangeView>;

const ToldStudent = z.object({
  studentNo: z.string(),
  name: z.string(),
  college: z.string(),
  className: z.string(),
  state: z.enum(['told', 'acknowledged', 'cancelled']),
});

export const timetableChanges = {
  'POST /api/console/campaigns/:id/timetable-changes/preview': {
    summary: 'What moving a session, a room or a whole day would do: who is affected, what speaks against it',
    who: ['office'],
    limit: 'read',
    params: IdParams,
    body: z.strictObject({ move: TimetableMove }),
    response: TimetableChangePreview,
    errors: ['NOTHING_TO_MOVE', 'COLLECTION_CLOSED'],
  },
  'POST /api/console/campaigns/:id/timetable-changes': {
    summary: 'Move sessions that are booked: seen at once as a whole, then every affected student is told',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({
      version: z.int(),
      nonce: Nonce,
      move: TimetableMove,
      /** Students read it. */
      reason: Line(60),
      accept: z.array(z.enum(CONFLICTS)).max(CONFLICTS.length).default([]),
    }),
    response: TimetableChangeView,
    errors: ['NOTHING_TO_MOVE', 'COLLECTION_CLOSED', 'TIMETABLE_CONFLICTS', 'CHANGED_MEANWHILE'],
  },
  'GET /api/console/campaigns/:id/timetable-changes': {
    summary: 'All changes since booking began, newest first, and how many students have seen them; ETag',
    who: ['office', 'college', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({ changes: z.array(TimetableChangeView) }),
  },
  'GET /api/console/campaigns/:id/timetable-changes/:changeId/students': {
    summary: 'Who was told of a change, those who have not looked first: whom to call',
    who: ['office', 'support'],
    limit: 'read',
    params: z.strictObject({ id: Id, changeId: Id }),
    response: z.object({ students: z.array(ToldStudent) }),
  },
  'POST /api/console/campaigns/:id/sessions/:sessionId/capacity': {
    summary: 'More places in a session; never fewer, because a seat may be taken',
    who: ['office'],
    limit: 'write',
    params: z.strictObject({ id: Id, sessionId: Id }),
    body: z.strictObject({ version: z.int(), capacity: z.int().min(1).max(5000), reason: Line(100) }),
    response: z.object({ capacity: z.int(), version: z.int() }),
    errors: ['CAPACITY_ONLY_GROWS', 'CHANGED_MEANWHILE'],
  },
  'POST /api/me/bookings/:id/acknowledge-move': {
    summary: 'I have seen that my session moved; of a newer move than the named one it says nothing',
    who: ['student'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ changeId: Id }),
  },
} as const satisfies ContractPart;
