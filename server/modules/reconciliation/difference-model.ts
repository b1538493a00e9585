import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';
import type { Difference } from './compare';

/** A difference (差错) in the work list of finance. */
export interface DifferenceRecord extends RecordDocument, Difference {
  schoolId: string;
  merchantId: string;
  day: string;
  importId: string;
  status: 'open' | 'working' | 'to_review' | 'settled';
}

const schema = new Schema<DifferenceRecord>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    merchantId: { type: String, required: true },
    day: { type: String, required: true },
    importId: { type: String, required: true },
    key: { type: String, required: true },
    type: { type: String, required: true },
    status: { type: String, required: true },
    orderNo: { type: String, default: null },
    refundNo: { type: String, default: null },
    wechatNo: { type: String, default: null },
    oursFen: { type: Number, default: null },
    theirsFen: { type: Number, default: null },
    explanation: { type: String, required: true },
  },
  recordOptions,
);
schema.index({ merchantId: 1, day: 1, importId: 1 });
indexRecords(schema);

export const Differences = model<DifferenceRecord>('Difference', schema, 'differences');
