import { z } from 'zod';
import { USUAL_TEMPLATE } from '../domain/portrait-files';
import { SCAN_REASONS } from '../domain/verdicts';
import { BookingView } from './bookings';
import { Training } from './campaigns';
import { type ContractPart, Day, FenAmount, Id, IdParams, Instant, Line, Nonce } from './endpoint';
import { CORRECTABLE, GraduationType } from './verification';

export const PersonOnSite = z.object({
  bookingId: Id.nullable(),
  studentId: Id,
  name: z.string(),
  documentMasked: z.string().nullable(),
  studentNo: z.string(),
  college: z.string(),
  major: z.string(),
  className: z.string(),
  training: Training,
  graduationType: GraduationType,
  /** Of the enrolment data, for a correction. */
  version: z.int(),
});

export const Verdict = z.object({
  reason: z.enum(SCAN_REASONS),
  tone: z.enum(['green', 'amber', 'red']),
  /** At most six Chinese characters. */
  title: z.string(),
  /** The sentence to say to the student. */
  say: z.string(),
  /** True when this scan (or the one it repeats) recorded the arrival. */
  admitted: z.boolean(),
  person: PersonOnSite.nullable(),
  session: z.object({ room: z.string(), day: Day, startsAt: Instant, endsAt: Instant }).nullable(),
  arrival: z.object({ at: Instant, room: z.string(), shotNumber: z.int(), device: z.string() }).nullable(),
  bookingVersion: z.int().nullable(),
  /** The bookings that a search by name found, when more than one fits. */
  candidates: z.array(PersonOnSite),
});
export type Verdict = z.infer<typeof Verdict>;

export const BoardRow = z.object({
  sessionId: Id.nullable(),
  title: z.string(),
  room: z.string(),
  day: Day,
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  expected: z.int(),
  arrived: z.int(),
  shot: z.int(),
});

export const RoomPace = z.object({
  room: z.string(),
  /** By the clock this many should have been photographed. */
  dueByNow: z.int(),
  /** Of the last quarter of an hour. */
  secondsAShot: z.int().nullable(),
  /** When the room will be done at this pace. */
  endsAt: Instant.nullable(),
  plannedEndsAt: Instant,
});

export const LiveBoard = z.object({
  day: Day,
  rooms: z.array(
    RoomPace.extend({
      sessions: z.array(
        z.object({
          id: Id,
          title: z.string(),
          startsAt: Instant,
          endsAt: Instant,
          booked: z.int(),
          arrived: z.int(),
          shot: z.int(),
        }),
      ),
    }),
  ),
});
export type LiveBoard = z.infer<typeof LiveBoard>;

const OfflineScan = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('scan'),
    nonce: Nonce,
    room: Line(30),
    scannedAt: Instant,
    /** A code or a student number. */
    text: z.string().min(1).max(2000),
    originalSeen: z.boolean(),
    /** What the phone told its staff. */
    shown: z.string().max(30),
  }),
  z.strictObject({
    kind: z.literal('undo'),
    nonce: Nonce,
    scannedAt: Instant,
    /** The nonce of the scan it takes back: one of these, or one that was judged online. */
    of: Nonce,
    bookingId: Id.nullable(),
  }),
  /** Instead of a scan (or an undo) that this endpoint would not take: it stays on the phone, and the office hears of it. */
  z.strictObject({
    kind: z.literal('set_aside'),
    nonce: Nonce,
    /** The nonce of what stays on the phone. */
    of: z.string().max(100),
    room: z.string().trim().max(30),
    scannedAt: Instant,
    bookingId: Id.nullable(),
    /** The code of the refusal. */
    problem: z.string().max(60),
  }),
]);

/**
 * recorded · repeated: this phone had it already · conflict: another phone too, the earlier scan counts · refused: let
 * in offline, but the service says no · undone
 */
export const OFFLINE_OUTCOMES = ['recorded', 'repeated', 'conflict', 'refused', 'undone'] as const;

export const OfflineResult = z.object({
  nonce: Nonce,
  outcome: z.enum(OFFLINE_OUTCOMES),
  reason: z.enum(SCAN_REASONS),
  bookingId: Id.nullable(),
  shotNumber: z.int().nullable(),
});
export type OfflineResult = z.infer<typeof OfflineResult>;

