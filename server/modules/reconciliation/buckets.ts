import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

/**
 * Bills and our own records of a day are split by WeChat's numbers, so that what belongs together meets in one part
 * and a part fits in memory however long the day was: 1,000,000 rows are 64 buckets of some 16,000.
 */
export const BUCKETS = 64;

/** Rows packed together: at most this many times BUCKETS wait in memory, some 150 bytes each. */
const PACK_ROWS = 1_000;

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
  const waiting = Array.from({ length: BUCKETS }, () => new Waiting());
  for await (const batch of batches) {
    const full = new Set<number>();
    for (const row of batch) {
      const bucket = bucketOf(keyOf(row));
      const rows = waiting[bucket];
      rows?.add(JSON.stringify(codec.pack(row)));
      if (rows && rows.count >= PACK_ROWS) full.add(bucket);
    }
    for (const bucket of full) yield* packed(bucket, waiting[bucket]);
  }
  for (const [bucket, rows] of waiting.entries()) yield* packed(bucket, rows);
}

/**
 * Rows of one bucket as the text of a JSON array, written at once into bytes: a million rows that wait as objects or
 * strings would keep the garbage collector busy.
 */
class Waiting {
  count = 0;
  private text = Buffer.allocUnsafeSlow(4_096);
  private end = 0;

  add(row: string): void {
    // A character takes three bytes at most; one more for the comma, one for the last bracket.
    this.makeRoom(row.length * 3 + 2);
    this.text[this.end] = this.count === 0 ? OPENING : COMMA;
    this.end += 1 + this.text.write(row, this.end + 1);
    this.count += 1;
  }

  /** The text so far. Valid until the next row. */
  take(): Buffer {
    this.text[this.end] = CLOSING;
    const text = this.text.subarray(0, this.end + 1);
    this.count = 0;
    this.end = 0;
    return text;
  }

  private makeRoom(bytes: number): void {
    if (this.end + bytes <= this.text.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.text.length * 2, this.end + bytes));
    this.text.copy(larger, 0, 0, this.end);
    this.text = larger;
  }
}

const [OPENING, COMMA, CLOSING] = [0x5b, 0x2c, 0x5d];

export async function unpackRows<Row, Packed>(bytes: Buffer, codec: Codec<Row, Packed>): Promise<Row[]> {
  const rows: Packed[] = JSON.parse((await inflate(bytes)).toString('utf8'));
  return rows.map(codec.unpack);
}

const deflate = promisify<Buffer, { level: number }, Buffer>(deflateRaw);
const inflate = promisify<Buffer, Buffer>(inflateRaw);
const FAST = { level: 1 };

async function* packed(bucket: number, waiting: Waiting | undefined): AsyncGenerator<Pack> {
  if (!waiting || waiting.count === 0) return;
  const rows = waiting.count;
  yield { bucket, rows, bytes: await deflate(waiting.take(), FAST) };
}
