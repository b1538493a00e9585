import type { Socket } from 'node:net';

export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;

/** Bytes that are no message: the connection cannot be trusted any further and is closed. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

export interface Frame {
  readonly header: Buffer;
  readonly requestId: number;
  readonly opCode: number;
  readonly body: Buffer;
}

/**
 * Cuts a connection's bytes into messages, however the network has split or joined them.
 * @throws ProtocolError on an impossible length, or when the connection ends inside a message
 */
export async function* readFrames(socket: Socket): AsyncGenerator<Frame> {
  let chunks: Buffer[] = [];
  let available = 0;
  let needed = 4;
  for await (const chunk of socket) {
    chunks.push(chunk);
    available += chunk.length;
    while (available >= needed) {
      const bytes = joined(chunks);
      const length = messageLength(bytes);
      if (available < length) {
        chunks = [bytes];
        needed = length;
        break;
      }
      yield frame(bytes.subarray(0, length));
      chunks = [bytes.subarray(length)];
      available -= length;
      needed = 4;
    }
  }
  if (available > 0) throw new ProtocolError(`connection closed inside a message, after ${available} bytes`);
}

function messageLength(bytes: Buffer): number {
  const length = bytes.readInt32LE(0);
  if (length >= HEADER_BYTES && length <= MAX_MESSAGE_BYTES) return length;
  throw new ProtocolError(`message length ${length} is not between ${HEADER_BYTES} and ${MAX_MESSAGE_BYTES}`);
}

function frame(bytes: Buffer): Frame {
  return {
    header: bytes.subarray(0, HEADER_BYTES),
    requestId: bytes.readInt32LE(4),
    opCode: bytes.readInt32LE(12),
    body: bytes.subarray(HEADER_BYTES),
  };
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}
