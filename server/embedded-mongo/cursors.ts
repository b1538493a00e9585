import { randomInt } from 'node:crypto';
import { Long } from 'bson';
import { MongoError } from './errors';
import { Raw, type Reply, ReplyFields } from './wire/reply';

/** An answer holds up to 16 MB of documents, or the one that is larger by itself. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60_000;
const FIRST_BATCH = 101;

/** A source that can be left and taken up again; it holds nothing open in between. */
export interface Batches {
  /** Gives documents until told to stop; called again, goes on with the next. */
  take(accept: (document: Buffer) => boolean): 'more' | 'end';
}

interface OpenCursor {
  readonly namespace: string;
  readonly batches: Batches;
  readonly connectionId: number;
  usedAt: number;
}

/** The cursors that clients have not read to the end. Unused ones are forgotten after ten minutes, as in MongoDB. */
export class Cursors {
  private readonly open = new Map<string, OpenCursor>();

  get count(): number {
    return this.open.size;
  }

  /** Reads the first batch and, if there is more and the client wants it, keeps the cursor. */
  start(
    namespace: string,
    batches: Batches,
    batchSize: number | undefined,
    single: boolean,
    connectionId: number,
  ): Reply {
    const { documents, state } = readBatch(batches, batchSize ?? FIRST_BATCH);
    const id =
      state === 'end' || single
        ? Long.ZERO
        : this.keep({ namespace, batches, connectionId, usedAt: Date.now() });
    return { cursor: new ReplyFields({ firstBatch: documents, id, ns: namespace }) };
  }

  /** @throws MongoError 43 when there is no such cursor (any more) */
  next(id: Long, namespace: string, batchSize: number | undefined): Reply {
    const cursor = this.open.get(id.toString());
    if (!cursor) throw new MongoError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new MongoError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.usedAt = Date.now();
    let state: 'more' | 'end' = 'end';
    let documents: readonly Raw[] = [];
    try {
      ({ documents, state } = readBatch(cursor.batches, batchSize || Number.POSITIVE_INFINITY));
    } finally {
      if (state === 'end') this.open.delete(id.toString());
    }
    const left = state === 'end' ? Long.ZERO : id;
    return { cursor: new ReplyFields({ nextBatch: documents, id: left, ns: namespace }) };
  }

  /** @returns whether there was one */
  kill(id: Long): boolean {
    return this.open.delete(id.toString());
  }

  /** Cursors into what no longer exists fail on their next use, as in MongoDB. */
  killNamespace(namespace: string): void {
    for (const [id, cursor] of this.open) if (cursor.namespace === namespace) this.open.delete(id);
  }

  forgetIdle(now: number): void {
    for (const [id, cursor] of this.open) if (now - cursor.usedAt > IDLE_MS) this.open.delete(id);
  }

  private keep(cursor: OpenCursor): Long {
    const id = Long.fromNumber(randomInt(1, 2 ** 47));
    this.open.set(id.toString(), cursor);
    return id;
  }
}

function readBatch(batches: Batches, size: number): { documents: readonly Raw[]; state: 'more' | 'end' } {
  const documents: Raw[] = [];
  if (size === 0) return { documents, state: 'more' };
  let bytes = 0;
  const state = batches.take((document) => {
    documents.push(new Raw(document));
    bytes += document.length;
    return documents.length < size && bytes < MAX_BATCH_BYTES;
  });
  return { documents, state };
}
