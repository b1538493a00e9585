import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../../server/demo/eventually';

/**
 * What one kind of command to the database does without, while all else is ours to the letter: for the control of a
 * race, which has to show that our code goes wrong without its guard.
 */
export type Loosened = {
  /** The collection. */
  of: string;
  /** Conditions that are left out of the filter. */
  without?: readonly string[];
  /** It finds nothing. */
  never?: true;
  /** It leaves the process only when so many of them wait there: then all have looked before any writes. */
  meet?: number;
  /** It leaves the process only when the test lets it go: something else comes in between. */
  held?: true;
} & (
  | {
      /** Of the writes those that leave such a line in the record's trail: "booking.arrive". */
      verb: string | readonly string[];
      /** Only the one of the request that was sent with this nonce. */
      nonce?: string;
    }
  | {
      operation: 'findOne' | 'insertOne';
      /** Whose filter names these fields and no others. */
      by?: readonly string[];
    }
);

/** API processes whose guards a test can take off; until it does they are on. */
export interface Loosening {
  /** What the processes are started with. */
  env: Record<string, string>;
  /** Does `work` while they go by these rules. */
  loosen<T>(rules: readonly Loosened[], work: (meanwhile: Meanwhile) => Promise<T>): Promise<T>;
}

/** Waits until a command is held, does something in between, and lets it go. */
export type Meanwhile = <T>(something: () => Promise<T>) => Promise<T>;

const PRELOAD = path.resolve(__dirname, 'seams/loosen.cjs');

export function prepareLoosening(): Loosening {
  const rulesFile = path.join(os.tmpdir(), `tucai-loosened-${randomUUID()}.json`);
  const [held, go] = [`${rulesFile}.held`, `${rulesFile}.go`];
  const meanwhile: Meanwhile = async (something) => {
    await eventually('a command is held', async () => existsSync(held) || null);
    try {
      return await something();
    } finally {
      writeFileSync(go, '');
    }
  };
  return {
    env: { LOOSENED: rulesFile, NODE_OPTIONS: `--require "${PRELOAD}"` },
    async loosen(rules, work) {
      writeFileSync(rulesFile, JSON.stringify(rules));
      try {
        return await work(meanwhile);
      } finally {
        for (const file of [rulesFile, held, go]) rmSync(file, { force: true });
      }
    },
  };
}
