import type { QueryFilter } from 'mongoose';
import type { AuditLineView } from '../../../shared/contract/audit';
import { type AuditLine, AuditLines } from './model';

/** Newest first; `next` continues where this page ends. */
export async function readAudit(
  schoolId: string,
  query: {
    subject?: string | undefined;
    actor?: string | undefined;
    verb?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<{ lines: AuditLineView[]; next: string | null }> {
  const filter: QueryFilter<AuditLine> = { schoolId };
  if (query.subject) filter.subject = query.subject;
  if (query.actor) filter.actor = query.actor;
  if (query.verb) filter.verb = query.verb;
  const cursor = query.before ? await AuditLines.findById(query.before).lean<AuditLine>() : null;
  if (cursor) filter.$or = [{ at: { $lt: cursor.at } }, { at: cursor.at, _id: { $lt: cursor._id } }];
  const found = await AuditLines.find(filter)
    .sort({ at: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean<AuditLine[]>();
  const page = found.slice(0, query.limit);
  return { lines: page.map(present), next: found.length > query.limit ? (page.at(-1)?._id ?? null) : null };
}

/** Everything about some subjects, oldest first. */
export async function timeLineOf(schoolId: string, subjects: readonly string[]): Promise<AuditLineView[]> {
  const found = await AuditLines.find({ schoolId, subject: { $in: [...subjects] } })
    .sort({ at: 1, _id: 1 })
    .limit(1000)
    .lean<AuditLine[]>();
  return found.map(present);
}

const present = ({ _id, at, actor, verb, subject, facts }: AuditLine): AuditLineView => ({
  id: _id,
  at: at.toISOString(),
  actor,
  verb,
  subject,
  facts,
});
