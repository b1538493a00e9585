import { Binary, BSONRegExp, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import type { Document, Value } from '../../server/embedded-mongo/bson/values';

/** Few and close values, so that collisions, ties and neighbours are common. */
const text = fc.oneof(
  fc.constantFrom('', 'a', 'ab', 'b', '\0', 'a\0', 'a\0b', 'é', '学', '\uffee', '😀', '2022'),
  fc.string({ maxLength: 3, unit: 'grapheme' }),
);

const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer(),
  fc.constantFrom(
    0.5,
    -0,
    -0.5,
    1e300,
    -1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ),
  fc.double(),
  fc.integer({ min: -3, max: 3 }).map((n) => new Double(n)),
  fc.maxSafeInteger().map((n) => Long.fromNumber(n)),
);

export const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: numbers },
  { weight: 4, arbitrary: text },
  fc.constant(null),
  fc.boolean(),
  fc.date({ noInvalidDate: true, min: new Date(-5000), max: new Date(5000) }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 3 }), fc.constantFrom(0, 4))
    .map(([bytes, type]) => new Binary(bytes, type)),
  fc.tuple(fc.nat(3), fc.nat(3)).map(([t, i]) => new Timestamp({ t, i })),
  fc.tuple(fc.constantFrom('a', 'ab'), fc.constantFrom('', 'i')).map(([p, o]) => new BSONRegExp(p, o)),
  fc.constantFrom<Value>(new MinKey(), new MaxKey()),
);

export const fieldName = fc.constantFrom('a', 'b', 'c', '2022', '1', '__proto__', 'constructor', '学');

export const { value, document } = fc.letrec<{ value: Value; document: Document; array: Value[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: tie('array') },
    { weight: 1, arbitrary: tie('document') },
  ),
  array: fc.array(tie('value'), { maxLength: 3 }),
  document: fc
    .uniqueArray(fc.tuple(fieldName, tie('value')), { maxLength: 3, selector: ([name]) => name })
    .map((fields) => new Map(fields)),
}));
