import { Double } from 'bson';
import { encode } from '../bson/encode';
import type { Document, Value } from '../bson/values';
import { document } from '../bson/values';
import type { MongoError } from '../errors';

/** A document that goes into an answer as it is stored, byte for byte. */
export class Raw {
  constructor(readonly bytes: Buffer) {}
}

export type ReplyValue = Value | Raw | readonly Raw[] | ReplyFields;

/** The fields of an answer, before they are encoded. */
export class ReplyFields {
  constructor(readonly fields: Readonly<Record<string, ReplyValue | undefined>>) {}
}

export type Reply = Readonly<Record<string, ReplyValue | undefined>>;

export const OK = new Double(1);
const FAILED = new Double(0);

export function encodeReply(reply: Reply): Buffer {
  return encodeFields({ ...reply, ok: OK });
}

export function errorReply(error: MongoError): Buffer {
  return encodeFields({
    ok: FAILED,
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...Object.fromEntries(error.details),
  });
}

/** An error as it stands in `writeErrors`. */
export function writeError(index: number, error: MongoError): Document {
  const fields: Document = new Map<string, Value>([
    ['index', index],
    ['code', error.code],
  ]);
  for (const [name, value] of error.details) fields.set(name, value);
  return fields.set('errmsg', error.message);
}

function encodeFields(fields: Readonly<Record<string, ReplyValue | undefined>>): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) parts.push(...element(name, value));
  return framed(parts);
}

function framed(parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5);
  const head = Buffer.allocUnsafe(4);
  head.writeInt32LE(length, 0);
  return Buffer.concat([head, ...parts, Buffer.alloc(1)], length);
}

const DOCUMENT = 0x03;
const ARRAY = 0x04;

function element(name: string, value: ReplyValue): Buffer[] {
  if (value instanceof Raw) return [named(DOCUMENT, name), value.bytes];
  if (value instanceof ReplyFields) return [named(DOCUMENT, name), encodeFields(value.fields)];
  if (isRawList(value)) {
    const items = value.flatMap((item, i) => [named(DOCUMENT, String(i)), item.bytes]);
    return [named(ARRAY, name), framed(items)];
  }
  return [encode(document({ [name]: value })).subarray(4, -1)];
}

function isRawList(value: Value | readonly Raw[]): value is readonly Raw[] {
  return Array.isArray(value) && value[0] instanceof Raw;
}

function named(type: number, name: string): Buffer {
  return Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'latin1');
}
