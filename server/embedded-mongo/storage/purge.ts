import type { Catalogue } from './catalogue';
import { afterPrefix, asBuffer, type Bytes, type Environment, idPrefix } from './environment';

const PIECE = 2000;

/**
 * Removes, a piece at a time, what belonged to dropped collections and indexes. Dropping itself only takes
 * them out of the catalogue, so that a reader with an older catalogue never sees half of them.
 */
export async function purgeDropped(environment: Environment, catalogue: Catalogue): Promise<void> {
  const known = () => [...catalogue.all(), ...catalogue.allForWrite()];
  const collections = () => new Set(known().map((one) => one.id));
  const indexes = () => new Set(known().flatMap((one) => one.indexes.map((index) => index.id)));
  await purge(environment, environment.documents, collections);
  await purge(environment, environment.entries, indexes);
}

async function purge(
  environment: Environment,
  table: Bytes,
  living: () => ReadonlySet<number>,
): Promise<void> {
  let orphan = nextOrphan(table, 0, living());
  while (orphan !== undefined) {
    const prefix = idPrefix(orphan);
    const range = { start: prefix, end: afterPrefix(prefix), limit: PIECE };
    const removed = await environment.write(() => {
      const keys = [...table.getKeys(range)];
      for (const key of keys) void table.remove(key);
      return keys.length;
    });
    if (removed < PIECE) orphan = nextOrphan(table, orphan + 1, living());
  }
}

/** The first id, from `from` on, that has keys but no owner. Jumps from prefix to prefix. */
function nextOrphan(table: Bytes, from: number, living: ReadonlySet<number>): number | undefined {
  let start = idPrefix(from);
  for (;;) {
    const [key] = table.getKeys({ start, limit: 1 });
    if (key === undefined) return undefined;
    const id = asBuffer(key).readUInt32BE(0);
    if (!living.has(id)) return id;
    start = afterPrefix(idPrefix(id));
  }
}
