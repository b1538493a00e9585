import fc from 'fast-check';
import { ExpressionCompiler } from '../../server/embedded-mongo/aggregate/expression';
import { decode } from '../../server/embedded-mongo/bson/decode';
import { encode } from '../../server/embedded-mongo/bson/encode';
import type { Value } from '../../server/embedded-mongo/bson/values';
import { compileInclusion } from '../../server/embedded-mongo/query/inclusion';
import { compileProjection } from '../../server/embedded-mongo/query/projection';
import { document, fieldName } from './arbitraries';

const path = fc.array(fieldName, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'));
const entry = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(path, fc.constantFrom<Value>(1, true, 2.5)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('_id'), fc.constantFrom<Value>(0, 1, false, true)) },
);
const isBelow = (one: string, other: string) => one === other || one.startsWith(`${other}.`);
const projection = fc
  .uniqueArray(entry, {
    minLength: 1,
    maxLength: 4,
    comparator: ([one], [other]) => isBelow(one, other) || isBelow(other, one),
  })
  .filter((entries) => entries.some(([name]) => name !== '_id'))
  .map((entries) => new Map(entries));
const stored = fc.tuple(fc.boolean(), document).map(([hasId, fields]) => {
  return hasId ? new Map<string, Value>([['_id', 7], ...fields]) : fields;
});

describe('a projection that only includes', () => {
  it('copies from the bytes exactly what decoding, projecting and encoding would give', () => {
    fc.assert(
      fc.property(projection, stored, (wanted, fields) => {
        const bytes = encode(fields);
        const project = compileProjection(wanted, ExpressionCompiler.with(), true);
        const expected = encode(project(decode(bytes), { root: undefined, variables: new Map() }));
        const include = compileInclusion(wanted);
        expect(include?.(bytes).equals(expected)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each<[string, [string, Value][]]>([
    ['it leaves a field out', [['a', 0]]],
    ['it is about _id alone', [['_id', 1]]],
    ['it picks from an array', [['a.$', 1]]],
    ['it computes', [['a', '$b']]],
    ['it nests', [['a', new Map([['b', 1]])]]],
  ])('is left to the projection proper when %s', (_, entries) => {
    expect(compileInclusion(new Map(entries))).toBeUndefined();
  });
});
