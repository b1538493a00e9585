import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

/**
 * Bills and our own records of a day are split by WeChat's numbers, so that what belongs together meets in one part
 * and a part fits in memory however long the day was: 1,000,000 rows are 64 buckets of some 16,000.
 */
export const BUCKETS = 64;

/** Rows packed together: at most this many times BUCKETS wait in memory. */
const PACK_ROWS = 500;

/** From `from` to `to` - 1. */
export interface BucketSpan {
  from: number;
  to: number;
}

export interface Pack {
  bucket: number;
  rows: number;
  bytes: Buffer;
}

/** FNV-1a: the same bucket for the same text, for ever; the numbers' last digits alone are not always random. */
export function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % BUCKETS;
}

/** The fewest spans of which each holds about `most` of `rows` rows. */
export function bucketSpans(rows: number, most = 20_000): BucketSpan[] {
  const parts = Math.min(BUCKETS, Math.max(1, Math.ceil(rows / most)));
  return Array.from({ length: parts }, (_, part) => ({
    from: Math.floor((part * BUCKETS) / parts),
    to: Math.floor(((part + 1) * BUCKETS) / parts),
  }));
}

/** How rows become small: values in a fixed order, without names. */
export interface Codec<Row, Packed> {
  pack(row: Row): Packed;
  unpack(packed: Packed): Row;
}

/** Streams batches of rows into packs of one bucket each. */
export async function* packByBucket<Row, Packed>(
  batches: AsyncIterable<readonly Row[]>,
  keyOf: (row: Row) => string,
  codec: Codec<Row, Packed>,
): AsyncGenerator<Pack> {
  // Written at once, one text a row: a million rows that wait as objects would keep the garbage collector busy.
  const waiting = Array.from({ length: BUCKETS }, (): string[] => []);
  for await (const batch of batches) {
    const full = new Set<number>();
    for (const row of batch) {
      const bucket = bucketOf(keyOf(row));
      const rows = waiting[bucket];
      rows?.push(JSON.stringify(codec.pack(row)));
      if (rows && rows.length >= PACK_ROWS) full.add(bucket);
    }
    for (const bucket of full) {
      yield await packed(bucket, waiting[bucket] ?? []);
      waiting[bucket] = [];
    }
  }
  for (const [bucket, rows] of waiting.entries()) {
    if (rows.length > 0) yield await packed(bucket, rows);
  }
}

export async function unpackRows<Row, Packed>(bytes: Buffer, codec: Codec<Row, Packed>): Promise<Row[]> {
  const rows: Packed[] = JSON.parse((await inflate(bytes)).toString('utf8'));
  return rows.map(codec.unpack);
}

const deflate = promisify<Buffer, { level: number }, Buffer>(deflateRaw);
const inflate = promisify<Buffer, Buffer>(inflateRaw);
const FAST = { level: 1 };

async function packed(bucket: number, rows: readonly string[]): Promise<Pack> {
  return { bucket, rows: rows.length, bytes: await deflate(Buffer.from(`[${rows.join(',')}]`), FAST) };
}
