import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BucketSpan, Pack } from './buckets';

/** Packs put aside in a temporary file: our own side of a match is needed once, so the database does not keep it. */
export interface Spill {
  add(pack: Pack): Promise<void>;
  read(span: BucketSpan): AsyncGenerator<Buffer>;
  /** Removes the file. */
  close(): Promise<void>;
}

export async function openSpill(): Promise<Spill> {
  const folder = await mkdtemp(path.join(tmpdir(), 'match-'));
  const file = await open(path.join(folder, 'ours'), 'w+');
  const places: { bucket: number; position: number; length: number }[] = [];
  let end = 0;
  return {
    async add({ bucket, bytes }) {
      await file.write(bytes, 0, bytes.length, end);
      places.push({ bucket, position: end, length: bytes.length });
      end += bytes.length;
    },
    async *read({ from, to }) {
      for (const { bucket, position, length } of places) {
        if (bucket < from || bucket >= to) continue;
        const bytes = Buffer.alloc(length);
        await file.read(bytes, 0, length, position);
        yield bytes;
      }
    },
    async close() {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
