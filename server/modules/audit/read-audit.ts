import type { QueryFilter } from 'mongoose';
import type { AuditLineView } from '../../../shared/contract/audit';
import type { UserActor } from '../../http/actor';
import type { RecordDocument, TrailLine } from '../../platform/mongo/record';
import { namesOf } from '../accounts/names-of';
import { campaignsOfSchool } from '../campaigns/announced';
import { nameFor } from '../roster/name-for';
import { studentLabels } from './label-students';
import { type AuditLine, AuditLines } from './model';
import { subjectsOfStudent } from './subjects-of-student';

export interface AuditQuery {
  subject?: string | undefined;
  /** Everything about the student of this number. */
  studentNo?: string | undefined;
  actor?: string | undefined;
  verb?: string | undefined;
  /** Only what this import wrote. */
  partOf?: string | undefined;
  /** What imports wrote line by line is left out, unless it is asked for: so, or by its import, subject, verb or student. */
  imports?: 'each' | undefined;
  /** ISO instants */
  from?: string | undefined;
  to?: string | undefined;
  before?: string | undefined;
  limit: number;
}

/** Newest first; `next` continues where this page ends. */
export async function readAudit(
  schoolId: string,
  query: AuditQuery,
): Promise<{ lines: AuditLineView[]; next: string | null; names: Record<string, string> }> {
  const filter: QueryFilter<AuditLine> = { schoolId, ...partsWanted(query) };
  if (query.subject) filter.subject = query.subject;
  if (query.studentNo) filter.subject = { $in: await subjectsOfStudent(schoolId, query.studentNo) };
  if (query.actor) filter.actor = query.actor;
  if (query.verb) filter.verb = query.verb;
  if (query.from || query.to) {
    filter.at = {
      ...(query.from ? { $gte: new Date(query.from) } : {}),
      ...(query.to ? { $lt: new Date(query.to) } : {}),
    };
  }
  const cursor = query.before ? await AuditLines.findById(query.before).lean<AuditLine>() : null;
  if (cursor) filter.$or = [{ at: { $lt: cursor.at } }, { at: cursor.at, _id: { $lt: cursor._id } }];
  const found = await AuditLines.find(filter)
    .sort({ at: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean<AuditLine[]>();
  const lines = found.slice(0, query.limit).map(present);
  return {
    lines,
    next: found.length > query.limit ? (lines.at(-1)?.id ?? null) : null,
    names: {
      ...(await namesIn(schoolId, lines)),
      ...(await studentLabels(lines.map(({ subject }) => subject))),
      ...(await campaignLabels(schoolId, lines)),
    },
  };
}

async function campaignLabels(
  schoolId: string,
  lines: readonly AuditLineView[],
): Promise<Record<string, string>> {
  if (!lines.some(({ subject }) => subject.startsWith('campaign:'))) return {};
  const campaigns = await campaignsOfSchool(schoolId);
  return Object.fromEntries(campaigns.map(({ _id, name }) => [`campaign:${_id}`, name]));
}

function partsWanted({ partOf, imports, subject, studentNo, verb }: AuditQuery): QueryFilter<AuditLine> {
  if (partOf) return { partOf };
  return imports || subject || studentNo || verb ? {} : { partOf: null };
}

type Trailed = Pick<RecordDocument, '_id' | 'trail'>;

/**
 * Everything about some records, oldest first: their own trails, which are complete at once, and who looked at them,
 * which only the log knows.
 *
 * @param reader for whom names that were corrected are shown or masked
 */
export async function timeLineOf(
  reader: Pick<UserActor, 'role' | 'schoolId'>,
  records: readonly { kind: string; record: Trailed }[],
): Promise<{ lines: AuditLineView[]; names: Record<string, string> }> {
  const { schoolId } = reader;
  const subjects = records.map(({ kind, record }) => `${kind}:${record._id}`);
  const logged = await AuditLines.find({ schoolId, subject: { $in: subjects } })
    .sort({ at: 1, _id: 1 })
    .limit(1000)
    .lean<AuditLine[]>();
  const lines = new Map(logged.map((line) => [line._id, present(line)]));
  for (const { kind, record } of records) {
    for (const line of record.trail) lines.set(line.id, ofTrail(`${kind}:${record._id}`, line));
  }
  const inOrder = [...lines.values()].sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
  return { lines: inOrder.map((line) => lineFor(reader, line)), names: await namesIn(schoolId, inOrder) };
}

/** What a name was and became. */
function lineFor(reader: Pick<UserActor, 'role'>, line: AuditLineView): AuditLineView {
  const { field, before, after } = line.facts;
  if (field !== 'name' || typeof before !== 'string' || typeof after !== 'string') return line;
  return {
    ...line,
    facts: { ...line.facts, before: nameFor(reader, before), after: nameFor(reader, after) },
  };
}

const namesIn = (schoolId: string, lines: readonly AuditLineView[]) =>
  namesOf(
    schoolId,
    lines.flatMap(({ actor, subject }) => [actor, subject]),
  );

const present = ({ _id, at, actor, verb, subject, facts }: AuditLine): AuditLineView => ({
  id: _id,
  at: at.toISOString(),
  actor,
  verb,
  subject,
  facts,
});

const ofTrail = (subject: string, { id, at, actor, verb, facts }: TrailLine): AuditLineView => ({
  id,
  at: at.toISOString(),
  actor,
  verb,
  subject,
  facts,
});
