import { model, Schema } from 'mongoose';
import type { Training } from '../../../shared/domain/majors';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** A student of a campaign's roster (学生名单) with the enrolment data (学籍信息). */
export interface Student extends RecordDocument {
  schoolId: string;
  campaignId: string;
  studentNo: string;
  name: string;
  /** Optional: since 2023 schools must not hand out ID lists. Sealed; found by the blind index. */
  documentType?: string;
  documentSealed?: string;
  documentIndex?: string;
  documentMasked?: string;
  college: string;
  /** As written; matching uses the normalised reading. */
  major: string;
  className: string;
  training: Training;
  graduationType: 'regular' | 'early';
  /** The own group's session; null while unmatched. */
  sessionId: string | null;
  unmatchedBecause: string | null;
  /** The office said which session: matching leaves it alone. */
  placedByOffice?: boolean;
  /** Which WeChat account acts for this student. */
  binding: { accountId: string; level: 'verified' | 'unverified'; at: Date } | null;
  confirmedAt: Date | null;
  correction: {
    field: string;
    /** Sealed when it is a document number. */
    proposed: string;
    reason: string;
    /** A blob of the student's, as proof; it expires by itself. */
    photoId?: string;
    status: 'open' | 'done' | 'refused';
    at: Date;
    answer: string | null;
  } | null;
  /** What the register's 采集码 says, opaque and sealed. */
  collectionCode?: { sealed: string; at: Date };
  /** Since when the student says they cannot come that day. */
  cannotComeAt?: Date;
  /** The paper photo of a made-up portrait is with the registry. */
  paperPhoto?: { at: Date; by: string };
  removedAt: Date | null;
}

const schema = new Schema<Student>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    studentNo: { type: String, required: true },
    name: { type: String, required: true },
    documentType: String,
    documentSealed: String,
    documentIndex: String,
    documentMasked: String,
    college: { type: String, default: '' },
    major: { type: String, required: true },
    className: { type: String, default: '' },
    training: { type: String, required: true },
    graduationType: { type: String, required: true },
    sessionId: { type: String, default: null },
    unmatchedBecause: { type: String, default: null },
    placedByOffice: Boolean,
    binding: { type: Schema.Types.Mixed, default: null },
    confirmedAt: { type: Date, default: null },
    correction: { type: Schema.Types.Mixed, default: null },
    collectionCode: Schema.Types.Mixed,
    cannotComeAt: Date,
    paperPhoto: Schema.Types.Mixed,
    removedAt: { type: Date, default: null },
  },
  recordOptions,
);
schema.index({ campaignId: 1, studentNo: 1 }, { unique: true });
schema.index(
  { campaignId: 1, documentIndex: 1 },
  { partialFilterExpression: { documentIndex: { $exists: true } } },
);
schema.index({ campaignId: 1, name: 1 });
// The account first: it is also asked for over all campaigns.
schema.index(
  { 'binding.accountId': 1, campaignId: 1 },
  {
    name: 'one_account_a_student',
    unique: true,
    partialFilterExpression: { 'binding.accountId': { $exists: true } },
  },
);
schema.index({ campaignId: 1, sessionId: 1 });
schema.index(
  { campaignId: 1, 'correction.status': 1 },
  { partialFilterExpression: { 'correction.status': { $exists: true } } },
);
schema.index(
  { campaignId: 1, cannotComeAt: 1 },
  { partialFilterExpression: { cannotComeAt: { $exists: true } } },
);
indexRecords(schema);

export const Students = model<Student>('Student', schema, 'students');
