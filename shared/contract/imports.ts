import { z } from 'zod';
import { RowProblem, TimetablePreview, Training } from './campaigns';
import { type ContractPart, Id, IdParams, Instant, XLSX } from './endpoint';

export const IMPORT_KINDS = ['timetable', 'roster'] as const;
const ImportKind = z.enum(IMPORT_KINDS);

const MB = 1024 * 1024;

/** Which rows and columns of which sheet hold what; columns from 0. */
export const TableLayout = z.strictObject({
  sheet: z.int().min(0).max(500),
  /** The line of the headings; 0 when there are none */
  headingLine: z.int().min(0).max(10_000),
  columns: z.record(z.string().max(30), z.int().min(0).max(199)),
});
export type TableLayout = z.infer<typeof TableLayout>;

/**
 * uploaded → previewed (again and again) → running → done. `stopped` wrote nothing, or ended half-way; preview again.
 */
export const IMPORT_STATES = ['uploaded', 'previewed', 'running', 'done', 'stopped'] as const;

export const RosterOutcome = z.object({
  kind: z.literal('roster'),
  students: z.int(),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  unmatched: z.int(),
});
export const TimetableOutcome = z.object({
  kind: z.literal('timetable'),
  sessions: z.int(),
  headcount: z.int(),
});

export const ImportView = z.object({
  id: Id,
  kind: ImportKind,
  name: z.string(),
  state: z.enum(IMPORT_STATES),
  sheets: z.array(z.object({ name: z.string(), isHidden: z.boolean() })),
  /** What a column can be. */
  fields: z.array(z.object({ field: z.string(), label: z.string(), isNeeded: z.boolean() })),
  /** Rows done of the rows there are, while it runs */
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  outcome: z.discriminatedUnion('kind', [RosterOutcome, TimetableOutcome]).nullable(),
  /** Why it stopped, as a sentence */
  stoppedBecause: z.string().nullable(),
  expiresAt: Instant,
});
export type ImportView = z.infer<typeof ImportView>;

/** The first rows of a sheet, long numbers masked. */
export const SheetView = z.object({
  layout: TableLayout,
  /** The headings were recognised; else the user says which column is which. */
  isRecognised: z.boolean(),
  rows: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })),
});
export type SheetView = z.infer<typeof SheetView>;

const Counts = z.object({ error: z.int(), warning: z.int(), info: z.int() });

export const RosterChange = z.object({
  studentNo: z.string(),
  name: z.string(),
  before: z.record(z.string(), z.string()),
  after: z.record(z.string(), z.string()),
});

/** The cells of a row with a problem, as they stand, by field; document numbers masked. */
const TroubledRow = z.object({ line: z.int(), cells: z.record(z.string(), z.string()) });
export type TroubledRow = z.infer<typeof TroubledRow>;

/** A student with a booking whom the new roster would affect. */
export const BookedStudent = z.object({
  studentNo: z.string(),
  name: z.string(),
  /** removed: stays on the roster · regrouped: keeps the booked session · renamed: look whether it is one person · shot: nothing is changed */
  because: z.enum(['removed', 'regrouped', 'renamed', 'shot']),
});
export type BookedStudent = z.infer<typeof BookedStudent>;

export const RosterImportPreview = z.object({
  kind: z.literal('roster'),
  fingerprint: z.string(),
  students: z.int(),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  unchanged: z.int(),
  /** The first hundreds; the annotated workbook has all. */
  problems: z.array(RowProblem),
  counts: Counts,
  troubled: z.array(TroubledRow),
  /** The first hundred of each */
  changes: z.array(RosterChange),
  removals: z.array(z.object({ studentNo: z.string(), name: z.string(), college: z.string() })),
  booked: z.object({ count: z.int(), students: z.array(BookedStudent) }),
  unmatched: z.object({
    students: z.int(),
    groups: z.array(
      z.object({
        major: z.string(),
        training: Training,
        students: z.int(),
        reason: z.string(),
        line: z.int(),
      }),
    ),
  }),
});
export type RosterImportPreview = z.infer<typeof RosterImportPreview>;

export const TimetableImportPreview = TimetablePreview.extend({
  kind: z.literal('timetable'),
  fingerprint: z.string(),
  counts: Counts,
  troubled: z.array(TroubledRow),
  /** Against the sessions there are */
  changes: z.object({
    added: z.int(),
    removed: z.int(),
    changed: z.array(z.object({ title: z.string(), before: z.string(), after: z.string() })),
    unchanged: z.int(),
  }),
  /** Places are taken: the table can no longer be replaced as a whole. */
  isInUse: z.boolean(),
});
export type TimetableImportPreview = z.infer<typeof TimetableImportPreview>;

export const ImportPreview = z.discriminatedUnion('kind', [RosterImportPreview, TimetableImportPreview]);

const Opened = z.object({ import: ImportView, sheet: SheetView });

export const Alias = z.strictObject({
  from: z.string().trim().min(1).max(60),
  to: z.string().trim().min(1).max(60),
});
export type Alias = z.infer<typeof Alias>;

