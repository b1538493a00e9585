import type { Socket } from 'node:net';
import { decode } from '../bson/decode';
import type { Document } from '../bson/values';
import { systemCode } from '../error-code';
import { MongoError } from '../errors';
import type { Connection } from './connections';
import { type Frame, ProtocolError, readFrames } from './frames';
import {
  OP_COMPRESSED,
  OP_MSG,
  OP_QUERY,
  opMsg,
  opReply,
  parseOpMsg,
  parseOpQuery,
  verifyChecksum,
} from './messages';
import { encodeReply, errorReply, type Reply } from './reply';

export interface Request {
  readonly body: Document;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  readonly connectionId: number;
}

export interface Handlers {
  /** Runs a command. @throws MongoError to be sent to the client */
  command(request: Request): Promise<Reply>;
  /** The answer to a first hello that came as OP_QUERY. */
  legacyHello(request: Request): Document;
  log(event: string, facts: Readonly<Record<string, unknown>>): void;
}

/** Serves one connection, one command after another, until it ends or sends what is no message. */
export async function serveConnection(connection: Connection, handlers: Handlers): Promise<void> {
  const { socket, id: connectionId } = connection;
  socket.setNoDelay(true);
  try {
    for await (const frame of readFrames(socket)) {
      const answer = await answerTo(frame, connectionId, handlers);
      if (answer && !connection.isLost && !socket.write(answer)) await drained(socket);
    }
  } catch (error) {
    if (HANG_UPS.has(systemCode(error))) return;
    if (!(error instanceof ProtocolError)) throw error;
    handlers.log('connection closed: malformed message', { connectionId, reason: error.message });
  } finally {
    socket.destroy();
  }
}

async function answerTo(frame: Frame, connectionId: number, handlers: Handlers): Promise<Buffer | undefined> {
  switch (frame.opCode) {
    case OP_MSG:
      verifyChecksum(frame.header, frame.body);
      return answerToMessage(frame, connectionId, handlers);
    case OP_QUERY: {
      const { namespace, body } = parseOpQuery(frame.body);
      if (!namespace.endsWith('.$cmd'))
        throw new ProtocolError(`OP_QUERY to ${namespace}: only hello may come so`);
      return opReply(frame.requestId, handlers.legacyHello({ body, sequences: new Map(), connectionId }));
    }
    case OP_COMPRESSED:
      throw new ProtocolError('OP_COMPRESSED, although no compressor was negotiated');
    default:
      throw new ProtocolError(`unsupported opcode ${frame.opCode}`);
  }
}

async function answerToMessage(
  frame: Frame,
  connectionId: number,
  handlers: Handlers,
): Promise<Buffer | undefined> {
  const message = parseOpMsg(frame.body);
  const reply = await run(() =>
    handlers.command({ body: decode(message.body), sequences: message.sequences, connectionId }),
  );
  return message.unacknowledged ? undefined : opMsg(frame.requestId, reply);

  async function run(command: () => Promise<Reply>): Promise<Buffer> {
    try {
      return encodeReply(await command());
    } catch (error) {
      if (error instanceof MongoError) return errorReply(error);
      if (error instanceof ProtocolError) throw error;
      handlers.log('command failed', { connectionId, error });
      const reason = error instanceof Error ? error.message : String(error);
      return errorReply(new MongoError(1, `the embedded database failed: ${reason}`));
    }
  }
}

/** The socket may also close instead of draining; then the next read ends the loop. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}

const HANG_UPS: ReadonlySet<unknown> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ABORT_ERR',
]);
