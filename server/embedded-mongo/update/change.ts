import { compilePipeline, stageOf } from '../aggregate/pipeline';
import type { PipelineContext } from '../aggregate/stage';
import { equalValues } from '../bson/compare';
import { format } from '../bson/format';
import { clone, type Document, isDocument, type Value } from '../bson/values';
import { failedToParse, MongoError } from '../errors';
import { parseUpdate, type UpdateSituation } from './update';

type Circumstances = Omit<UpdateSituation, 'root'>;

/** An update of any kind, as a function from the document before to the one after; `before` is left alone. */
export interface Change {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  apply(before: Document, circumstances: Circumstances): Document;
}

const PIPELINE_STAGES: ReadonlySet<string> = new Set([
  '$addFields',
  '$set',
  '$project',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
]);

/**
 * @param update a document of operators, a replacement, or a pipeline
 * @throws MongoError as MongoDB does for an update it would not parse
 */
export function parseChange(
  update: Value | undefined,
  arrayFilters: readonly Document[],
  context: PipelineContext,
): Change {
  if (Array.isArray(update)) return pipelineChange(update, arrayFilters, context);
  if (!isDocument(update)) throw failedToParse('Update argument must be either an object or an array');
  const [first] = update.keys();
  if (!first?.startsWith('$')) return replacement(update, arrayFilters);
  const apply = parseUpdate(update, arrayFilters);
  return {
    kind: 'operators',
    apply(before, circumstances) {
      const after = clone(before);
      apply(after, circumstances);
      return keepId(before, after, performing);
    },
  };
}

function pipelineChange(
  stages: readonly Value[],
  arrayFilters: readonly Document[],
  context: PipelineContext,
): Change {
  if (arrayFilters.length > 0)
    throw failedToParse('arrayFilters may not be specified for pipeline-syle updates');
  for (const stage of stages) {
    const [name] = stageOf(stage);
    if (!PIPELINE_STAGES.has(name))
      throw new MongoError(72, `${name} is not allowed to be used within an update`);
  }
  const run = compilePipeline(stages, context);
  return {
    kind: 'pipeline',
    apply(before) {
      const [after] = run([clone(before)]);
      if (!after) throw new Error('an update pipeline gives one document');
      return keepId(before, withoutLosingId(before, new Map(after)), altered);
    },
  };
}

function replacement(update: Document, arrayFilters: readonly Document[]): Change {
  if (arrayFilters.length > 0)
    throw failedToParse('arrayFilters may not be specified for replacement-style updates');
  const dollar = [...update.keys()].find(
    (name) => name.startsWith('$') && !['$ref', '$id', '$db'].includes(name),
  );
  if (dollar !== undefined) {
    throw new MongoError(
      52,
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  return {
    kind: 'replacement',
    apply: (before) => keepId(before, withoutLosingId(before, clone(update)), altered),
  };
}

/** A document keeps its `_id`, in first place; an upsert that begins without one may be given one. */
function keepId(before: Document, after: Document, refuse: (to: Value | undefined) => MongoError): Document {
  const from = before.get('_id');
  const to = after.get('_id');
  if (from !== undefined && !equalValues(from, to)) throw refuse(to);
  return to === undefined ? after : idFirst(after, to);
}

function idFirst(document: Document, id: Value): Document {
  const [first] = document.keys();
  if (first === '_id') return document;
  const result: Document = new Map([['_id', id]]);
  for (const [name, value] of document) if (name !== '_id') result.set(name, value);
  return result;
}

/** A replacement or pipeline that leaves `_id` out keeps the old one. */
function withoutLosingId(before: Document, after: Document): Document {
  const id = before.get('_id');
  if (id !== undefined && !after.has('_id')) after.set('_id', id);
  return after;
}

function performing(): MongoError {
  return new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function altered(to: Value | undefined): MongoError {
  return new MongoError(
    66,
    `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${format(to)}`,
  );
}
