import { type AnyObject, type Model, type QueryFilter, Schema, type UpdateQuery } from 'mongoose';
import { isOutcomeUnknown } from './failures';

/**
 * A record is a document that is the authority for something and is changed only by compare-and-set. What a change
 * wants to happen elsewhere (`effects`) and what it must leave behind (`trail`) ride in the same write.
 */
export interface RecordDocument {
  _id: string;
  /** Grows by one with every change. */
  version: number;
  trail: TrailLine[];
  /** How many lines of the trail stand in the audit log already; the rest is projected soon. */
  trailProjected: number;
  trailPending?: boolean;
  effects: Effect[];
}

/** One line of a record's history. Its id also tells whether a write whose answer was lost took place. */
export interface TrailLine {
  id: string;
  at: Date;
  /** "student:<account>", "device:<id>", "user:<id>" or "system" */
  actor: string;
  verb: string;
  facts: { [name: string]: unknown };
}

/** Something that must happen because of a change: run at least once, so its handler must be idempotent. */
export interface Effect {
  /** Names the wish within its record. Recorded again while one waits, it is run once for each. */
  key: string;
  kind: string;
  dueAt: Date;
  attempts: number;
  payload: { [name: string]: unknown };
  error?: string;
}

const trailLine = new Schema<TrailLine>(
  {
    id: { type: String, required: true },
    at: { type: Date, required: true },
    actor: { type: String, required: true },
    verb: { type: String, required: true },
    facts: { type: Schema.Types.Mixed, default: {} },
  },
  { _id: false, minimize: false },
);

const effect = new Schema<Effect>(
  {
    key: { type: String, required: true },
    kind: { type: String, required: true },
    dueAt: { type: Date, required: true },
    attempts: { type: Number, default: 0 },
    payload: { type: Schema.Types.Mixed, default: {} },
    error: String,
  },
  { _id: false, minimize: false },
);

/** The fields that every record has, to be spread into its schema. */
export const recordFields = {
  _id: { type: String, required: true },
  version: { type: Number, required: true },
  trail: { type: [trailLine], required: true },
  trailProjected: { type: Number, required: true },
  trailPending: Boolean,
  effects: { type: [effect], required: true },
} as const;

/** minimize: an empty object stays one. Timestamps would come from the machine's clock, not from ours. */
export const recordOptions = { versionKey: false, minimize: false, autoCreate: false } as const;

/** Indexes that the sweeps of effects and of the audit projection look records up by. */
export function indexRecords<T extends RecordDocument>(schema: Schema<T>): void {
  schema.index({ 'effects.dueAt': 1 }, { name: 'effects_due' });
  schema.index(
    { trailPending: 1 },
    { name: 'trail_pending', partialFilterExpression: { trailPending: true } },
  );
}

/** What a new record starts with. */
export const newRecord = (_id: string, line: TrailLine, effects: Effect[] = []) => ({
  _id,
  version: 1,
  trail: [line],
  trailProjected: 0,
  trailPending: true,
  effects,
});

/**
 * Inserts a record once. After a cut connection it looks whether the insert took place: whether it is this record that
 * stands there, and not another one of the same id.
 *
 * @throws the driver's E11000 when a unique index says no
 */
export async function insertRecord<T extends RecordDocument>(model: Model<T>, record: T): Promise<T> {
  try {
    const document: AnyObject = record;
    await model.collection.insertOne(document);
    return record;
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    const [first] = record.trail;
    const written = first && (await findWritten(model, record._id, first));
    if (!written) throw error;
    return written;
  }
}

/** The record in whose trail the line stands: the write whose answer was lost took place. */
async function findWritten<T extends RecordDocument>(
  model: Model<T>,
  _id: string,
  line: TrailLine,
): Promise<T | null> {
  const found = await model.findById(_id).lean<T>();
  return found?.trail.some(({ id }) => id === line.id) ? found : null;
}

type Change<T> = [
  model: Model<T>,
  /** Names the record, and what must still hold of it. */
  guard: QueryFilter<T> & { _id: string },
  update: UpdateQuery<T>,
  line: TrailLine,
  effects?: readonly Effect[],
];

/**
 * One compare-and-set: where `guard` still holds, `update` is applied, the version grows and `line` is left behind.
 *
 * @returns the record afterwards, or null when the guard did not hold
 * @throws the driver's E11000 when a unique index says no
 */
export const changeRecord = <T extends RecordDocument>(...change: Change<T>): Promise<T | null> =>
  compareAndSet(change, {});

/**
 * As `changeRecord`, for who only has to know whether it took place: on the hottest paths the record is not sent back.
 *
 * @returns false when the guard did not hold
 */
export const makeChange = async <T extends RecordDocument>(...change: Change<T>): Promise<boolean> =>
  (await compareAndSet(change, { _id: 1 })) !== null;

/** Straight to the driver: what is written has its types from the model, and casting it again costs as much as the rest. */
async function compareAndSet<T extends RecordDocument>(
  [model, guard, update, line, effects = []]: Change<T>,
  projection: AnyObject,
): Promise<T | null> {
  const filter: AnyObject = guard;
  const push: AnyObject = { ...update.$push, trail: line };
  if (effects.length > 0) push.effects = { $each: effects };
  const change = settled({
    ...update,
    $inc: { ...update.$inc, version: 1 },
    $set: { ...update.$set, trailPending: true },
    $push: push,
  });
  try {
    const after = await model.collection.findOneAndUpdate(filter, change, {
      returnDocument: 'after',
      projection,
    });
    return after as T | null;
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    const after = await findWritten(model, guard._id, line);
    if (!after) throw error;
    return after;
  }
}

/** Without what is undefined, which would be stored as null, and without operators that have nothing to do. */
function settled(update: AnyObject): AnyObject {
  const change: AnyObject = {};
  for (const [operator, fields] of Object.entries(update)) {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    if (given.length > 0) change[operator] = Object.fromEntries(given);
  }
  return change;
}
