import { model, Schema } from 'mongoose';

/** Money or news from WeChat that belongs to no order of ours. Kept whole, looked at by a person. */
export interface OrphanNotification {
  /** The callback's event id. */
  _id: string;
  mchid: string;
  kind: 'payment' | 'refund';
  outTradeNo: string;
  transactionId: string;
  amountFen: number;
  at: Date;
  resolvedAt: Date | null;
}

const schema = new Schema<OrphanNotification>(
  {
    _id: { type: String, required: true },
    mchid: { type: String, required: true },
    kind: { type: String, required: true },
    outTradeNo: { type: String, required: true },
    transactionId: { type: String, required: true },
    amountFen: { type: Number, required: true },
    at: { type: Date, required: true },
    resolvedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ mchid: 1, at: 1 });

export const OrphanNotifications = model<OrphanNotification>(
  'OrphanNotification',
  schema,
  'orphan_notifications',
);
