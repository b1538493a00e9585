import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Database, open } from 'lmdb';

export type Table<V> = Database<V, string>;

/** The sandbox's state: named tables of plain values under string keys, changed in atomic writes. */
export interface Store {
  readonly directory: string;
  table<V>(name: string): Table<V>;
  /** Runs `change` as one transaction: all of it is kept or, when it throws, none of it. An inner write joins the outer one. */
  write<T>(change: () => T): T;
  close(): Promise<void>;
}

/**
 * Opens (or begins) the state under `directory`.
 *
 * Commits reach the file without waiting for the disk: they outlive a killed process, which is what
 * a stand-in must survive, but not a power cut, which it need not.
 */
export function openStore(directory: string): Store {
  mkdirSync(directory, { recursive: true });
  const root = open({ path: path.join(directory, 'sandbox.lmdb'), maxDbs: 64, noSync: true });
  let writing = false;
  return {
    directory,
    table: <V>(name: string) => root.openDB<V, string>({ name }),
    write(change) {
      if (writing) return change();
      writing = true;
      try {
        return root.transactionSync(change);
      } finally {
        writing = false;
      }
    },
    close: () => root.close(),
  };
}

/** Every key that begins with `prefix`. */
export function under(prefix: string): { start: string; end: string } {
  return { start: prefix, end: `${prefix}\uffff` };
}

/** Milliseconds as a key part whose text order is time order. */
export function timeKey(ms: number): string {
  return String(ms).padStart(15, '0');
}

const CHUNK = 1_000;

/**
 * A long range, read a thousand at a time: whoever consumes it may pause between two entries without
 * keeping a read transaction open.
 */
export function* inChunks<V>(
  table: Table<V>,
  range: { start: string; end: string },
): Generator<{ key: string; value: V }> {
  let { start } = range;
  for (;;) {
    const chunk = [...table.getRange({ start, end: range.end, limit: CHUNK })];
    yield* chunk;
    const last = chunk.at(-1);
    if (chunk.length < CHUNK || !last) return;
    start = `${last.key}\0`;
  }
}
