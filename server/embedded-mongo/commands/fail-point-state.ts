import { setTimeout as sleep } from 'node:timers/promises';
import { MongoError } from '../errors';
import { ProtocolError } from '../wire/frames';

/** What `failCommand` does to the commands it names, and how often. */
export interface FailPoint {
  left: number;
  readonly commands: readonly string[];
  readonly code: number | undefined;
  readonly closesConnection: boolean;
  /** Milliseconds of this machine's for which the command waits first. */
  readonly blocksMs: number;
}

/** MongoDB's own way to test what a client does when the database fails. */
export class FailPoints {
  private active: FailPoint | undefined;

  set(point: FailPoint | undefined): void {
    this.active = point;
  }

  /** @returns what is to happen to the command, once */
  take(name: string): FailPoint | undefined {
    const point = this.active;
    if (!point || point.left <= 0 || !point.commands.includes(name)) return undefined;
    point.left--;
    return point;
  }
}

/** @throws MongoError with the code asked for; ProtocolError to cut the connection */
export async function undergo(point: FailPoint): Promise<void> {
  if (point.blocksMs > 0) await sleep(point.blocksMs);
  if (point.closesConnection) throw new ProtocolError("cut by the 'failCommand' failpoint");
  if (point.code !== undefined)
    throw new MongoError(point.code, "Failing command via 'failCommand' failpoint");
}
