import { model, Schema } from 'mongoose';

/** Two WeChat users say they are the same student: staff decide. */
export interface BindingConflict {
  _id: string;
  schoolId: string;
  campaignId: string;
  studentId: string;
  /** Who has it, and who asks for it. */
  holderAccountId: string | null;
  claimantAccountId: string;
  at: Date;
  resolvedAt: Date | null;
}

const schema = new Schema<BindingConflict>(
  {
    _id: { type: String, required: true },
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    studentId: { type: String, required: true },
    holderAccountId: { type: String, default: null },
    claimantAccountId: { type: String, required: true },
    at: { type: Date, required: true },
    resolvedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ studentId: 1, claimantAccountId: 1 }, { unique: true });
schema.index({ campaignId: 1, claimantAccountId: 1, resolvedAt: 1 });

export const BindingConflicts = model<BindingConflict>('BindingConflict', schema, 'binding_conflicts');
