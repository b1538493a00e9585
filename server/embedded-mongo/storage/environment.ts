import { type Database, open, type RootDatabase } from 'lmdb';

export const MAX_KEY_BYTES = 1978;

export type Bytes = Database<Buffer, Buffer>;

/**
 * The one lmdb environment. Without overlapping sync a commit is an fsync, and lmdb commits on its own thread:
 * while one commit is being synced, further writes queue up and share the next one.
 */
export class Environment {
  private readonly root: RootDatabase<Buffer, Buffer>;
  /** collection id (4) + record id (8) → the document's BSON. */
  readonly documents: Bytes;
  /** index id (4) + encoded fields [+ record id (8), unless unique] → record id (8). */
  readonly entries: Bytes;
  /** namespace → the collection's id, options and indexes, as BSON. */
  readonly catalogue: Bytes;

  constructor(folder: string) {
    this.root = open<Buffer, Buffer>({
      path: folder,
      maxDbs: 8,
      encoding: 'binary',
      keyEncoding: 'binary',
      overlappingSync: false,
      eventTurnBatching: false,
    });
    const table = (name: string) =>
      this.root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
    this.documents = table('documents');
    this.entries = table('entries');
    this.catalogue = table('catalogue');
  }

  /**
   * Runs a write alone, all of it or (when it throws) nothing of it.
   * @returns once it is on disk
   */
  async write<T>(action: () => T): Promise<T> {
    let ran = false;
    try {
      return await this.root.childTransaction(() => {
        const result = action();
        ran = true;
        return result;
      });
    } catch (error) {
      if (ran) stopProcess(error);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.root.close();
  }
}

/** A stable Buffer over what lmdb hands out. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function idPrefix(id: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(id, 0);
  return key;
}

export type RecordId = number;

export function recordIdBytes(id: RecordId): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeUInt32BE(Math.floor(id / 0x1_0000_0000), 0);
  bytes.writeUInt32BE(id >>> 0, 4);
  return bytes;
}

export function readRecordId(bytes: Buffer, at: number): RecordId {
  return bytes.readUInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);
}

export function documentKey(collectionId: number, recordId: RecordId): Buffer {
  const key = Buffer.allocUnsafe(12);
  key.writeUInt32BE(collectionId, 0);
  key.writeUInt32BE(Math.floor(recordId / 0x1_0000_0000), 4);
  key.writeUInt32BE(recordId >>> 0, 8);
  return key;
}

/** The first key after every key that starts with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix);
  for (let at = next.length - 1; at >= 0; at--) {
    const byte = next[at] ?? 0;
    if (byte < 255) {
      next[at] = byte + 1;
      return next.subarray(0, at + 1);
    }
  }
  throw new Error('no key comes after a prefix of all ones');
}

/** A commit that failed (a full disk) leaves memory ahead of the data: only a new start is safe. */
function stopProcess(error: unknown): void {
  queueMicrotask(() => {
    throw new Error('the embedded database could not commit', { cause: error });
  });
}
