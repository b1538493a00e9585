/** What we use of the driver beside its public types (mongodb 7.8): see `loss-aware-connection.ts`. */
declare module 'mongodb/lib/cmap/connection' {
  import type { Duplex } from 'node:stream';

  export class Connection {
    /** Why it was closed; null while it is open. */
    readonly error: Error | null;
    constructor(stream: Duplex, options: object);
    /** Ends when the socket has taken the command. */
    writeCommand(command: object, options: object): Promise<void>;
  }
}
