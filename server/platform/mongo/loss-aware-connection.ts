import type { Duplex } from 'node:stream';
import type { MongoClientOptions } from 'mongodb';
import { Connection } from 'mongodb/lib/cmap/connection';

/**
 * A connection whose loss every command hears of.
 *
 * The driver (7.8) writes a command and, when the socket takes no more, waits for `drain` or `error`. A socket that the
 * database closed answers the write with neither: the command, and the request behind it, wait for ever, whatever
 * `socketTimeoutMS` says. Here the end of a socket is also its error. It is a network error as any other: a read or a
 * retryable write is tried once more, on another connection.
 *
 * Shown by `tests/fault/lost-connection.test.ts`, whose control fails when a new driver needs this no more.
 */
class LossAwareConnection extends Connection {
  constructor(stream: Duplex, options: object) {
    super(stream, options);
    // The driver's own listener has been called by then, and has set the reason.
    stream.once('close', () => stream.emit('error', this.error));
  }
}

/** The option that brings it in: the driver takes it and does not type it. */
export const LOSS_AWARE = { connectionType: LossAwareConnection } as MongoClientOptions;
