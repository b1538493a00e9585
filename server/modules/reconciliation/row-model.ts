import { model, Schema } from 'mongoose';

/** What is kept of a trade bill's line: enough to match and to show, nothing about the payer. */
export interface BillRow {
  /** import id + kind + WeChat's number */
  _id: string;
  importId: string;
  kind: 'payment' | 'refund';
  orderNo: string;
  refundNo: string | null;
  wechatNo: string;
  at: Date;
  fen: number;
  feeFen: number;
  status: string;
}

const schema = new Schema<BillRow>(
  {
    _id: { type: String, required: true },
    importId: { type: String, required: true },
    kind: { type: String, required: true },
    orderNo: { type: String, required: true },
    refundNo: { type: String, default: null },
    wechatNo: { type: String, required: true },
    at: { type: Date, required: true },
    fen: { type: Number, required: true },
    feeFen: { type: Number, required: true },
    status: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ importId: 1, _id: 1 });

export const BillRows = model<BillRow>('BillRow', schema, 'bill_rows');