export const MatchingView = z.object({
  version: z.int(),
  aliases: z.array(Alias),
  /** Majors of the timetable, with their direction */
  majors: z.array(z.string()),
  students: z.int(),
  matched: z.int(),
  placedByOffice: z.int(),
  unmatched: z.array(
    z.object({
      major: z.string(),
      training: Training,
      students: z.int(),
      reason: z.string(),
      /** Majors of the timetable that look alike, the likeliest first */
      suggestions: z.array(z.string()),
    }),
  ),
  /** Rows of the timetable: planned and matched */
  groups: z.array(z.object({ title: z.string(), room: z.string(), planned: z.int(), matched: z.int() })),
});
export type MatchingView = z.infer<typeof MatchingView>;

export const NoticeCheckView = z.object({
  version: z.int(),
  /** The notice's text as the office gave it; empty when it has not */
  text: z.string(),
  findings: z.array(RowProblem),
  checked: z.object({ sessions: z.int(), students: z.int() }),
});
export type NoticeCheckView = z.infer<typeof NoticeCheckView>;

const office = { who: ['office'] } as const;

export const imports = {
  'POST /api/console/campaigns/:id/imports': {
    summary: 'Upload a timetable or a roster (xlsx, csv). Nothing of the campaign is changed',
    ...office,
    limit: 'upload',
    params: IdParams,
    query: z.strictObject({ kind: ImportKind }),
    upload: { maxBytes: 24 * MB, types: 'any' },
    response: Opened,
    errors: ['TABLE_REFUSED', 'FILE_EMPTY', 'BODY_TOO_LARGE'],
  },
  'POST /api/console/campaigns/:id/imports/pasted': {
    summary: 'The same with a pasted table, or a whole pasted notice',
    ...office,
    limit: 'upload',
    params: IdParams,
    maxBytes: 12 * MB,
    body: z.strictObject({ kind: ImportKind, text: z.string().min(1).max(4_000_000) }),
    response: Opened,
    errors: ['TABLE_REFUSED'],
  },
  'GET /api/console/imports/:id': {
    summary: 'How far an import is',
    ...office,
    limit: 'read',
    params: IdParams,
    response: ImportView,
  },
  'GET /api/console/imports/:id/sheets/:sheet': {
    summary: 'The first rows of a sheet, and which column seems to be what',
    ...office,
    limit: 'read',
    params: z.strictObject({ id: Id, sheet: z.coerce.number().int().min(0).max(500) }),
    response: SheetView,
    errors: ['TABLE_REFUSED', 'IMPORT_EXPIRED'],
  },
  'POST /api/console/imports/:id/preview': {
    summary: 'Dry run: every problem at its cell, and what would change. Writes nothing of the campaign',
    ...office,
    limit: 'write',
    params: IdParams,
    body: z.strictObject({
      layout: TableLayout,
      /** Seats beyond the headcount, for a timetable */
      capacityMarginPercent: z.int().min(0).max(100).default(0),
    }),
    response: ImportPreview,
    errors: ['TABLE_REFUSED', 'IMPORT_EXPIRED', 'IMPORT_COLUMNS_MISSING', 'IMPORT_RUNNING'],
  },
  'GET /api/console/imports/:id/annotated': {
    summary: 'The table as it was previewed, with every problem marked at its cell',
    ...office,
    limit: 'read',
    params: IdParams,
    download: XLSX,
    errors: ['IMPORT_EXPIRED', 'IMPORT_NOT_PREVIEWED'],
  },
  'POST /api/console/imports/:id/commit': {
    summary: 'Write exactly what the preview showed, or nothing. May be sent again',
    ...office,
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ fingerprint: z.string().max(100) }),
    response: ImportView,
    errors: [
      'IMPORT_EXPIRED',
      'IMPORT_NOT_PREVIEWED',
      'IMPORT_STALE',
      'IMPORT_RUNNING',
      'TIMETABLE_HAS_PROBLEMS',
      'ROSTER_HAS_PROBLEMS',
      'TIMETABLE_IN_USE',
      'TIMETABLE_JUST_USED',
    ],
  },
  'GET /api/console/campaigns/:id/matching': {
    summary: 'Which students have a session, which have none and why; the alias table',
    ...office,
    limit: 'read',
    params: IdParams,
    response: MatchingView,
  },
  'PUT /api/console/campaigns/:id/aliases': {
    summary: 'Change the alias table of majors, and match again',
    ...office,
    limit: 'write',
    params: IdParams,
    body: z.strictObject({ version: z.int(), aliases: z.array(Alias).max(500) }),
    response: MatchingView,
    errors: ['CHANGED_MEANWHILE', 'BAD_REQUEST'],
  },
  'GET /api/console/campaigns/:id/notice-check': {
    summary: 'Where notice, timetable, roster and campaign contradict each other',
    ...office,
    limit: 'read',
    params: IdParams,
    response: NoticeCheckView,
  },
  'PUT /api/console/campaigns/:id/notice-text': {
    summary: "Keep the notice's text for the notice check",
    ...office,
    limit: 'write',
    params: IdParams,
    maxBytes: MB,
    body: z.strictObject({ version: z.int(), text: z.string().max(100_000) }),
    response: NoticeCheckView,
    errors: ['CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
