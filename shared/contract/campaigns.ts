import { z } from 'zod';
import { TRAININGS } from '../domain/majors';
import { type ContractPart, Day, FenAmount, Id, IdParams, Instant, Line, TimeOfDay } from './endpoint';

/** 本科 · 专升本 · 第二学士学位 */
export const Training = z.enum(TRAININGS);

/** What may still be filled in later. */
const LaterLine = (max: number) => z.union([Line(max), z.literal('')]);

export const FeeItem = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,29}$/),
  name: Line(30),
  amountFen: FenAmount.min(0).max(100_000),
});

export const Contact = z.strictObject({ label: Line(30), phone: Line(30), hours: Line(60).optional() });

export const CollectionDay = z.strictObject({
  day: Day,
  /** [from, to) in Asia/Shanghai */
  hours: z
    .array(z.strictObject({ from: TimeOfDay, to: TimeOfDay }))
    .min(1)
    .max(6),
});

export const MakeUpInfo = z.strictObject({
  deadline: Day,
  place: Line(120),
  weekdays: z.array(z.int().min(0).max(6)).max(7),
  hours: z.array(z.strictObject({ from: TimeOfDay, to: TimeOfDay })).max(6),
  closedOnPublicHolidays: z.boolean(),
  metro: Line(60),
  busLines: z.array(Line(10)).max(60),
  parking: Line(80),
  phone: Line(30),
  phoneHours: z.array(z.strictObject({ from: TimeOfDay, to: TimeOfDay })).max(6),
  email: z.email(),
  notes: z.array(Line(120)).max(10),
  /** Places are booked, from the close of the collection to the deadline; null: the facts alone, people just go there. */
  bookable: z
    .strictObject({ slotMinutes: z.int().min(10).max(240), placesPerSlot: z.int().min(1).max(200) })
    .nullable()
    .default(null),
});

export const CampaignRules = z.strictObject({
  /** Students line up this long before their session (提前列队). */
  lineUpLeadMinutes: z.int().min(0).max(120).default(15),
  holdMinutes: z.int().min(5).max(60).default(15),
  /** Book without the bank check after the last failed attempt; amber at the scan. */
  allowUnverified: z.boolean().default(true),
  /** Book a session of another group. */
  allowOtherSessions: z.boolean().default(false),
  verificationAttempts: z.int().min(1).max(4).default(3),
  /** Places of a session, beyond its headcount, that only the office gives away (预留名额). */
  reserveSeats: z.int().min(0).max(100).default(0),
  /** Where second-degree students go whose major has no row for them. Early graduates always go with their major. */
  secondDegree: z
    .union([z.enum(['with_same_major', 'not_placed']), z.strictObject({ sessionId: Id })])
    .default('with_same_major'),
});

export const CampaignDraft = z.strictObject({
  name: Line(60),
  merchantId: Id,
  graduationYear: z.int().min(2000).max(2100),
  feeItems: z.array(FeeItem).min(1).max(10),
  // Empty as long as nobody sees the campaign: it is prepared step by step.
  feeBasis: LaterLine(60),
  place: LaterLine(60),
  rooms: z.array(Line(30)).max(50),
  collectionDays: z.array(CollectionDay).max(10),
  /** Seen by students, with its timetable, before booking opens. */
  announced: z.boolean().default(false),
  bookingOpensAt: Instant.nullable(),
  bookingClosesAt: Instant.nullable(),
  rules: CampaignRules,
  contacts: z.array(Contact).max(6),
  registryOffice: Line(60),
  makeUp: MakeUpInfo.nullable(),
});
export type CampaignDraft = z.infer<typeof CampaignDraft>;

export const CAMPAIGN_PHASES = [
  'draft',
  'announced',
  'open',
  'closed',
  'collecting',
  'over',
  'settled',
] as const;

/** What everyone may know of a campaign. */
export const CampaignView = CampaignDraft.omit({ merchantId: true }).extend({
  id: Id,
  schoolName: z.string(),
  phase: z.enum(CAMPAIGN_PHASES),
  priceFen: FenAmount,
  version: z.int(),
});
export type CampaignView = z.infer<typeof CampaignView>;

