import { deserialize, serialize } from 'bson';
import fc from 'fast-check';
import { compareValues } from '../../server/embedded-mongo/bson/compare';
import { decode } from '../../server/embedded-mongo/bson/decode';
import { encode } from '../../server/embedded-mongo/bson/encode';
import { clone } from '../../server/embedded-mongo/bson/values';
import { encodeKey } from '../../server/embedded-mongo/index/key-encoding';
import { document, value } from './arbitraries';

const sign = (order: number) => Math.sign(order);

describe('index keys', () => {
  it('compare as bytes exactly as the values compare', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sign(Buffer.compare(encodeKey(a), encodeKey(b)))).toBe(sign(compareValues(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  it('compare the other way round in a descending field', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sign(Buffer.compare(encodeKey(a, true), encodeKey(b, true)))).toBe(sign(compareValues(b, a)));
      }),
      { numRuns: 1000 },
    );
  });

  it('are never the beginning of one another, so that fields of a compound key cannot run together', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [x, y] = [encodeKey(a), encodeKey(b)];
        const begins = y.subarray(0, x.length).equals(x);
        expect(begins).toBe(compareValues(a, b) === 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the comparison of values', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(sign(compareValues(a, b))).toBe(-sign(compareValues(b, a)) + 0);
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0)
          expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('BSON', () => {
  it('comes back byte for byte, whatever its types and the order of its fields', () => {
    fc.assert(
      fc.property(document, (fields) => {
        const bytes = encode(fields);
        expect(encode(decode(bytes)).equals(bytes)).toBe(true);
        expect(encode(clone(fields)).equals(bytes)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is understood as the official library understands it', () => {
    fc.assert(
      fc.property(document, (fields) => {
        const options = { promoteValues: false, bsonRegExp: true };
        const bytes = encode(fields);
        const again = serialize(deserialize(bytes, options));
        expect(deserialize(encode(decode(bytes)), options)).toEqual(deserialize(again, options));
      }),
      { numRuns: 500 },
    );
  });

  it('cut off anywhere, is refused and never half read', () => {
    fc.assert(
      fc.property(document, fc.nat(), (fields, cut) => {
        const bytes = Buffer.from(encode(fields));
        const short = bytes.subarray(0, cut % bytes.length);
        if (short.length >= 4) short.writeInt32LE(short.length, 0);
        expect(() => decode(short)).toThrow(/Invalid BSON/);
      }),
    );
  });
});
