import type { Duplex } from 'node:stream';
import { type MongoClientOptions, MongoError } from 'mongodb';
import { Connection } from 'mongodb/lib/cmap/connection';

/**
 * A connection whose loss every command hears of.
 *
 * The driver (7.8) writes a command and, when the socket takes no more, waits for `drain` or `error`. A socket that the
 * database closed answers the write with neither: the command, and the request behind it, wait for ever, whatever
 * `socketTimeoutMS` says. Here the end of a socket is also its error.
 *
 * And when it does hear `error` in that wait, it hands on what the socket says (`write ECONNRESET`, `This socket has been
 * ended by the other party`), which neither it nor we take for the loss of a connection. Here it is the reason that the
 * connection itself was given, a network error: a read or a retryable write is tried once more, on another connection, and
 * a request that fails all the same was met by a busy service, not by a defect.
 *
 * Shown by `tests/fault/lost-connection.test.ts`, whose controls fail when a new driver needs this no more.
 */
class LossAwareConnection extends Connection {
  constructor(stream: Duplex, options: object) {
    super(stream, options);
    // The driver's own listener has been called by then, and has set the reason.
    stream.once('close', () => stream.emit('error', this.error));
  }

  override async writeCommand(command: object, options: object): Promise<void> {
    try {
      await super.writeCommand(command, options);
    } catch (cause) {
      throw cause instanceof MongoError ? cause : (this.error ?? cause);
    }
  }
}

/** The option that brings it in: the driver takes it and does not type it. */
export const LOSS_AWARE = { connectionType: LossAwareConnection } as MongoClientOptions;
