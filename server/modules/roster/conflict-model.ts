import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** Two WeChat users say they are the same student: the office decides. */
export interface BindingConflict extends RecordDocument {
  schoolId: string;
  campaignId: string;
  studentId: string;
  /** Who has it, and who asks for it. */
  holderAccountId: string | null;
  claimantAccountId: string;
  at: Date;
  open: boolean;
  decision: 'keep' | 'hand_over' | null;
}

const schema = new Schema<BindingConflict>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    studentId: { type: String, required: true },
    holderAccountId: { type: String, default: null },
    claimantAccountId: { type: String, required: true },
    at: { type: Date, required: true },
    open: { type: Boolean, required: true },
    decision: { type: String, default: null },
  },
  recordOptions,
);
schema.index(
  { studentId: 1, claimantAccountId: 1 },
  { name: 'one_open_conflict', unique: true, partialFilterExpression: { open: true } },
);
schema.index({ campaignId: 1, claimantAccountId: 1, open: 1 });
schema.index({ campaignId: 1, open: 1, at: 1 });
indexRecords(schema);

export const BindingConflicts = model<BindingConflict>('BindingConflict', schema, 'binding_conflicts');
