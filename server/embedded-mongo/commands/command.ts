import type { Clock } from '../../platform/clock';
import type { Cursors } from '../cursors';
import type { Sessions } from '../sessions';
import type { Catalogue } from '../storage/catalogue';
import type { Environment } from '../storage/environment';
import type { Records } from '../storage/records';
import type { Connections } from '../wire/connections';
import type { Reply } from '../wire/reply';
import type { Arguments } from './arguments';
import type { FailPoints } from './fail-point-state';

/** What commands work on. */
export interface Database {
  readonly environment: Environment;
  readonly catalogue: Catalogue;
  readonly records: Records;
  readonly cursors: Cursors;
  readonly sessions: Sessions;
  readonly failPoints: FailPoints;
  readonly clock: Clock;
  readonly startedAt: Date;
  readonly connections: Connections;
}

export interface Command {
  /** The fields it takes beside the generic ones; any other is refused. */
  readonly fields: readonly string[];
  /** A command on the admin database, or on none in particular, is not checked for its namespace. */
  run(database: Database, args: Arguments, connectionId: number): Reply | Promise<Reply>;
}

export type Commands = Readonly<Record<string, Command>>;
