import { model, Schema } from 'mongoose';

/** How far the daily fetching of a merchant's bills has come. Its id is the merchant's. */
export interface BillProgress {
  _id: string;
  /** Every day up to this one was fetched, or had nothing to fetch. */
  doneTo: string;
  /** When to go on: later after a failure, and while someone is at it. */
  nextAt: Date;
}

const schema = new Schema<BillProgress>(
  {
    _id: { type: String, required: true },
    doneTo: { type: String, required: true },
    nextAt: { type: Date, required: true },
  },
  { versionKey: false, autoCreate: false },
);
schema.index({ doneTo: 1, nextAt: 1 });

export const BillProgresses = model<BillProgress>('BillProgress', schema, 'bill_progress');