/** A kept scan as the office sees it. */
export const OfflineScanView = OfflineResult.omit({ nonce: true }).extend({
  id: z.string(),
  /** When it was scanned, the phone's clock corrected. */
  at: Instant,
  receivedAt: Instant,
  room: z.string(),
  device: z.string(),
  /** Of a conflict: the other phone's arrival, and which of the two counts. */
  other: z.object({ at: Instant, room: z.string(), device: z.string() }).nullable(),
  counts: z.boolean(),
  /** Set aside by the phone: the code with which its upload was refused. */
  problem: z.string().nullable(),
  person: PersonOnSite.nullable(),
});

/** 现场 · 客服电话 · 学院或教务处来函 */
export const CORRECTION_CHANNELS = ['on_site', 'phone', 'letter'] as const;

/** The columns that a photographer's list may have. */
export const SHOT_COLUMNS = [
  'day',
  'room',
  'shotNumber',
  'state',
  'name',
  'studentNo',
  'documentMasked',
  'college',
  'major',
  'className',
  'training',
  'arrivedAt',
  'shotAt',
  'walkIn',
  'file',
] as const;

const ShotListQuery = z.strictObject({
  day: Day.optional(),
  room: Line(30).optional(),
  /** Names with commas between, in the order wanted; all unless given. */
  columns: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(SHOT_COLUMNS)).min(1))
    .default([...SHOT_COLUMNS]),
  /** How portraits are named, for example `{学号}_{姓名}`. */
  template: Line(100).default(USUAL_TEMPLATE),
});

export const PortraitOwner = z.object({
  studentNo: z.string(),
  name: z.string(),
  className: z.string(),
  room: z.string(),
  shotNumber: z.int(),
});

export const EVIDENCE = ['id_card', 'temporary_id', 'student_card_and_counsellor'] as const;

