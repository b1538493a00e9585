import type { Binary } from 'mongodb';
import { model, Schema } from 'mongoose';

export interface BlobRecord {
  _id: string;
  kind: string;
  owner: string;
  contentType: string;
  /** Envelope of the sealer. */
  sealed: Binary;
  expiresAt: Date;
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    owner: { type: String, required: true },
    contentType: { type: String, required: true },
    sealed: { type: Buffer, required: true },
    expiresAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ expiresAt: 1 }, { name: 'expired', expireAfterSeconds: 0 });
schema.index({ owner: 1 }, { name: 'owned_by' });
schema.index({ kind: 1, expiresAt: 1 });

export const BlobRecords = model('Blob', schema, 'blobs');
