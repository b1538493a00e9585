import type { Document } from '../bson/values';
import { MongoError } from '../errors';
import { writeError } from '../wire/reply';
import type { Arguments } from './arguments';
import type { Commands } from './command';
import { asStatementError, insertPrepared, type Prepared, prepare, prepareSent, validate } from './writing';

export const MAX_WRITE_BATCH = 100_000;

export const inserting: Commands = {
  insert: {
    fields: ['documents', 'ordered', 'bypassDocumentValidation', 'maxTimeMS'],
    async run(database, args) {
      const statements = statementsOf(args);
      const ordered = args.get('ordered') !== false;
      const bypass = args.flag('bypassDocumentValidation');
      return database.catalogue.write(() => {
        const writeErrors: Document[] = [];
        const collection = database.catalogue.findOrCreate(args.database, args.collection);
        let n = 0;
        for (const [i, prepareStatement] of statements.entries()) {
          try {
            const prepared = prepareStatement();
            validate(collection, prepared.value, bypass);
            insertPrepared(database, collection, prepared);
            n++;
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

function statementsOf(args: Arguments): readonly (() => Prepared)[] {
  const sent = args.sequence('documents');
  const statements = sent
    ? sent.map((bytes) => () => prepareSent(bytes))
    : args.required('documents', args.documents('documents')).map((value) => () => prepare(value));
  assertBatch(statements.length);
  return statements;
}

export function assertBatch(size: number): void {
  if (size >= 1 && size <= MAX_WRITE_BATCH) return;
  throw new MongoError(
    72,
    `Write batch sizes must be between 1 and ${MAX_WRITE_BATCH}. Got ${size} operations.`,
  );
}
