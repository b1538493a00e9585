import { type Document, isDocument, isNumber, toNumber, type Value } from '../../bson/values';
import { failedToParse, MongoError } from '../../errors';
import { compileMatcher } from '../../query/matcher';
import { parseFilter } from '../../query/parse-filter';
import { parseSort, Sorter, sortKey } from '../../query/sort';
import type { CompileStage, Documents, PipelineContext } from '../stage';

/** The stages that choose and order documents but leave them as they are. */
export const select: Readonly<Record<string, CompileStage>> = {
  $match: (specification, context) => {
    if (!isDocument(specification))
      throw new MongoError(15959, 'the match filter must be an expression in an object');
    const matches = compileMatcher(parseFilter(specification), expressionCompiler(context));
    return function* (input) {
      for (const document of input) if (matches(document)) yield document;
    };
  },
  $sort: (specification) => {
    const fields = parseSort(specification);
    if (fields.length === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
    return function* (input) {
      const sorter = new Sorter<Document>();
      for (const document of input) sorter.add(sortKey(document, fields), document, 512);
      yield* sorter.sorted();
    };
  },
  $limit: (specification) => {
    const limit = count(specification, 'limit');
    if (limit === 0) throw new MongoError(15958, 'the limit must be positive');
    return function* (input) {
      let left = limit;
      for (const document of input) {
        yield document;
        if (--left === 0) return;
      }
    };
  },
  $skip: (specification) => {
    const skip = count(specification, 'skip');
    return function* (input) {
      let left = skip;
      for (const document of input) if (left-- <= 0) yield document;
    };
  },
  $sample: (specification) => {
    const size = isDocument(specification) ? count(specification.get('size') ?? null, 'size') : 0;
    if (size === 0) throw new MongoError(28747, 'size argument to $sample must be a positive integer');
    return (input) => sample(input, size);
  },
};

export function expressionCompiler(context: PipelineContext) {
  return (value: Value) => {
    const expression = context.compiler.compile(value);
    return (root: Document) => expression({ root, variables: context.variables });
  };
}

export function count(value: Value, name: string): number {
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  if (Number.isInteger(number) && number >= 0) return number;
  throw failedToParse(`invalid argument to $${name} stage: Expected a non-negative integer`);
}

/** A reservoir: every choice of `size` documents is equally likely. */
function sample(input: Documents, size: number): Document[] {
  const kept: Document[] = [];
  let seen = 0;
  for (const document of input) {
    seen++;
    if (kept.length < size) kept.push(document);
    else {
      const at = Math.floor(Math.random() * seen);
      if (at < size) kept[at] = document;
    }
  }
  return kept;
}
