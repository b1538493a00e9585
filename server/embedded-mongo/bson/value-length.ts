import { MongoError } from '../errors';

const FIXED = new Map([
  [0x01, 8],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x10, 4],
  [0x11, 8],
  [0x12, 8],
  [0x7f, 0],
  [0xff, 0],
]);

/**
 * How many bytes a value of a stored document takes, so that it can be passed over or copied unread.
 *
 * @param at where the value begins, behind its name
 */
export function valueLength(bytes: Buffer, type: number, at: number): number {
  switch (type) {
    case 0x02:
    case 0x0d:
      return 4 + bytes.readInt32LE(at);
    case 0x03:
    case 0x04:
      return bytes.readInt32LE(at);
    case 0x05:
      return 5 + bytes.readInt32LE(at);
    case 0x0b:
      return endOfText(bytes, endOfText(bytes, at)) - at;
    default: {
      const length = FIXED.get(type);
      if (length === undefined) throw new MongoError(22, `Invalid BSON: unknown type 0x${type.toString(16)}`);
      return length;
    }
  }
}

/** The position behind the zero that ends a name. */
export function endOfText(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] !== 0) {
    if (end >= bytes.length) throw new MongoError(22, 'Invalid BSON: name without end');
    end += 1;
  }
  return end + 1;
}
