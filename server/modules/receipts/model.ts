import { model, Schema } from 'mongoose';
import type { ReceiptKind } from '../../../shared/contract/receipts';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** A receipt (票据) that the school has issued for an order: its number and who wrote that down. */
export interface Receipt extends RecordDocument {
  schoolId: string;
  orderNo: string;
  kind: ReceiptKind;
  number: string;
  state: 'issued' | 'void';
  issuedBy: { userId: string; name: string };
  issuedAt: Date;
}

const schema = new Schema<Receipt>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    orderNo: { type: String, required: true },
    kind: { type: String, required: true },
    number: { type: String, required: true },
    state: { type: String, required: true },
    issuedBy: { type: Schema.Types.Mixed, required: true },
    issuedAt: { type: Date, required: true },
  },
  recordOptions,
);
schema.index(
  { orderNo: 1 },
  { name: 'one_receipt_an_order', unique: true, partialFilterExpression: { state: 'issued' } },
);
// Void ones keep their number: it is on a paper somewhere.
schema.index({ schoolId: 1, kind: 1, number: 1 }, { name: 'one_order_a_number', unique: true });
indexRecords(schema);

export const Receipts = model<Receipt>('Receipt', schema, 'receipts');
