import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** Money or news from WeChat that belongs to no order of ours. Kept whole, looked at by a person. */
export interface OrphanNotification extends RecordDocument {
  /** The callback's event id. */
  _id: string;
  schoolId: string;
  mchid: string;
  kind: 'payment' | 'refund';
  outTradeNo: string;
  /** Of a refund only. */
  outRefundNo: string | null;
  transactionId: string;
  amountFen: number;
  /** unknown: no such number here · another_transaction: the order has another payment · differs: another amount or merchant */
  reason: 'unknown' | 'another_transaction' | 'differs';
  at: Date;
  resolvedAt: Date | null;
  resolvedBy: { userId: string; name: string } | null;
  note: string | null;
}

const schema = new Schema<OrphanNotification>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    mchid: { type: String, required: true },
    kind: { type: String, required: true },
    outTradeNo: { type: String, required: true },
    outRefundNo: { type: String, default: null },
    transactionId: { type: String, required: true },
    amountFen: { type: Number, required: true },
    reason: { type: String, required: true },
    at: { type: Date, required: true },
    resolvedAt: { type: Date, default: null },
    resolvedBy: { type: Schema.Types.Mixed, default: null },
    note: { type: String, default: null },
  },
  recordOptions,
);
schema.index({ schoolId: 1, resolvedAt: 1, at: 1 });
schema.index({ mchid: 1, outTradeNo: 1 });
indexRecords(schema);

export const OrphanNotifications = model<OrphanNotification>(
  'OrphanNotification',
  schema,
  'orphan_notifications',
);
