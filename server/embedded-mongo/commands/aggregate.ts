import { compilePipeline, stageOf } from '../aggregate/pipeline';
import type { Documents, PipelineContext } from '../aggregate/stage';
import { type Document, isDocument, isNumber, toNumber, type Value } from '../bson/values';
import { failedToParse, MongoError } from '../errors';
import { and, type Filter } from '../query/filter';
import { parseFilter } from '../query/parse-filter';
import { Search, type SearchOptions } from '../query/search';
import { parseSort, type SortField } from '../query/sort';
import type { Reply } from '../wire/reply';
import type { Arguments } from './arguments';
import type { Command, Commands, Database } from './command';
import { isOutput, writeOutput } from './output-stages';
import { contextOf, documentBatches, expressionsIn, inPieces, searchBatches } from './reading';

const aggregate: Command = {
  fields: [
    'pipeline',
    'cursor',
    'explain',
    'allowDiskUse',
    'bypassDocumentValidation',
    'collation',
    'hint',
    'let',
  ],
  async run(database, args, connectionId) {
    args.refuseCollation();
    const stages = args.required('pipeline', args.list('pipeline'));
    const cursor = args.document('cursor');
    if (!cursor)
      throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
    const last = stages.at(-1);
    const [lastName, output] = last === undefined ? ['', null] : stageOf(last);
    for (const stage of stages.slice(0, -1)) {
      const [name] = stageOf(stage);
      if (isOutput(name)) throw new MongoError(40601, `${name} can only be the final stage in the pipeline`);
    }
    if (isOutput(lastName)) {
      return database.catalogue.write(() => {
        const context = contextOf(database, args, 'writing');
        const documents = [...documentsOf(database, args, stages.slice(0, -1), context)];
        writeOutput(database, args, lastName, output, documents, context);
        return empty(database, args, connectionId);
      });
    }
    return start(database, args, stages, batchSizeOf(cursor), connectionId);
  },
};

function start(
  database: Database,
  args: Arguments,
  stages: readonly Value[],
  batchSize: number | undefined,
  connectionId: number,
): Reply {
  const context = contextOf(database, args, 'committed');
  const head = searchHead(stages);
  const collection = isCollectionless(args) ? undefined : database.catalogue.find(args.namespace);
  if (collection && head.used === stages.length) {
    const search = new Search(database, collection, optionsOf(args, head, context));
    return database.cursors.start(
      args.namespace,
      searchBatches(search, (found) => found.bytes),
      batchSize,
      false,
      connectionId,
    );
  }
  const documents = documentsOf(database, args, stages, context);
  return database.cursors.start(
    namespaceOf(args),
    documentBatches(documents),
    batchSize,
    false,
    connectionId,
  );
}

function empty(database: Database, args: Arguments, connectionId: number): Reply {
  return database.cursors.start(namespaceOf(args), { take: () => 'end' }, undefined, true, connectionId);
}

/** `aggregate: 1` is about no collection. */
function isCollectionless(args: Arguments): boolean {
  return isNumber(args.get('aggregate'));
}

function namespaceOf(args: Arguments): string {
  return isCollectionless(args) ? `${args.database}.$cmd.aggregate` : args.namespace;
}

function batchSizeOf(cursor: Document): number | undefined {
  for (const name of cursor.keys()) {
    if (name !== 'batchSize') throw new MongoError(40415, `BSON field 'cursor.${name}' is an unknown field.`);
  }
  const size = cursor.get('batchSize');
  if (size === undefined) return undefined;
  if (!isNumber(size) || toNumber(size) < 0)
    throw new MongoError(51024, "BSON field 'batchSize' value must be >= 0");
  return toNumber(size);
}

