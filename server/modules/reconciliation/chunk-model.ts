import type { Binary } from 'mongodb';
import { model, Schema } from 'mongoose';

export type Side = 'trade' | 'flow';

/** Some hundred rows of one bill whose WeChat numbers fall into the same bucket, packed. Written once. */
export interface BillChunk {
  /** import id + side + running number */
  _id: string;
  importId: string;
  dayId: string;
  side: Side;
  bucket: number;
  rows: number;
  packed: Binary;
}

const schema = new Schema<BillChunk>(
  {
    _id: { type: String, required: true },
    importId: { type: String, required: true },
    dayId: { type: String, required: true },
    side: { type: String, required: true },
    bucket: { type: Number, required: true },
    rows: { type: Number, required: true },
    packed: { type: Buffer, required: true },
  },
  { versionKey: false, autoCreate: false },
);
schema.index({ importId: 1, side: 1, bucket: 1 });
schema.index({ dayId: 1 });

export const BillChunks = model<BillChunk>('BillChunk', schema, 'bill_chunks');
