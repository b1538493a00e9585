import { MongoError } from '../errors';
import { ProtocolError } from '../wire/frames';

/** What `failCommand` does to the commands it names, and how often. */
export interface FailPoint {
  left: number;
  readonly commands: readonly string[];
  readonly code: number | undefined;
  readonly closesConnection: boolean;
}

/** MongoDB's own way to test what a client does when the database fails. */
export class FailPoints {
  private active: FailPoint | undefined;

  set(point: FailPoint | undefined): void {
    this.active = point;
  }

  /** @throws MongoError with the code asked for; ProtocolError to cut the connection */
  beforeCommand(name: string): void {
    const point = this.active;
    if (!point || point.left <= 0 || !point.commands.includes(name)) return;
    point.left--;
    if (point.closesConnection) throw new ProtocolError("cut by the 'failCommand' failpoint");
    if (point.code !== undefined)
      throw new MongoError(point.code, "Failing command via 'failCommand' failpoint");
  }
}
