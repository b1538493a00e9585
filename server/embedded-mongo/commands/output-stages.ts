import { compilePipeline } from '../aggregate/pipeline';
import type { PipelineContext } from '../aggregate/stage';
import { type Document, isDocument, type Value } from '../bson/values';
import { failedToParse, MongoError } from '../errors';
import { and, type Filter } from '../query/filter';
import { plainValue, splitPath } from '../query/path';
import type { Collection } from '../storage/catalogue';
import { duplicateKeyError } from '../storage/records';
import type { Change } from '../update/change';
import type { Arguments } from './arguments';
import type { Database } from './command';
import { changeDocument, findAll } from './modify';
import { insertPrepared, prepare, validate } from './writing';

export function isOutput(name: string): boolean {
  return name === '$out' || name === '$merge';
}

/** Carries out the `$out` or `$merge` at the end of a pipeline, inside the command's transaction. */
export function writeOutput(
  database: Database,
  args: Arguments,
  name: string,
  specification: Value,
  documents: readonly Document[],
  context: PipelineContext,
): void {
  if (name === '$out') replaceCollection(database, args, specification, documents);
  else merge(database, args, specification, documents, context);
}

function target(args: Arguments, into: Value | undefined): { database: string; name: string } {
  if (typeof into === 'string') return { database: args.database, name: into };
  const database = isDocument(into) ? into.get('db') : undefined;
  const name = isDocument(into) ? into.get('coll') : undefined;
  if (typeof name !== 'string') throw failedToParse('an output stage needs the name of a collection');
  return { database: typeof database === 'string' ? database : args.database, name };
}

/** The collection keeps its indexes; its documents are replaced, all or none. */
function replaceCollection(
  database: Database,
  args: Arguments,
  specification: Value,
  documents: readonly Document[],
): void {
  const { catalogue, records } = database;
  const into = target(args, specification);
  const collection = catalogue.findOrCreate(into.database, into.name);
  for (const found of findAll(database, collection, { filter: and([]) }))
    records.remove(collection, found.id, found.document());
  for (const document of documents) {
    const prepared = prepare(document);
    validate(collection, prepared.value, args.flag('bypassDocumentValidation'));
    insertPrepared(database, collection, prepared);
  }
}

function merge(
  database: Database,
  args: Arguments,
  specification: Value,
  documents: readonly Document[],
  context: PipelineContext,
): void {
  const options = isDocument(specification)
    ? specification
    : new Map<string, Value>([['into', specification]]);
  for (const name of options.keys()) {
    if (!['into', 'on', 'let', 'whenMatched', 'whenNotMatched'].includes(name)) {
      throw new MongoError(40415, `BSON field '$merge.${name}' is an unknown field.`);
    }
  }
  const into = target(args, options.get('into'));
  const on = onFields(options.get('on'));
  const collection = database.catalogue.findOrCreate(into.database, into.name);
  assertUniqueOn(collection, on);
  const whenMatched = options.get('whenMatched') ?? 'merge';
  const whenNotMatched = options.get('whenNotMatched') ?? 'insert';
  const bypass = args.flag('bypassDocumentValidation');
  for (const document of documents) {
    const [found] = findAll(database, collection, { filter: equalOn(document, on), limit: 1 });
    if (found) {
      const change = changeFor(whenMatched, { document, collection, on }, options.get('let'), context);
      if (change) changeDocument(database, collection, found, change, bypass);
    } else if (whenNotMatched === 'insert') {
      const prepared = prepare(document);
      validate(collection, prepared.value, bypass);
      insertPrepared(database, collection, prepared);
    } else if (whenNotMatched === 'fail') {
      throw new MongoError(
        13113,
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
    } else if (whenNotMatched !== 'discard') {
      throw failedToParse("Enumeration value for field '$merge.whenNotMatched' is not a valid value.");
    }
  }
}

function onFields(on: Value | undefined): string[] {
  const names = on === undefined ? ['_id'] : Array.isArray(on) ? on : [on];
  return names.map((name) => {
    if (typeof name === 'string') return name;
    throw new MongoError(51186, "$merge 'on' field must be either a string or an array of strings");
  });
}

function assertUniqueOn(collection: Collection, on: readonly string[]): void {
  const unique = collection.indexes.some(
    (index) =>
      index.unique &&
      index.partial.kind === 'always' &&
      index.fields.length === on.length &&
      index.fields.every((field) => on.includes(field.name)),
  );
  if (!unique) throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
}

function equalOn(document: Document, on: readonly string[]): Filter {
  return and(
    on.map((name): Filter => {
      const path = splitPath(name);
      const value = plainValue(document, path);
      if (value === undefined || value === null || Array.isArray(value)) {
        throw new MongoError(
          51132,
          "$merge write error: 'on' field cannot be missing, null, undefined or an array",
        );
      }
      return { kind: 'compare', path, operator: '$eq', value };
    }),
  );
}

interface Matched {
  readonly document: Document;
  readonly collection: Collection;
  readonly on: readonly string[];
}

function changeFor(
  whenMatched: Value,
  { document, collection, on }: Matched,
  vars: Value | undefined,
  context: PipelineContext,
): Change | undefined {
  if (Array.isArray(whenMatched)) {
    const bindings = new Map<string, Value | undefined>([['new', document]]);
    for (const [name, value] of isDocument(vars) ? vars : []) {
      bindings.set(name, context.compiler.compile(value)({ root: document, variables: context.variables }));
    }
    const run = compilePipeline(whenMatched, context.with(bindings));
    return { kind: 'pipeline', apply: (before) => [...run([before])][0] ?? before };
  }
  switch (whenMatched) {
    case 'merge':
      return { kind: 'pipeline', apply: (before) => new Map([...before, ...document]) };
    case 'replace':
      return {
        kind: 'replacement',
        apply: (before) => new Map([['_id', before.get('_id') ?? null], ...document]),
      };
    case 'keepExisting':
      return undefined;
    case 'fail':
      throw duplicateKey(collection, document, on);
    default:
      throw failedToParse("Enumeration value for field '$merge.whenMatched' is not a valid value.");
  }
}

function duplicateKey(collection: Collection, document: Document, on: readonly string[]): MongoError {
  const index = collection.indexes.find(
    ({ unique, fields }) =>
      unique && fields.length === on.length && fields.every(({ name }) => on.includes(name)),
  );
  if (!index) throw new Error('$merge has checked that there is such an index');
  return duplicateKeyError(collection, index, document);
}