export const SessionView = z.object({
  id: Id,
  room: z.string(),
  building: z.string(),
  day: Day,
  startsAt: Instant,
  endsAt: Instant,
  /** When to stand in line. */
  lineUpAt: Instant,
  title: z.string(),
  majors: z.array(z.string()),
  remark: z.string(),
  headcount: z.int(),
  capacity: z.int(),
  /** A make-up place (补拍), after the collection. */
  isMakeUp: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

export const RowProblem = z.object({
  line: z.int(),
  column: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  message: z.string(),
  text: z.string(),
});
export type RowProblem = z.infer<typeof RowProblem>;

export const TimetableRowView = z.object({
  line: z.int(),
  building: z.string(),
  room: z.string(),
  major: z.string(),
  trainings: z.array(Training),
  headcount: z.int(),
  day: Day,
  startsAt: TimeOfDay,
  endsAt: TimeOfDay,
  remark: z.string(),
});

export const TimetablePreview = z.object({
  rows: z.array(TimetableRowView),
  problems: z.array(RowProblem),
  findings: z.array(RowProblem),
  totals: z.object({
    rows: z.int(),
    headcount: z.int(),
    rooms: z.array(z.object({ room: z.string(), rows: z.int(), headcount: z.int() })),
  }),
});

export type TimetablePreview = z.infer<typeof TimetablePreview>;

const PastedTable = z.strictObject({
  text: z.string().min(1).max(1_500_000),
  capacityMarginPercent: z.int().min(0).max(100).default(0),
});

const RosterTable = z.strictObject({ csv: z.string().min(1).max(1_900_000) });
const RosterWritten = z.object({
  students: z.int(),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  unmatched: z.int(),
});

export const CampaignAdminView = CampaignView.extend({
  schoolId: Id,
  merchantId: Id,
  counts: z.object({
    sessions: z.int(),
    students: z.int(),
    matched: z.int(),
    /** Students who have said that they cannot come. */
    cannotCome: z.int(),
    booked: z.int(),
    paid: z.int(),
    arrived: z.int(),
    shot: z.int(),
  }),
  openedAt: Instant.nullable(),
  collectionClosedAt: Instant.nullable(),
});
export type CampaignAdminView = z.infer<typeof CampaignAdminView>;

export const TimetableHit = SessionView.pick({
  room: true,
  building: true,
  day: true,
  startsAt: true,
  endsAt: true,
  lineUpAt: true,
  title: true,
});

export const campaigns = {
  'GET /api/campaigns': {
    summary: 'Announced campaigns, newest first',
    who: ['anyone'],
    limit: 'read',
    response: z.object({ campaigns: z.array(CampaignView) }),
  },
  'GET /api/campaigns/:id': {
    summary: 'One announced campaign: dates, rooms, prices, rules, contacts, make-up',
    who: ['anyone'],
    limit: 'read',
    params: IdParams,
    response: CampaignView,
  },
  'GET /api/campaigns/:id/timetable': {
    summary: 'Search the timetable by major, before any login',
    who: ['anyone'],
    limit: 'search',
    params: IdParams,
    query: z.strictObject({ q: z.string().trim().max(40).default('') }),
    response: z.object({ hits: z.array(TimetableHit), total: z.int() }),
  },
  'GET /api/console/campaigns': {
    summary: 'All campaigns of the school',
    who: ['office', 'college', 'support', 'finance', 'auditor', 'operator'],
    limit: 'read',
    response: z.object({ campaigns: z.array(CampaignAdminView) }),
  },
  'POST /api/console/campaigns': {
    summary: 'Create a campaign as a draft',
    who: ['office'],
    limit: 'write',
    body: CampaignDraft,
    response: CampaignAdminView,
  },
  'GET /api/console/campaigns/:id': {
    summary: 'One campaign with its counts',
    who: ['office', 'college', 'support', 'finance', 'auditor', 'operator'],
    limit: 'read',
    params: IdParams,
    response: CampaignAdminView,
  },
  'PUT /api/console/campaigns/:id': {
    summary: 'Change a campaign; `version` is the one that was read',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), draft: CampaignDraft }),
    response: CampaignAdminView,
    errors: ['CHANGED_MEANWHILE'],
  },
  'POST /api/console/campaigns/:id/timetable': {
    summary: 'Write a pasted timetable in one step, for programs; refused as a whole when a row has an error',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    maxBytes: 6_000_000,
    body: PastedTable,
    response: z.object({ sessions: z.int(), headcount: z.int() }),
    errors: ['TIMETABLE_HAS_PROBLEMS', 'TIMETABLE_IN_USE', 'TIMETABLE_JUST_USED', 'CHANGED_MEANWHILE'],
  },
  'GET /api/console/campaigns/:id/mini-program-code': {
    summary: 'The mini-program code for the notice and the class groups: opens the home page',
    who: ['office', 'college', 'support'],
    limit: 'write',
    params: IdParams,
    /** The picture, as a data URL; `scene` is the campaign. */
    response: z.object({ page: z.string(), scene: Id, image: z.string() }),
    errors: ['UPSTREAM_UNAVAILABLE'],
  },
  'GET /api/console/campaigns/:id/sessions': {
    summary: 'Sessions with places taken, arrived, shot',
    who: ['office', 'college', 'support', 'finance', 'auditor', 'operator'],
    limit: 'read',
    params: IdParams,
    response: z.object({
      sessions: z.array(
        SessionView.extend({ version: z.int(), booked: z.int(), arrived: z.int(), shot: z.int() }),
      ),
    }),
  },
  'POST /api/console/campaigns/:id/roster': {
    summary: 'Write a roster (csv) in one step, for programs, and match students to sessions',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    maxBytes: 6_000_000,
    body: RosterTable,
    response: RosterWritten,
    errors: ['ROSTER_HAS_PROBLEMS'],
  },
  'POST /api/console/campaigns/:id/open': {
    summary: 'Open booking now',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int() }),
    response: CampaignAdminView,
    errors: ['CAMPAIGN_NOT_READY', 'CHANGED_MEANWHILE'],
  },
  'POST /api/console/campaigns/:id/close-collection': {
    summary: 'The collection is over: no more scans; unphotographed paid bookings are due for refund',
    who: ['office'],
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int() }),
    response: CampaignAdminView,
    errors: ['COLLECTION_NOT_OVER', 'CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
