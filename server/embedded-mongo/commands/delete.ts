import { type Document, isDocument, isNumber, toNumber } from '../bson/values';
import { failedToParse, MongoError } from '../errors';
import { parseFilter } from '../query/parse-filter';
import { writeError } from '../wire/reply';
import type { Arguments } from './arguments';
import type { Commands, Database } from './command';
import { assertBatch } from './insert';
import { findAll } from './modify';
import { contextOf, expressionsIn } from './reading';
import { asStatementError } from './writing';

export const deleting: Commands = {
  delete: {
    fields: ['deletes', 'ordered', 'let'],
    async run(database, args) {
      const statements = args.required('deletes', args.documents('deletes'));
      assertBatch(statements.length);
      const ordered = args.get('ordered') !== false;
      return database.catalogue.write(() => {
        const writeErrors: Document[] = [];
        let n = 0;
        for (const [i, statement] of statements.entries()) {
          try {
            n += runStatement(database, args, statement);
          } catch (error) {
            writeErrors.push(writeError(i, asStatementError(error)));
            if (ordered) break;
          }
        }
        return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}) };
      });
    },
  },
};

function runStatement(database: Database, args: Arguments, statement: Document): number {
  for (const name of statement.keys()) {
    if (!['q', 'limit', 'collation', 'hint'].includes(name)) {
      throw new MongoError(40415, `BSON field 'delete.deletes.${name}' is an unknown field.`);
    }
  }
  args.refuseCollation(statement.get('collation'));
  const query = statement.get('q');
  if (!isDocument(query))
    throw new MongoError(40414, "BSON field 'delete.deletes.q' is missing but a required field");
  const limit = statement.get('limit');
  if (limit === undefined)
    throw new MongoError(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
  const most = isNumber(limit) ? toNumber(limit) : Number.NaN;
  if (most !== 0 && most !== 1)
    throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${most}`);
  const filter = parseFilter(query);
  const collection = database.catalogue.findForWrite(args.namespace);
  if (!collection) return 0;
  const found = findAll(database, collection, {
    filter,
    hint: statement.get('hint'),
    limit: most === 0 ? Number.POSITIVE_INFINITY : 1,
    compileExpression: expressionsIn(contextOf(database, args, 'writing')),
  });
  for (const { id, document } of found) database.records.remove(collection, id, document());
  return found.length;
}
