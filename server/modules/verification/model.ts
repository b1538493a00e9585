import { model, Schema } from 'mongoose';
import type { DocumentType } from '../../../shared/domain/documents';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** One bank check. The card number is nowhere; its last four digits tell cards apart. */
export interface Attempt {
  id: string;
  at: Date;
  cardLastFour: string;
  /** "pending" while the provider is asked; then its result. */
  result: string;
  counts: boolean;
  requestId: string | null;
}

/** Who a WeChat user is (实名认证). Its id is the account's. */
export interface Identity extends RecordDocument {
  schoolId: string;
  status: 'none' | 'verified' | 'unverified' | 'manual_review' | 'onsite_only';
  name: string | null;
  documentType: DocumentType | null;
  documentSealed: string | null;
  documentIndex: string | null;
  documentMasked: string | null;
  consents: { kind: string; version: number; at: Date }[];
  attempts: Attempt[];
  /** Blobs of the ID photos, until the verification succeeds. */
  photos: { front?: string; back?: string };
  verifiedAt: Date | null;
  /** The document that the last attempt named, through the blind index: support finds a caller's attempts by it. */
  claimedIndex?: string;
  /** Attempts before this do not count: support gave them back. A card's own risk stays. */
  attemptsFrom?: Date;
  /** Why the office refused the document; gone once verified. */
  reviewAnswer?: string;
}

const schema = new Schema<Identity>(
  {
    ...recordFields,
    schoolId: { type: String, default: '' },
    status: { type: String, required: true },
    name: { type: String, default: null },
    documentType: { type: String, default: null },
    documentSealed: { type: String, default: null },
    documentIndex: { type: String, default: null },
    documentMasked: { type: String, default: null },
    consents: { type: [{ _id: false, kind: String, version: Number, at: Date }], required: true },
    attempts: {
      type: [
        {
          _id: false,
          id: String,
          at: Date,
          cardLastFour: String,
          result: String,
          counts: Boolean,
          requestId: String,
        },
      ],
      required: true,
    },
    photos: { type: Schema.Types.Mixed, required: true },
    verifiedAt: { type: Date, default: null },
    claimedIndex: String,
    attemptsFrom: Date,
    reviewAnswer: String,
  },
  recordOptions,
);
schema.index({ schoolId: 1, status: 1 });
schema.index({ claimedIndex: 1 }, { partialFilterExpression: { claimedIndex: { $exists: true } } });
indexRecords(schema);

export const Identities = model<Identity>('Identity', schema, 'identities');
