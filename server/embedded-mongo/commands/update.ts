import { type Document, document, isDocument, isTruthy, typeName, type Value } from '../bson/values';
import { failedToParse, MongoError } from '../errors';
import { parseFilter } from '../query/parse-filter';
import type { SearchOptions } from '../query/search';
import { type Change, parseChange } from '../update/change';
import { writeError } from '../wire/reply';
import type { Arguments } from './arguments';
import type { Commands, Database } from './command';
import { assertBatch } from './insert';
import { changeDocument, findAll, idOf, upsertDocument } from './modify';
import { contextOf, expressionsIn } from './reading';
import { asStatementError } from './writing';

interface UpdateStatement {
  readonly options: SearchOptions;
  readonly change: Change;
  readonly upsert: boolean;
}

interface Outcome {
  matched: number;
  modified: number;
  upserted: Value | undefined;
}

export const updating: Commands = {
  update: {
    fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'],
    async run(database, args) {
      const statements = args.required('updates', args.documents('updates'));
      assertBatch(statements.length);
      const ordered = args.get('ordered') !== false;
      return database.catalogue.write(() => {
        const writeErrors: Document[] = [];
        const upserted: Document[] = [];
        let n = 0;
        let nModified = 0;
        for (const [i, statement] of statements.entries()) {
          try {
            const outcome = runStatement(database, args, parseStatement(database, args, statement));
            n += outcome.matched;
            nModified += outcome.modified;
            if (outcome.upserted !== undefined) {
              n++;
              upserted.push(document({ index: i, _id: outcome.upserted }));
            }
          } catch (error) {
            writeErrors.push(writeError(i, asStatementError(error)));
            if (ordered) break;
          }
        }
        return {
          n,
          nModified,
          ...(upserted.length > 0 ? { upserted } : {}),
          ...(writeErrors.length > 0 ? { writeErrors } : {}),
        };
      });
    },
  },
};

const FIELDS = ['q', 'u', 'c', 'multi', 'upsert', 'collation', 'arrayFilters', 'hint'];

function parseStatement(database: Database, args: Arguments, statement: Document): UpdateStatement {
  for (const name of statement.keys()) {
    if (!FIELDS.includes(name))
      throw new MongoError(40415, `BSON field 'update.updates.${name}' is an unknown field.`);
  }
  args.refuseCollation(statement.get('collation'));
  if (statement.has('c'))
    throw new MongoError(238, 'the embedded database takes no constants (c) for an update: use let');
  const query = statement.get('q');
  if (!isDocument(query))
    throw new MongoError(40414, "BSON field 'update.updates.q' is missing but a required field");
  if (!statement.has('u'))
    throw new MongoError(40414, "BSON field 'update.updates.u' is missing but a required field");
  const context = contextOf(database, args, 'writing');
  const change = parseChange(statement.get('u'), arrayFilters(statement.get('arrayFilters')), context);
  const multi = isTruthy(statement.get('multi'));
  if (multi && change.kind === 'replacement')
    throw failedToParse('multi update is not supported for replacement-style update');
  return {
    change,
    upsert: isTruthy(statement.get('upsert')),
    options: {
      filter: parseFilter(query),
      hint: statement.get('hint'),
      limit: multi ? Number.POSITIVE_INFINITY : 1,
      compileExpression: expressionsIn(context),
      positions: change.kind === 'operators',
    },
  };
}

export function arrayFilters(value: Value | undefined): Document[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw new MongoError(
      14,
      `BSON field 'arrayFilters' is the wrong type '${typeName(value)}', expected type 'array'`,
    );
  return value.map((filter) => {
    if (isDocument(filter)) return filter;
    throw new MongoError(
      14,
      `BSON field 'arrayFilters.0' is the wrong type '${typeName(filter)}', expected type 'object'`,
    );
  });
}

function runStatement(
  database: Database,
  args: Arguments,
  { options, change, upsert }: UpdateStatement,
): Outcome {
  const bypass = args.flag('bypassDocumentValidation');
  const { catalogue } = database;
  const existing = catalogue.findForWrite(args.namespace);
  const collection =
    existing ?? (upsert ? catalogue.create(args.database, args.collection, new Map()) : undefined);
  const outcome: Outcome = { matched: 0, modified: 0, upserted: undefined };
  if (!collection) return outcome;
  const matches = findAll(database, collection, options);
  for (const found of matches) {
    const { modified } = changeDocument(database, collection, found, change, bypass);
    outcome.matched++;
    if (modified) outcome.modified++;
  }
  if (matches.length === 0 && upsert) {
    outcome.upserted = idOf(upsertDocument(database, collection, options.filter, change, bypass).value);
  }
  return outcome;
}