function documentsOf(
  database: Database,
  args: Arguments,
  stages: readonly Value[],
  context: PipelineContext,
): Documents {
  if (isCollectionless(args)) return generated(database, stages, context);
  const head = searchHead(stages);
  const rest = compilePipeline(stages.slice(head.used), context);
  const collection = context.collection(args.database, args.collection);
  const options = optionsOf(args, head, context);
  if (!collection) return rest([]);
  const search = new Search(database, collection, options);
  return rest(onlyCounts(stages[head.used]) ? counted(search) : decoded(search));
}

function* decoded(search: Search): Generator<Document> {
  for (const found of inPieces(search)) yield found.document();
}

/** A document for each match, but an empty one: what follows only counts them. */
function* counted(search: Search): Generator<Document> {
  for (const _ of inPieces(search)) yield new Map();
}

/** The driver's countDocuments, `$group: {_id: 1, n: {$sum: 1}}`, and `$count`. */
function onlyCounts(stage: Value | undefined): boolean {
  if (stage === undefined) return false;
  const [name, specification] = stageOf(stage);
  if (name === '$count') return true;
  if (name !== '$group' || !isDocument(specification)) return false;
  return [...specification].every(
    ([field, value]) =>
      isNumber(value) ||
      value === null ||
      (field !== '_id' && isDocument(value) && isNumber(value.get('$sum'))),
  );
}

/** The stages that make documents of their own accord begin a pipeline about no collection. */
function generated(database: Database, stages: readonly Value[], context: PipelineContext): Documents {
  const [first, ...rest] = stages;
  if (first === undefined) throw new MongoError(73, '{aggregate: 1} is not valid for an empty pipeline.');
  const [name, specification] = stageOf(first);
  if (name === '$documents') {
    const items = context.compiler.compile(specification)({ root: undefined, variables: context.variables });
    if (!Array.isArray(items) || !items.every(isDocument))
      throw new MongoError(5858203, 'an array of documents is expected by $documents');
    return compilePipeline(rest, context)(items.filter(isDocument));
  }
  if (name === '$listLocalSessions') return compilePipeline(rest, context)(database.sessions.list());
  compilePipeline([first], context);
  throw new MongoError(73, `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
}

interface Head {
  readonly filter: Filter;
  readonly sort: readonly SortField[];
  readonly skip: number;
  readonly limit: number;
  /** How many stages the search stands for. */
  readonly used: number;
}

/** What a pipeline's first stages have in common with a find, so that indexes serve them. */
export function searchHead(stages: readonly Value[]): Head {
  const filters: Filter[] = [];
  let sort: readonly SortField[] = [];
  let skip = 0;
  let limit = Number.POSITIVE_INFINITY;
  let used = 0;
  for (const stage of stages) {
    const [name, specification] = stageOf(stage);
    const bounded = skip > 0 || limit < Number.POSITIVE_INFINITY;
    if (name === '$match' && isDocument(specification) && sort.length === 0 && !bounded) {
      filters.push(parseFilter(specification));
    } else if (
      name === '$sort' &&
      sort.length === 0 &&
      !bounded &&
      isDocument(specification) &&
      specification.size > 0
    ) {
      sort = parseSort(specification);
    } else if (name === '$skip' && !bounded && isPositive(specification)) {
      skip = toNumber(specification);
    } else if (name === '$limit' && limit === Number.POSITIVE_INFINITY && isPositive(specification)) {
      limit = toNumber(specification);
    } else {
      break;
    }
    used++;
  }
  return { filter: and(filters), sort, skip, limit, used };
}

function isPositive(value: Value): value is number {
  return isNumber(value) && Number.isInteger(toNumber(value)) && toNumber(value) > 0;
}

function optionsOf(args: Arguments, head: Head, context: PipelineContext): SearchOptions {
  const { filter, sort, skip, limit } = head;
  const { deadline } = args;
  return {
    filter,
    sort,
    skip,
    limit,
    hint: args.get('hint'),
    compileExpression: expressionsIn(context),
    ...(deadline === undefined ? {} : { deadline }),
  };
}

export const aggregating: Commands = { aggregate };
