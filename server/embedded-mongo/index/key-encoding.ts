import { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import { isDocument, isNumber, rankOf, toNumber, type Value } from '../bson/values';

/**
 * Writes values so that comparing the bytes compares the values as `compareValues` does: a rank byte, then a form
 * of the value that sorts as bytes and knows where it ends. A descending field is the same with every bit flipped.
 */
export class KeyWriter {
  private bytes = Buffer.allocUnsafe(64);
  private length = 0;

  finish(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }

  field(value: Value | undefined, descending: boolean): this {
    const start = this.length;
    this.value(value);
    if (descending) for (let i = start; i < this.length; i++) this.bytes[i] = 255 - (this.bytes[i] ?? 0);
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  private value(value: Value | undefined): void {
    this.byte(rankOf(value));
    this.payload(value);
  }

  private payload(value: Value | undefined): void {
    if (value === undefined || value === null) return;
    if (typeof value === 'string') this.text(value);
    else if (isNumber(value)) this.number(toNumber(value));
    else if (value instanceof ObjectId) this.raw(value.id);
    else if (value instanceof Date) this.number(value.getTime());
    else if (typeof value === 'boolean') this.byte(value ? 1 : 0);
    else if (isDocument(value)) this.document(value);
    else if (Array.isArray(value)) this.array(value);
    else if (value instanceof Binary) this.binary(value);
    else if (value instanceof Timestamp) this.timestamp(value);
    else if (value instanceof BSONRegExp) {
      this.text(value.pattern);
      this.text(value.options);
    } else if (value instanceof Code) this.text(value.code);
  }

  private document(document: ReadonlyMap<string, Value>): void {
    for (const [name, value] of document) {
      this.byte(rankOf(value));
      this.text(name);
      this.payload(value);
    }
    this.byte(0);
  }

  private array(items: readonly Value[]): void {
    for (const item of items) this.value(item);
    this.byte(0);
  }

  /** The IEEE bits with the sign flipped (all bits, if negative); NaN is all zeros, below everything. */
  private number(value: number): void {
    this.room(8);
    const at = this.length;
    this.length += 8;
    if (Number.isNaN(value)) {
      this.bytes.fill(0, at, at + 8);
      return;
    }
    this.bytes.writeDoubleBE(value === 0 ? 0 : value, at);
    if (value < 0) for (let i = at; i < at + 8; i++) this.bytes[i] = 255 - (this.bytes[i] ?? 0);
    else this.bytes[at] = (this.bytes[at] ?? 0) | 0x80;
  }

  /** UTF-8 with 00 written as 00 FF, ended by 00 01. */
  private text(text: string): void {
    const size = Buffer.byteLength(text);
    this.room(size * 2 + 2);
    if (!text.includes('\0')) {
      this.length += this.bytes.write(text, this.length);
    } else {
      for (const byte of Buffer.from(text)) {
        this.byte(byte);
        if (byte === 0) this.byte(255);
      }
    }
    this.byte(0);
    this.byte(1);
  }

  private binary(value: Binary): void {
    this.room(5);
    this.bytes.writeUInt32BE(value.position, this.length);
    this.length += 4;
    this.byte(value.sub_type);
    this.raw(value.value());
  }

  private timestamp(value: Timestamp): void {
    this.room(8);
    this.bytes.writeUInt32BE(value.getHighBitsUnsigned(), this.length);
    this.bytes.writeUInt32BE(value.getLowBitsUnsigned(), this.length + 4);
    this.length += 8;
  }

  private byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const bigger = Buffer.allocUnsafe((this.length + more) * 2);
    this.bytes.copy(bigger, 0, 0, this.length);
    this.bytes = bigger;
  }
}

/** One value's key bytes, ascending or descending. */
export function encodeKey(value: Value | undefined, descending = false): Buffer {
  return new KeyWriter().field(value, descending).finish();
}
