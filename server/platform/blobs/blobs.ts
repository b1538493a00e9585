import type { Clock } from '../clock';
import type { Sealer } from '../crypto/sealer';
import type { Ids } from '../ids';
import { type BlobRecord, BlobRecords } from './model';

/** Stored files that end by themselves: ID photos, exports. */
export interface Blobs {
  /** @returns the file's id. @throws BlobTooLarge */
  put(file: NewBlob): Promise<string>;
  /** @returns undefined once it was deleted or has expired. @throws SealError when it was tampered with */
  get(id: string): Promise<Blob | undefined>;
  delete(id: string): Promise<void>;
  /** Moves its end; nothing happens when it is gone. */
  keepUntil(id: string, expiresAt: Date): Promise<void>;
  /** What there is of one owner; the bytes stay sealed. */
  ownedBy(owner: string): Promise<{ kind: string; expiresAt: Date }[]>;
  /** What there is of some kinds, whosever it is; what has expired is left out. */
  ofKinds(kinds: readonly string[]): Promise<{ kind: string; owner: string; expiresAt: Date }[]>;
  /** For erasure on request. @returns how many there were */
  deleteOwnedBy(owner: string): Promise<number>;
}

export interface NewBlob {
  /** What it is, in the caller's words: "id-photo-front", "export" … */
  kind: string;
  /** ≤ 8 MB */
  bytes: Uint8Array;
  contentType: string;
  expiresAt: Date;
  /** Whose it is, for erasure and access checks: for example "student:<id>". */
  owner: string;
}

export interface Blob extends Omit<NewBlob, 'bytes'> {
  bytes: Buffer;
}

/** A document of the database holds 16 MB; a photo from a phone has 2–6. */
export const MAX_BLOB_BYTES = 8 * 1024 * 1024;

export class BlobTooLarge extends Error {
  override readonly name = 'BlobTooLarge';

  constructor(readonly size: number) {
    super(`a file of ${size} bytes is larger than ${MAX_BLOB_BYTES}`);
  }
}

/** Keeps files in the database, each sealed to its own id: container disks do not last. */
export function databaseBlobs(parts: { sealer: Sealer; ids: Ids; clock: Clock }): Blobs {
  const { sealer, ids, clock } = parts;
  const placeOf = (id: string) => ({ collection: 'blobs', recordId: id, field: 'sealed' });

  return {
    async put({ bytes, ...described }) {
      if (bytes.byteLength > MAX_BLOB_BYTES) throw new BlobTooLarge(bytes.byteLength);
      const id = ids.id();
      await BlobRecords.create({ ...described, _id: id, sealed: sealer.seal(bytes, placeOf(id)) });
      return id;
    },

    async get(id) {
      const record = await BlobRecords.findById(id).lean<BlobRecord>();
      // The database removes what has expired only once a minute.
      if (!record || record.expiresAt <= clock.now()) return undefined;
      const { kind, owner, contentType, expiresAt, sealed } = record;
      return { kind, owner, contentType, expiresAt, bytes: sealer.open(sealed.value(), placeOf(id)) };
    },

    async delete(id) {
      await BlobRecords.deleteOne({ _id: id });
    },

    async keepUntil(id, expiresAt) {
      await BlobRecords.updateOne({ _id: id }, { $set: { expiresAt } });
    },

    async ownedBy(owner) {
      const records = await BlobRecords.find({ owner, expiresAt: { $gt: clock.now() } })
        .select({ kind: 1, expiresAt: 1 })
        .lean<BlobRecord[]>();
      return records.map(({ kind, expiresAt }) => ({ kind, expiresAt }));
    },

    async ofKinds(kinds) {
      const records = await BlobRecords.find({ kind: { $in: [...kinds] }, expiresAt: { $gt: clock.now() } })
        .select({ kind: 1, owner: 1, expiresAt: 1 })
        .lean<BlobRecord[]>();
      return records.map(({ kind, owner, expiresAt }) => ({ kind, owner, expiresAt }));
    },

    async deleteOwnedBy(owner) {
      return (await BlobRecords.deleteMany({ owner })).deletedCount;
    },
  };
}
