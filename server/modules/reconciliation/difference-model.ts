import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';
import type { Difference } from './difference';

export const DIFFERENCE_STATES = ['open', 'working', 'to_review', 'settled'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];
export const UNSETTLED: DifferenceState[] = DIFFERENCE_STATES.filter((state) => state !== 'settled');

/** A difference (差错) in the work list of finance. Its id is the day's id + its key. */
export interface DifferenceRecord extends RecordDocument, Difference {
  schoolId: string;
  merchantId: string;
  day: string;
  /** Of its WeChat number; see buckets.ts. */
  bucket: number;
  status: DifferenceState;
  /** When a later match found it gone; null for what people settled. */
  clearedAt: Date | null;
}

const schema = new Schema<DifferenceRecord>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    merchantId: { type: String, required: true },
    day: { type: String, required: true },
    bucket: { type: Number, required: true },
    key: { type: String, required: true },
    type: { type: String, required: true },
    status: { type: String, required: true },
    clearedAt: { type: Date, default: null },
    orderNo: { type: String, default: null },
    refundNo: { type: String, default: null },
    wechatNo: { type: String, default: null },
    oursFen: { type: Number, default: null },
    theirsFen: { type: Number, default: null },
    explanation: { type: String, required: true },
  },
  recordOptions,
);
schema.index({ merchantId: 1, day: 1, bucket: 1 });
schema.index({ merchantId: 1, status: 1, day: 1 });
indexRecords(schema);

export const Differences = model<DifferenceRecord>('Difference', schema, 'differences');
