import { compareValues } from '../../bson/compare';
import { type Document, document, isDocument, type Value } from '../../bson/values';
import { MongoError } from '../../errors';
import { encodeKey } from '../../index/key-encoding';
import { type Accumulator, type AccumulatorField, compileAccumulator } from '../accumulators';
import type { Expression } from '../scope';
import type { CompileStage, Documents, PipelineContext, Stage } from '../stage';

/** The stages that make few documents of many. */
export const group: Readonly<Record<string, CompileStage>> = {
  $group: (specification, context) => {
    if (!isDocument(specification))
      throw new MongoError(15947, "a group's fields must be specified in an object");
    const id = specification.get('_id');
    if (id === undefined) throw new MongoError(15955, 'a group specification must include an _id');
    const fields = new Map([...specification].filter(([name]) => name !== '_id'));
    return grouping(context.compiler.compile(id), accumulators(fields, context), context);
  },
  $count: (specification) => {
    if (typeof specification !== 'string' || specification === '')
      throw new MongoError(40156, 'the count field must be a non-empty string');
    if (specification.startsWith('$'))
      throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
    if (specification.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
    return function* (input) {
      let total = 0;
      for (const _ of input) total++;
      if (total > 0) yield document({ [specification]: total });
    };
  },
  $sortByCount: (specification, context) => {
    const count = accumulators(document({ count: document({ $sum: 1 }) }), context);
    const counted = grouping(context.compiler.compile(specification), count, context);
    return (input) => [...counted(input)].sort((a, b) => compareValues(b.get('count'), a.get('count')));
  },
  $bucket: (specification, context) => bucket(specification, context),
};

type Fields = readonly (readonly [string, AccumulatorField])[];

function accumulators(fields: Document, context: PipelineContext): Fields {
  return [...fields].map(([name, specification]) => {
    if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$'))
      throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
    return [name, compileAccumulator(name, specification, context.compiler)] as const;
  });
}

/** Groups by value: 1 and 1.0 are one group, and documents with their fields in another order are another. */
function grouping(id: Expression, fields: Fields, context: PipelineContext): Stage {
  return function* (input: Documents) {
    const groups = new Map<string, { readonly id: Value; readonly accumulators: readonly Accumulator[] }>();
    for (const root of input) {
      const scope = { root, variables: context.variables };
      const value = id(scope) ?? null;
      const key = encodeKey(value).toString('latin1');
      let found = groups.get(key);
      if (!found) {
        found = { id: value, accumulators: fields.map(([, field]) => field.create()) };
        groups.set(key, found);
      }
      for (const [i, [, field]] of fields.entries()) found.accumulators[i]?.add(field.input(scope));
    }
    for (const { id: value, accumulators: totals } of groups.values()) {
      const result: Document = new Map([['_id', value]]);
      for (const [i, [name]] of fields.entries()) result.set(name, totals[i]?.result() ?? null);
      yield result;
    }
  };
}

function bucket(specification: Value, context: PipelineContext): Stage {
  if (!isDocument(specification)) throw new MongoError(40201, 'Argument to $bucket stage must be an object');
  const by = specification.get('groupBy');
  const boundaries = specification.get('boundaries');
  if (by === undefined || !Array.isArray(boundaries) || boundaries.length < 2) {
    throw new MongoError(
      40198,
      "$bucket requires 'groupBy' and 'boundaries' (an array of at least 2 values) to be specified.",
    );
  }
  const sorted = boundaries.every((value, i) => i === 0 || compareValues(boundaries[i - 1], value) < 0);
  if (!sorted)
    throw new MongoError(
      40194,
      "The 'boundaries' option to $bucket must be sorted, but elements are not in ascending order",
    );
  const fallback = specification.get('default');
  const output = specification.get('output');
  const fields = isDocument(output) ? output : document({ count: document({ $sum: 1 }) });
  const value = context.compiler.compile(by);
  const low = (scope: Parameters<Expression>[0]): Value => {
    const given = value(scope) ?? null;
    const at = boundaries.filter((boundary) => compareValues(boundary, given) <= 0).length - 1;
    const found = at >= 0 && at < boundaries.length - 1 ? boundaries[at] : fallback;
    if (found === undefined)
      throw new MongoError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return found;
  };
  const grouped = grouping(low, accumulators(fields, context), context);
  return (input) => [...grouped(input)].sort((a, b) => compareValues(a.get('_id'), b.get('_id')));
}
