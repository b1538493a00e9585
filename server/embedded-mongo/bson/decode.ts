import { isUtf8 } from 'node:buffer';
import { Binary, BSONRegExp, Code, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { systemCode } from '../error-code';
import { badValue, MongoError } from '../errors';
import { knownName } from './names';
import { endOfText } from './value-length';
import { type Document, isInt32, type Value } from './values';

const MAX_DEPTH = 180;
const MAX_DATE_MS = 8.64e15;

/**
 * Decodes one BSON document that fills `bytes` exactly.
 * @throws MongoError 22 on malformed bytes; 2 on a value that this server could not give back unchanged
 */
export function decode(bytes: Buffer): Document {
  if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length) throw malformed('wrong document length');
  try {
    return new Reader(bytes).document(0);
  } catch (error) {
    if (BEYOND_END.has(systemCode(error))) throw malformed('truncated document');
    throw error;
  }
}

const BEYOND_END: ReadonlySet<unknown> = new Set(['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS']);

class Reader {
  private position = 0;

  constructor(private readonly bytes: Buffer) {}

  document(depth: number): Document {
    const result: Document = new Map();
    this.elements(depth, (name, value) => result.set(name, value));
    return result;
  }

  private array(depth: number): Value[] {
    const result: Value[] = [];
    this.elements(depth, (_index, value) => result.push(value));
    return result;
  }

  private elements(depth: number, take: (name: string, value: Value) => void): void {
    if (depth > MAX_DEPTH) throw new MongoError(15, `document nested deeper than ${MAX_DEPTH} levels`);
    const start = this.position;
    const end = start + this.int32();
    if (end > this.bytes.length || end < start + 5) throw malformed('wrong embedded length');
    while (this.position < end - 1) {
      const type = this.bytes.readUInt8(this.position++);
      const name = this.cstring();
      take(name, this.value(type, name, depth));
    }
    if (this.position !== end - 1 || this.bytes.readUInt8(this.position++) !== 0) {
      throw malformed('document without its terminating zero');
    }
  }

  private value(type: number, name: string, depth: number): Value {
    switch (type) {
      case 0x01:
        return this.double();
      case 0x02:
        return this.string();
      case 0x03:
        return this.document(depth + 1);
      case 0x04:
        return this.array(depth + 1);
      case 0x05:
        return this.binary();
      case 0x07:
        return new ObjectId(this.take(12));
      case 0x08:
        return this.boolean();
      case 0x09:
        return this.date(name);
      case 0x0a:
        return null;
      case 0x0b:
        return new BSONRegExp(this.cstring(), this.cstring());
      case 0x0d:
        return new Code(this.string());
      case 0x10:
        return this.int32();
      case 0x11:
        return new Timestamp(Long.fromBits(this.int32(), this.int32(), true));
      case 0x12:
        return this.long(name);
      case 0x7f:
        return new MaxKey();
      case 0xff:
        return new MinKey();
      default:
        throw refused(type, name);
    }
  }

  private int32(): number {
    const value = this.bytes.readInt32LE(this.position);
    this.position += 4;
    return value;
  }

  private double(): number | Double {
    const value = this.bytes.readDoubleLE(this.position);
    this.position += 8;
    return isInt32(value) ? new Double(value) : value;
  }

  private boolean(): boolean {
    const byte = this.bytes.readUInt8(this.position++);
    if (byte > 1) throw malformed('a boolean that is neither true nor false');
    return byte === 1;
  }

  private long(name: string): Long {
    const value = Long.fromBits(this.int32(), this.int32());
    if (!Number.isSafeInteger(value.toNumber())) {
      throw badValue(`the embedded database keeps 64-bit integers only up to 2^53: field '${name}'`);
    }
    return value;
  }

  private date(name: string): Date {
    const ms = Long.fromBits(this.int32(), this.int32()).toNumber();
    if (Math.abs(ms) > MAX_DATE_MS) throw badValue(`date out of JavaScript's range: field '${name}'`);
    return new Date(ms);
  }

  private binary(): Binary {
    const length = this.int32();
    const subtype = this.bytes.readUInt8(this.position++);
    if (subtype !== Binary.SUBTYPE_BYTE_ARRAY) return new Binary(this.take(length), subtype);
    const inner = this.int32();
    if (inner !== length - 4) throw malformed('old binary of the wrong length');
    return new Binary(this.take(inner), subtype);
  }

  private take(length: number): Buffer {
    const end = this.position + length;
    if (length < 0 || end > this.bytes.length) throw malformed('value beyond the end');
    const copy = Buffer.from(this.bytes.subarray(this.position, end));
    this.position = end;
    return copy;
  }

  private string(): string {
    const length = this.int32();
    const end = this.position + length - 1;
    if (length < 1 || end >= this.bytes.length || this.bytes[end] !== 0) throw malformed('bad string');
    const text = this.text(this.position, end);
    this.position = end + 1;
    return text;
  }

  private cstring(): string {
    const start = this.position;
    const behind = endOfText(this.bytes, start);
    this.position = behind;
    return knownName(this.bytes, start, behind - 1) ?? this.text(start, behind - 1);
  }

  private text(start: number, end: number): string {
    const text = this.bytes.toString('utf8', start, end);
    if (text.includes('\ufffd') && !isUtf8(this.bytes.subarray(start, end))) throw malformed('invalid UTF-8');
    return text;
  }
}

const malformed = (what: string) => new MongoError(22, `Invalid BSON: ${what}`);

const REFUSED: Readonly<Record<number, string>> = {
  6: 'undefined',
  12: 'dbPointer',
  14: 'symbol',
  15: 'javascriptWithScope',
  19: 'decimal',
};

function refused(type: number, name: string): MongoError {
  const known = REFUSED[type];
  if (known === undefined) return malformed(`unknown type 0x${type.toString(16)}`);
  return badValue(`the embedded database does not store values of type ${known}: field '${name}'`);
}
