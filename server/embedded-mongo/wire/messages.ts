import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import type { Document } from '../bson/values';
import { crc32c } from './crc32c';
import { ProtocolError } from './frames';

export const OP_REPLY = 1;
export const OP_QUERY = 2004;
export const OP_COMPRESSED = 2012;
export const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REQUIRED_BITS = 0xffff;

/** A command as it came: its body still encoded, and the documents that rode beside it as they were sent. */
export interface Message {
  readonly body: Buffer;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** The client does not wait for an answer. */
  readonly unacknowledged: boolean;
}

/** https://github.com/mongodb/specifications/blob/master/source/message/OP_MSG.md */
export function parseOpMsg(whole: Buffer): Message {
  if (whole.length < 9) throw new ProtocolError('OP_MSG too short');
  const flags = whole.readUInt32LE(0);
  const unknown = flags & REQUIRED_BITS & ~(CHECKSUM_PRESENT | MORE_TO_COME);
  if (unknown !== 0) throw new ProtocolError(`OP_MSG with unknown required flags ${unknown}`);
  const sections = flags & CHECKSUM_PRESENT ? whole.subarray(4, -4) : whole.subarray(4);

  let body: Buffer | undefined;
  const sequences = new Map<string, readonly Buffer[]>();
  for (let at = 0; at < sections.length; ) {
    const kind = sections[at++];
    const size = sizeAt(sections, at);
    const section = sections.subarray(at, at + size);
    at += size;
    if (kind === 0) {
      if (body) throw new ProtocolError('OP_MSG with two bodies');
      body = section;
    } else if (kind === 1) {
      const [name, documents] = sequence(section);
      if (sequences.has(name)) throw new ProtocolError(`OP_MSG with two sequences named ${name}`);
      sequences.set(name, documents);
    } else {
      throw new ProtocolError(`OP_MSG with a section of unknown kind ${kind}`);
    }
  }
  if (!body) throw new ProtocolError('OP_MSG without a body');
  return { body, sequences, unacknowledged: (flags & MORE_TO_COME) !== 0 };
}

/** @throws ProtocolError if an OP_MSG carries a checksum that does not fit its bytes */
export function verifyChecksum(header: Buffer, whole: Buffer): void {
  if (whole.length < 9 || !(whole.readUInt32LE(0) & CHECKSUM_PRESENT)) return;
  const computed = crc32c([header, whole.subarray(0, -4)]);
  if (computed !== whole.readUInt32LE(whole.length - 4))
    throw new ProtocolError('OP_MSG with a wrong checksum');
}

function sizeAt(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw new ProtocolError('OP_MSG cut off');
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > bytes.length)
    throw new ProtocolError(`OP_MSG section of impossible size ${size}`);
  return size;
}

function sequence(section: Buffer): [string, Buffer[]] {
  const end = section.indexOf(0, 4);
  if (end < 0) throw new ProtocolError('OP_MSG sequence without a name');
  const documents: Buffer[] = [];
  for (let at = end + 1; at < section.length; ) {
    const size = sizeAt(section, at);
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  return [section.toString('utf8', 4, end), documents];
}

/** The one use OP_QUERY still has: a driver's first hello, to a `$cmd` collection. */
export function parseOpQuery(whole: Buffer): { namespace: string; body: Document } {
  const end = whole.indexOf(0, 4);
  if (end < 0 || end + 9 + 5 > whole.length) throw new ProtocolError('OP_QUERY cut off');
  const start = end + 9;
  const size = sizeAt(whole, start);
  return { namespace: whole.toString('utf8', 4, end), body: decode(whole.subarray(start, start + size)) };
}

let lastResponseId = 0;

export function opMsg(responseTo: number, body: Buffer): Buffer {
  const head = header(16 + 5 + body.length, responseTo, OP_MSG, 5);
  return Buffer.concat([head, body]);
}

export function opReply(responseTo: number, body: Document): Buffer {
  const bytes = encode(body);
  const head = header(16 + 20 + bytes.length, responseTo, OP_REPLY, 20);
  head.writeInt32LE(1, 16 + 16);
  return Buffer.concat([head, bytes]);
}

function header(length: number, responseTo: number, opCode: number, zeros: number): Buffer {
  lastResponseId = (lastResponseId + 1) & 0x7fffffff;
  const bytes = Buffer.alloc(16 + zeros);
  bytes.writeInt32LE(length, 0);
  bytes.writeInt32LE(lastResponseId, 4);
  bytes.writeInt32LE(responseTo, 8);
  bytes.writeInt32LE(opCode, 12);
  return bytes;
}
