import { type Document, isDocument, type Value } from '../../bson/values';
import { MongoError } from '../../errors';
import type { Filter } from '../../query/filter';
import { ALWAYS } from '../../query/filter';
import { parseFilter } from '../../query/parse-filter';
import { plainValue, splitPath } from '../../query/path';
import { assertVariable } from '../operators/conditional';
import type { CompilePipeline, CompileStage, Documents, PipelineContext, Stage } from '../stage';

/** The stages that bring in other collections or other pipelines. */
export const combine: Readonly<Record<string, CompileStage>> = {
  $lookup: (specification, context, pipeline) => lookup(specification, context, pipeline),
  $unionWith: (specification, context, pipeline) => {
    const options = isDocument(specification)
      ? specification
      : new Map<string, Value>([['coll', specification]]);
    const name = options.get('coll');
    const stages = options.get('pipeline') ?? [];
    if (typeof name !== 'string' || !Array.isArray(stages))
      throw new MongoError(9, '$unionWith needs a collection name and an array of stages');
    const { filter, others } = leadingMatch(stages);
    const inner = pipeline(others, context);
    return function* (input) {
      yield* input;
      yield* inner(search(name, filter, context));
    };
  },
  $facet: (specification, context, pipeline) => {
    if (!isDocument(specification) || specification.size === 0)
      throw new MongoError(40169, 'the $facet specification must be a non-empty object');
    const facets = [...specification].map(([name, stages]) => {
      if (!Array.isArray(stages))
        throw new MongoError(40170, `arguments to $facet must be arrays, ${name} is not`);
      return [name, pipeline(stages, context)] as const;
    });
    return function* (input) {
      const documents = [...input];
      const result: Document = new Map();
      for (const [name, run] of facets) result.set(name, [...run(documents)]);
      yield result;
    };
  },
};

function search(name: string, filter: Filter, context: PipelineContext): Documents {
  const collection = context.collection(context.database, name);
  return collection ? context.search(collection, filter, context) : [];
}

/** A `$match` in front is left to the search, so that indexes serve it. */
function leadingMatch(stages: readonly Value[]): { filter: Filter; others: readonly Value[] } {
  const [first, ...others] = stages;
  const match = isDocument(first) ? first.get('$match') : undefined;
  if (!isDocument(match)) return { filter: ALWAYS, others: stages };
  return { filter: parseFilter(match), others };
}

function lookup(specification: Value, context: PipelineContext, pipeline: CompilePipeline): Stage {
  if (!isDocument(specification)) throw new MongoError(9, 'the $lookup specification must be an object');
  for (const name of specification.keys()) {
    if (!['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'].includes(name))
      throw new MongoError(9, `unknown argument to $lookup: ${name}`);
  }
  const from = text(specification, 'from');
  const as = text(specification, 'as');
  const stages = specification.get('pipeline');
  const local = specification.get('localField');
  const foreign = specification.get('foreignField');
  const joined = typeof local === 'string' && typeof foreign === 'string';
  if (!joined && !Array.isArray(stages))
    throw new MongoError(
      9,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  const bindings = letOf(specification.get('let'), context);

  return function* (input) {
    for (const root of input) {
      const scope = { root, variables: context.variables };
      const variables = new Map(bindings.map(([name, expression]) => [name, expression(scope)]));
      const inner = context.with(variables);
      const collection = inner.collection(inner.database, from);
      const filter = joined ? joinFilter(root, local, foreign) : ALWAYS;
      const found = collection ? inner.search(collection, filter, inner) : [];
      const result = Array.isArray(stages) ? pipeline(stages, inner)(found) : found;
      yield put(root, splitPath(as), [...result]);
    }
  };

  function letOf(value: Value | undefined, outer: PipelineContext) {
    if (value === undefined) return [];
    if (!isDocument(value)) throw new MongoError(9, "$lookup argument 'let' must be an object");
    return [...value].map(
      ([name, expression]) => [assertVariable(name), outer.compiler.compile(expression)] as const,
    );
  }
}

function text(from: Document, name: string): string {
  const value = from.get(name);
  if (typeof value === 'string' && value !== '') return value;
  throw new MongoError(9, `must specify '${name}' field for a $lookup, as a string`);
}

/** An absent local value joins with null and absence; an array joins with each of its elements. */
function joinFilter(root: Document, local: string, foreign: string): Filter {
  const value = plainValue(root, splitPath(local)) ?? throughArrays(root, splitPath(local)) ?? null;
  const path = splitPath(foreign);
  if (Array.isArray(value)) return { kind: 'in', path, values: value, patterns: [] };
  return { kind: 'compare', path, operator: '$eq', value };
}

function throughArrays(root: Value, path: readonly string[]): Value | undefined {
  if (path.length === 0) return root;
  if (isDocument(root)) return throughArrays(root.get(path[0] ?? '') ?? null, path.slice(1));
  if (!Array.isArray(root)) return undefined;
  return root.flatMap((item) => {
    const value = isDocument(item) ? throughArrays(item, path) : undefined;
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  });
}

function put(document: Document, path: readonly string[], value: Value): Document {
  const [name = '', ...rest] = path;
  const inner = document.get(name);
  const next = rest.length === 0 ? value : put(isDocument(inner) ? inner : new Map(), rest, value);
  return new Map(document).set(name, next);
}
