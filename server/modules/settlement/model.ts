import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

export type BatchState = 'submitted' | 'rejected' | 'approved' | 'paused' | 'stopped' | 'done';

/** The refund of everyone who paid and was not photographed (统一取消订单退款). One submits, another approves. */
export interface RefundBatch extends RecordDocument {
  schoolId: string;
  campaignId: string;
  state: BatchState;
  submittedBy: { userId: string; name: string };
  submittedAt: Date;
  decidedBy: { userId: string; name: string } | null;
  decidedAt: Date | null;
  note: string | null;
  stoppedBecause: string | null;
  lineCount: number;
  amountFen: number;
}

const schema = new Schema<RefundBatch>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    state: { type: String, required: true },
    submittedBy: { type: Schema.Types.Mixed, required: true },
    submittedAt: { type: Date, required: true },
    decidedBy: { type: Schema.Types.Mixed, default: null },
    decidedAt: { type: Date, default: null },
    note: { type: String, default: null },
    stoppedBecause: { type: String, default: null },
    lineCount: { type: Number, required: true },
    amountFen: { type: Number, required: true },
  },
  recordOptions,
);
// One batch under way a campaign: what a second one would refund, the first one refunds.
schema.index(
  { campaignId: 1 },
  {
    name: 'one_batch_under_way',
    unique: true,
    partialFilterExpression: { state: { $in: ['submitted', 'approved', 'paused', 'stopped'] } },
  },
);
schema.index({ campaignId: 1, submittedAt: -1 });
indexRecords(schema);

export const RefundBatches = model<RefundBatch>('RefundBatch', schema, 'refund_batches');
