import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One client's connection. */
export interface Connection {
  readonly id: number;
  readonly socket: Socket;
  /** The client's own name for itself (`appName` in its address), from its first hello. */
  appName?: string;
  /** Answers no longer reach the client. */
  isLost: boolean;
}

/** Every open connection; and the network between, which can be made to fail. */
export class Connections {
  private readonly open = new Map<number, Connection>();
  private lastId = 0;

  get count(): number {
    return this.open.size;
  }

  add(socket: Socket): Connection {
    const connection: Connection = { id: ++this.lastId, socket, isLost: false };
    this.open.set(connection.id, connection);
    socket.on('close', () => this.open.delete(connection.id));
    return connection;
  }

  name(id: number, appName: string): void {
    const connection = this.open.get(id);
    if (connection) connection.appName = appName;
  }

  /**
   * As when the network goes: no further answer reaches these clients, and after a silence their connections are reset.
   * What they asked for takes place, and they do not hear of it.
   *
   * @returns how many connections
   */
  async lose(appName: string, silenceMs: number): Promise<number> {
    const struck = [...this.open.values()].filter((one) => one.appName === appName && !one.isLost);
    for (const connection of struck) connection.isLost = true;
    if (struck.length > 0) await sleep(silenceMs);
    for (const { socket } of struck) socket.resetAndDestroy();
    return struck.length;
  }

  endAll(): void {
    for (const { socket } of this.open.values()) socket.destroy();
  }
}
