import { model, Schema } from 'mongoose';
import type { LINE_STATES } from '../../../shared/contract/settlement';

/** waiting → cancelled (the place has ended, the money is owed) → refunded · skipped: no longer due · failed */
export type LineState = (typeof LINE_STATES)[number];

/** One booking of a refund batch. */
export interface RefundLine {
  /** batch id + booking id: one line a booking. */
  _id: string;
  batchId: string;
  bookingId: string;
  orderNo: string;
  amountFen: number;
  arrived: boolean;
  state: LineState;
  /** Why it was excluded or failed. */
  note: string | null;
}

const schema = new Schema<RefundLine>(
  {
    _id: { type: String, required: true },
    batchId: { type: String, required: true },
    bookingId: { type: String, required: true },
    orderNo: { type: String, required: true },
    amountFen: { type: Number, required: true },
    arrived: { type: Boolean, required: true },
    state: { type: String, required: true },
    note: { type: String, default: null },
  },
  { versionKey: false },
);
schema.index({ batchId: 1, state: 1, _id: 1 });

export const RefundLines = model<RefundLine>('RefundLine', schema, 'refund_lines');