export const onsite = {
  'POST /api/onsite/redeem': {
    summary: 'Scan, type or look up: judge and record the arrival. The same nonce gives the same answer',
    who: ['staff'],
    limit: 'scan',
    body: z.strictObject({
      nonce: Nonce,
      room: Line(30),
      scannedAt: Instant,
      /** Exactly one of the three ways. */
      by: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('code'), text: z.string().min(1).max(2000) }),
        z.strictObject({ kind: z.literal('document'), number: Line(40) }),
        z.strictObject({ kind: z.literal('student'), studentId: Id }),
      ]),
      /** Staff looked at the original document. */
      originalSeen: z.boolean().default(false),
      /** One tap: admit although late, early or in the wrong room. */
      admitAnyway: z.boolean().default(false),
    }),
    response: Verdict,
  },
  'GET /api/onsite/snapshot': {
    summary:
      'What this phone needs to work without network, sealed for its token; see shared/domain/snapshot',
    who: ['staff'],
    limit: 'read',
    response: z.object({
      now: Instant,
      takenAt: Instant,
      expiresAt: Instant,
      bookings: z.int(),
      sealed: z.string(),
    }),
  },
  'POST /api/onsite/offline-scans': {
    summary:
      'Scans that a phone kept while it was offline, in their order; sending them again changes nothing. Without any: what the phone still keeps',
    who: ['staff'],
    limit: 'scan',
    body: z.strictObject({
      /** By the phone's own clock, as all the times below: only the distance between them is believed. */
      sentAt: Instant,
      /** How many will be left on the phone after these. */
      pending: z.int().min(0).max(100_000),
      scans: z.array(OfflineScan).max(50),
    }),
    response: z.object({ now: Instant, results: z.array(OfflineResult) }),
  },
  'POST /api/onsite/search': {
    summary: 'Find students by name or student number',
    who: ['staff'],
    limit: 'search',
    // Names and student numbers: an address would carry them into every log on the way.
    body: z.strictObject({ q: Line(40) }),
    response: z.object({ people: z.array(PersonOnSite), more: z.boolean() }),
  },
  'POST /api/onsite/bookings/:id/shot': {
    summary: 'The camera desk marks the shot',
    who: ['staff'],
    limit: 'scan',
    params: IdParams,
    body: z.strictObject({ nonce: Nonce }),
    response: BookingView,
    errors: ['SHOT_NOT_ARRIVED', 'BOOKING_NOT_ACTIVE'],
  },
  'POST /api/onsite/bookings/:id/reshoot': {
    summary: 'The portrait has to be taken again: the student is next, under the same number',
    who: ['staff'],
    limit: 'scan',
    params: IdParams,
    body: z.strictObject({ nonce: Nonce, reason: Line(100) }),
    response: BookingView,
    errors: ['UNDO_TOO_LATE'],
  },
  'POST /api/onsite/bookings/:id/skip': {
    summary:
      'Called and not there: the number is void, the student gets the next one, at the end of the queue. Of two desks that skip a number one does',
    who: ['staff'],
    limit: 'scan',
    params: IdParams,
    body: z.strictObject({ nonce: Nonce, shotNumber: z.int() }),
    response: BookingView,
    errors: ['SHOT_NOT_ARRIVED', 'BOOKING_NOT_ACTIVE'],
  },
  'POST /api/onsite/bookings/:id/renumber': {
    summary:
      'A new shot number, with the reason; the old one is void. Who waits gets the next one of the given room, who was photographed the next one of the portrait’s room. Of two desks that change a number one does',
    who: ['staff'],
    limit: 'scan',
    params: IdParams,
    body: z.strictObject({ nonce: Nonce, room: Line(30), shotNumber: z.int(), reason: Line(200) }),
    response: BookingView,
    errors: ['SHOT_NOT_ARRIVED', 'BOOKING_NOT_ACTIVE'],
  },
  'POST /api/onsite/bookings/:id/undo': {
    summary:
      'Take back the last step: shot → arrived, arrived → expected (its shot number is void, never reused)',
    who: ['staff'],
    limit: 'scan',
    params: IdParams,
    body: z.strictObject({ nonce: Nonce, step: z.enum(['arrival', 'shot']) }),
    response: BookingView,
    errors: ['UNDO_TOO_LATE', 'BOOKING_NOT_ACTIVE'],
  },
  'GET /api/onsite/queue': {
    summary: 'Who has arrived in a room today and waits for the camera, in shot-number order; ETag',
    who: ['staff'],
    limit: 'read',
    query: z.strictObject({ room: Line(30) }),
    response: z.object({
      room: z.string(),
      day: Day,
      waiting: z.array(
        z.object({
          bookingId: Id,
          shotNumber: z.int(),
          name: z.string(),
          className: z.string(),
          arrivedAt: Instant,
          seeOriginalId: z.boolean(),
          payment: z.string(),
          hasCollectionCode: z.boolean(),
        }),
      ),
      lastShot: z.array(z.object({ bookingId: Id, shotNumber: z.int(), name: z.string(), shotAt: Instant })),
    }),
  },
  'GET /api/onsite/bookings/:id/collection-code': {
    summary:
      "The student's 采集码, to be read by the photographer's program; each look is a line in the audit log",
    who: ['staff'],
    limit: 'read',
    params: IdParams,
    response: z.object({ text: z.string() }),
    errors: ['NOT_FOUND', 'SHOT_NOT_ARRIVED'],
  },
  'GET /api/onsite/failed-scans': {
    summary: "Today's scans in a room that let nobody in, the latest first; ETag",
    who: ['staff'],
    limit: 'read',
    query: z.strictObject({ room: Line(30) }),
    response: z.object({
      scans: z.array(
        z.object({
          id: z.string(),
          at: Instant,
          device: z.string(),
          title: z.string(),
          tone: z.enum(['green', 'amber', 'red']),
          /** Masked; null when the code belonged to nobody. */
          name: z.string().nullable(),
        }),
      ),
    }),
  },
  'POST /api/onsite/students': {
    summary: 'Put somebody on the roster who stands at the desk and is not on it; asking twice adds once',
    who: ['staff'],
    limit: 'write',
    body: z.strictObject({
      name: Line(40),
      studentNo: Line(40),
      /** Empty when there is none at hand. */
      documentNumber: z.string().trim().max(40),
      college: z.string().trim().max(60),
      major: Line(60),
      className: z.string().trim().max(60),
      training: Training,
    }),
    response: PersonOnSite,
    errors: ['DOCUMENT_INVALID', 'STUDENT_KNOWN'],
  },
  'POST /api/onsite/walk-ins': {
    summary:
      'Book on site: evidence seen, never blocked by a full session; paid by phone or owed (待缴). Again with the other way to pay: changes it',
    who: ['staff'],
    limit: 'write',
    body: z.strictObject({
      nonce: Nonce,
      room: Line(30),
      studentId: Id,
      evidence: z.enum(EVIDENCE),
      payment: z.enum(['by_phone', 'owed']),
    }),
    response: Verdict,
    errors: ['ALREADY_BOOKED', 'NOT_ON_ROSTER', 'CAMPAIGN_CLOSED', 'NOT_A_COLLECTION_DAY'],
  },
  'GET /api/onsite/bookings/:id': {
    summary: 'One booking of this campaign: whether the walk-in at the desk is paid by now; ETag',
    who: ['staff'],
    limit: 'read',
    params: IdParams,
    response: BookingView,
  },
  'GET /api/onsite/bookings/:id/pay-code': {
    summary: 'The mini-program code with which anybody pays for a walk-in',
    who: ['staff'],
    limit: 'write',
    params: IdParams,
    response: z.object({
      /** What the page finds in `scene`. */
      ticket: z.string(),
      /** Of the mini-program, without leading slash. */
      page: z.string(),
      /** The picture, as a data URL. */
      image: z.string(),
      amountFen: FenAmount,
    }),
    errors: ['ALREADY_PAID', 'NOTHING_TO_PAY', 'BOOKING_NOT_ACTIVE', 'UPSTREAM_UNAVAILABLE'],
  },
  'POST /api/onsite/students/:id/correct': {
    summary:
      'Correct enrolment data before the shot, with reason; a document number needs a second confirmation',
    who: ['staff', 'support', 'office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({
      version: z.int(),
      field: z.enum(CORRECTABLE),
      value: Line(60),
      reason: Line(200),
      /** Where the student asked for it. */
      channel: z.enum(CORRECTION_CHANNELS).default('on_site'),
      confirmed: z.boolean().default(false),
    }),
    response: z.object({ version: z.int(), person: PersonOnSite }),
    errors: ['CALLER_UNKNOWN', 'CORRECTION_AFTER_SHOT', 'CHANGED_MEANWHILE', 'DOCUMENT_INVALID'],
  },
  'GET /api/console/campaigns/:id/board': {
    summary: 'The live board of a day; `/board/events` sends the same as server-sent events',
    who: ['office', 'college', 'support', 'finance', 'auditor', 'operator'],
    limit: 'read',
    params: IdParams,
    query: z.strictObject({ day: Day.optional() }),
    response: LiveBoard,
  },
  'GET /api/console/campaigns/:id/offline-scans': {
    summary: 'Offline scans that somebody should look at: conflicts and refused ones, newest first',
    who: ['office', 'support', 'auditor'],
    limit: 'read',
    params: IdParams,
    response: z.object({ scans: z.array(OfflineScanView), more: z.boolean() }),
  },
  'GET /api/console/campaigns/:id/shot-list.xlsx': {
    summary:
      'The list of shot numbers for the photographer, void ones included, with the name of each portrait',
    who: ['office', 'auditor'],
    limit: 'read',
    params: IdParams,
    query: ShotListQuery,
    download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    errors: ['BAD_REQUEST'],
  },
  'GET /api/console/campaigns/:id/shot-list.csv': {
    summary: 'The same as CSV that Excel opens',
    who: ['office', 'auditor'],
    limit: 'read',
    params: IdParams,
    query: ShotListQuery,
    download: 'text/csv; charset=utf-8',
    errors: ['BAD_REQUEST'],
  },
  'POST /api/console/campaigns/:id/portrait-files': {
    summary: 'Compare the files that the agency returned with who was photographed',
    who: ['office', 'auditor'],
    limit: 'write',
    params: IdParams,
    maxBytes: 4_000_000,
    body: z.strictObject({
      template: Line(100).default(USUAL_TEMPLATE),
      /** As a folder or a zip lists them. */
      files: z.array(z.string().max(400)).max(50_000),
    }),
    response: z.object({
      expected: z.int(),
      matched: z.int(),
      missing: z.array(PortraitOwner),
      extra: z.array(z.string()),
      duplicate: z.array(z.object({ of: PortraitOwner, files: z.array(z.string()) })),
    }),
    errors: ['BAD_REQUEST'],
  },
  'GET /api/onsite/board': {
    summary: 'Expected, arrived and shot by room and session; ETag',
    who: ['staff'],
    limit: 'read',
    query: z.strictObject({ day: Day.optional() }),
    response: z.object({ day: Day, rows: z.array(BoardRow), rooms: z.array(RoomPace) }),
  },
} as const satisfies ContractPart;
