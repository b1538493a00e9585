import { createHash } from 'node:crypto';
import type { BookedStudent, RosterImportPreview } from '../../../shared/contract/imports';
import { TRAINING_LABELS } from '../../../shared/domain/majors';
import { type UnmatchedKind, unmatchedKinds } from '../../../shared/domain/match-sessions';
import type { GridRow } from '../../../shared/domain/pasted-table';
import { noStudents, type RosterRow } from '../../../shared/domain/roster';
import { RosterReader } from '../../../shared/domain/roster-reader';
import type { RosterColumn, RosterProblemCode } from '../../../shared/domain/roster-row';
import { GRADUATION_LABELS } from '../../../shared/domain/roster-row';
import { countedProblems } from '../../../shared/domain/row-problems';
import type { Layout } from '../../../shared/domain/table-layout';
import { type TroubledRow, troubledRow } from '../../../shared/domain/troubled-rows';
import type { World } from '../../world';
import { aliasesOf } from '../campaigns/aliases';
import type { Campaign } from '../campaigns/model';
import { presentProblem } from '../campaigns/present-problem';
import type { ComparedField } from './enrolment-fields';
import { groupsOf, secondDegreePlan } from './match-students';
import { type Change, type RosterPart, rosterChanges } from './roster-changes';

const MOST_LISTED = 100;

/**
 * What importing a roster would do. Its fingerprint stands for all of it: the same fingerprint later means that the same
 * would be done. Writes nothing.
 */
export async function previewRoster(
  world: World,
  campaign: Campaign,
  { rows, layout }: { rows: AsyncIterable<GridRow>; layout: Layout<RosterColumn> },
): Promise<RosterImportPreview> {
  const problems = countedProblems<RosterColumn, RosterProblemCode>();
  const reader = new RosterReader(layout.columns, aliasesOf(campaign), problems);
  const summary = new Summary(campaign);
  const unmatched = unmatchedKinds(await groupsOf(campaign), await secondDegreePlan(campaign._id));
  const troubled: TroubledRow[] = [];
  const watched = watch(rows, problems.total, (row) => {
    if (troubled.length < MOST_LISTED) troubled.push(troubledRow(row, layout.columns));
  });
  for await (const part of rosterChanges(world, campaign._id, watched, reader)) {
    summary.take(part);
    for (const row of rowsOf(part)) if (!part.placed.has(row.studentNo)) unmatched.take(row);
  }
  const students = reader.studentNumbers().size;
  if (students === 0 && problems.errors() === 0) problems.add(noStudents(layout.headingLine));
  return {
    kind: 'roster',
    students,
    ...summary.result(),
    problems: problems.all().map(presentProblem),
    counts: problems.counts(),
    troubled,
    unmatched: presentUnmatched(unmatched.result()),
  };
}

/** Whoever takes a row has read it when asking for the next one: then it is known whether it made problems. */
async function* watch(
  rows: AsyncIterable<GridRow>,
  problems: () => number,
  onTrouble: (row: GridRow) => void,
): AsyncGenerator<GridRow> {
  for await (const row of rows) {
    const before = problems();
    yield row;
    if (problems() > before) onTrouble(row);
  }
}

function* rowsOf({ added, changed }: RosterPart): Generator<RosterRow> {
  yield* added;
  for (const { row } of changed) yield row;
}

const presentUnmatched = (groups: readonly UnmatchedKind[]): RosterImportPreview['unmatched'] => ({
  students: groups.reduce((sum, { students }) => sum + students, 0),
  groups: groups.slice(0, MOST_LISTED),
});

/** Counts, the first of everything, and a hash of the whole. */
class Summary {
  private readonly hash = createHash('sha256');
  private readonly counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  private readonly changes: RosterImportPreview['changes'] = [];
  private readonly removals: RosterImportPreview['removals'] = [];
  private readonly booked = { count: 0, students: [] as BookedStudent[] };

  constructor({ timetable, majorAliases }: Campaign) {
    this.hash.update(JSON.stringify([timetable, majorAliases]));
  }

  take({ added, changed, unchanged, removed, removedButBooked }: RosterPart): void {
    for (const row of added) this.note('added', row);
    for (const change of changed) this.takeChange(change);
    for (const { studentNo, name, college } of removed) {
      this.note('removed', studentNo);
      if (this.removals.length < MOST_LISTED) this.removals.push({ studentNo, name, college });
    }
    for (const { studentNo, name } of removedButBooked)
      this.takeBooked({ studentNo, name, because: 'removed' });
    this.counts.unchanged += unchanged;
  }

  result() {
    const { changes, removals, booked } = this;
    return { fingerprint: this.hash.digest('hex'), ...this.counts, changes, removals, booked };
  }

  private takeChange({ student, row, fields, booking }: Change): void {
    const { studentNo, name } = student;
    if (booking) {
      const because = becauseOf(fields, booking.attendance);
      if (because) this.takeBooked({ studentNo, name, because });
      if (because === 'shot') return;
    }
    this.note('changed', [row, fields.map((field) => [field, before(student, field)])]);
    if (this.changes.length >= MOST_LISTED) return;
    this.changes.push({
      studentNo,
      name,
      before: Object.fromEntries(fields.map((field) => [field, before(student, field)])),
      after: Object.fromEntries(fields.map((field) => [field, after(row, field)])),
    });
  }

  private takeBooked(student: BookedStudent): void {
    this.hash.update(JSON.stringify(student));
    this.booked.count += 1;
    if (this.booked.students.length < MOST_LISTED) this.booked.students.push(student);
  }

  private note(what: 'added' | 'changed' | 'removed', facts: unknown): void {
    this.counts[what] += 1;
    this.hash.update(JSON.stringify([what, facts]));
  }
}

/** Why a change of a student who has a booking is listed; undefined for a change that touches nothing of it. */
export function becauseOf(
  fields: readonly ComparedField[],
  attendance: string,
): BookedStudent['because'] | undefined {
  if (attendance === 'shot') return 'shot';
  if (fields.includes('name') || fields.includes('documentNumber')) return 'renamed';
  return fields.includes('major') || fields.includes('training') ? 'regrouped' : undefined;
}

const before = (student: Change['student'], field: ComparedField): string =>
  field === 'removed' || field === 'documentNumber' ? HIDDEN[field].before : shown(field, student[field]);

const after = (row: RosterRow, field: ComparedField): string =>
  field === 'removed' || field === 'documentNumber' ? HIDDEN[field].after : shown(field, row[field]);

const HIDDEN = {
  removed: { before: '已移出', after: '恢复' },
  documentNumber: { before: '原号码', after: '新号码' },
} as const;

function shown(field: Exclude<ComparedField, 'removed' | 'documentNumber'>, value: string): string {
  if (field === 'graduationType') return labelIn(GRADUATION_LABELS, value);
  if (field === 'training') return labelIn(TRAINING_LABELS, value);
  return value;
}

const labelIn = (labels: Readonly<Record<string, string>>, value: string): string => labels[value] ?? value;
