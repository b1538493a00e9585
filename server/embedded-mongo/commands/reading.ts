import { ExpressionCompiler } from '../aggregate/expression';
import type { PipelineContext } from '../aggregate/stage';
import { encode } from '../bson/encode';
import type { Document, Value } from '../bson/values';
import type { Batches } from '../cursors';
import type { Filter } from '../query/filter';
import { type Found, Search } from '../query/search';
import type { Collection } from '../storage/catalogue';
import type { Arguments } from './arguments';
import type { Database } from './command';

/** Where a command reads: what has been committed, or (inside its transaction) what it has written itself. */
export type View = 'committed' | 'writing';

/** What a command's expressions and pipelines run in. */
export function contextOf(
  database: Database,
  args: Arguments,
  view: View,
  variables: Document | undefined = args.document('let'),
): PipelineContext {
  const constant = ExpressionCompiler.with();
  const now = {
    root: undefined,
    variables: new Map<string, Value | undefined>([['NOW', database.clock.now()]]),
  };
  const bound = new Map(now.variables);
  for (const [name, value] of variables ?? []) bound.set(name, constant.compile(value)(now));
  return context(database, args, view, bound);
}

function context(
  database: Database,
  args: Arguments,
  view: View,
  variables: ReadonlyMap<string, Value | undefined>,
): PipelineContext {
  const deadline = args.deadline;
  return {
    database: args.database,
    variables,
    compiler: ExpressionCompiler.with(variables.keys()),
    collection: (name, collection) => findCollection(database, `${name}.${collection}`, view),
    search: (collection, filter, inner) => searchDocuments(database, collection, filter, inner, deadline),
    with: (more) => context(database, args, view, new Map([...variables, ...more])),
  };
}

export function findCollection(database: Database, namespace: string, view: View): Collection | undefined {
  const { catalogue } = database;
  return view === 'writing' ? catalogue.findForWrite(namespace) : catalogue.find(namespace);
}

function* searchDocuments(
  database: Database,
  collection: Collection,
  filter: Filter,
  inner: PipelineContext,
  deadline: number | undefined,
): Generator<Document> {
  const search = new Search(database, collection, {
    filter,
    compileExpression: expressionsIn(inner),
    ...(deadline === undefined ? {} : { deadline }),
  });
  for (const found of inPieces(search)) yield found.document();
}

export function expressionsIn(inner: PipelineContext) {
  return (value: Value) => {
    const expression = inner.compiler.compile(value);
    return (root: Document) => expression({ root, variables: inner.variables });
  };
}

const PIECE = 256;

/** Reads ahead a little, so that no lmdb cursor stays open while the consumer does something else. */
export function* inPieces(search: Search): Generator<Found> {
  for (;;) {
    const piece: Found[] = [];
    for (const found of search.run()) {
      piece.push(found);
      if (piece.length === PIECE) break;
    }
    yield* piece;
    if (piece.length < PIECE) return;
  }
}

/** A search as a cursor's batches; `present` gives a document the form in which it leaves. */
export function searchBatches(search: Search, present: (found: Found) => Buffer): Batches {
  return {
    take(accept) {
      for (const found of search.run()) if (!accept(present(found))) return 'more';
      return 'end';
    },
  };
}

/** Documents computed one after another, as a cursor's batches. */
export function documentBatches(documents: Iterable<Document>): Batches {
  const iterator = documents[Symbol.iterator]();
  return {
    take(accept) {
      for (let next = iterator.next(); !next.done; next = iterator.next()) {
        if (!accept(encode(next.value))) return 'more';
      }
      return 'end';
    },
  };
}
