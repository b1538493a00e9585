import type { Collection } from 'mongoose';
import type { RecordModel } from '../../platform/effects/runner';
import { duplicateKey } from '../../platform/mongo/failures';
import type { RecordDocument } from '../../platform/mongo/record';
import { whichHave } from '../../platform/mongo/which-have';
import { type AuditLine, AuditLines } from './model';

const BATCH = 500;

/** A kind of record whose trails go to the audit log: "booking", "order" … */
export interface TrailSource {
  subject: string;
  model: RecordModel;
}

type Pending = Pick<RecordDocument, '_id' | 'version' | 'trail' | 'trailProjected'> & { schoolId?: string };

/**
 * Copies new lines of the records' trails to the audit log, a batch of each kind: in a rush the log may lag behind, and
 * does not slow the rush down. A crash in between projects them again: line ids are the log's ids, so nothing stands
 * there twice.
 *
 * @param onLines hears of every line at least once, before it counts as projected
 * @param inTurn runs it, or leaves it to another instance; asked only when there is something
 * @returns how many records were projected
 */
export async function projectTrails(
  sources: readonly TrailSource[],
  onLines: (lines: readonly AuditLine[]) => Promise<void>,
  inTurn: (work: () => Promise<void>) => Promise<void> = (work) => work(),
): Promise<number> {
  const pending = await whichHave(sources.map(collectionOf), { trailPending: true });
  let projected = 0;
  if (pending.length === 0) return projected;
  await inTurn(async () => {
    for (const source of pending) projected += await projectBatch(source, onLines);
  });
  return projected;
}

interface Source {
  subject: string;
  records: Collection<Pending & RecordDocument>;
}

const collectionOf = ({ subject, model }: TrailSource): Source => ({
  subject,
  records: model.db.collection<Pending & RecordDocument>(model.collection.name),
});

async function projectBatch(
  { subject, records }: Source,
  onLines: (lines: readonly AuditLine[]) => Promise<void>,
): Promise<number> {
  const pending = await records
    .find({ trailPending: true }, { projection: { version: 1, trail: 1, trailProjected: 1, schoolId: 1 } })
    .limit(BATCH)
    .toArray();
  if (pending.length === 0) return 0;
  const lines = pending.flatMap((record) => newLines(subject, record));
  await insertOnce(lines);
  await onLines(lines);
  await records.bulkWrite(
    pending.map(({ _id, version, trail }) => ({
      updateOne: {
        // Changed meanwhile: its newest line is not projected yet, so it stays pending.
        filter: { _id, version },
        update: { $set: { trailProjected: trail.length }, $unset: { trailPending: 1 } },
      },
    })),
    { ordered: false },
  );
  return pending.length;
}

const newLines = (subject: string, { _id, trail, trailProjected, schoolId }: Pending): AuditLine[] =>
  trail.slice(trailProjected).map(({ id, at, actor, verb, facts }) => ({
    _id: id,
    at,
    schoolId: schoolId ?? '',
    actor,
    verb,
    subject: `${subject}:${_id}`,
    facts,
    ...(typeof facts.import === 'string' ? { partOf: facts.import } : {}),
  }));

async function insertOnce(lines: AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  try {
    await AuditLines.insertMany(lines, { ordered: false, lean: true });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}
