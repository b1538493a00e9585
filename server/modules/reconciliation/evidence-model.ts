import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';
import type { Person } from './difference-model';

/** A file attached to a difference. Its id is the difference's id + the SHA-256 of its bytes: the same twice is one. */
export interface EvidenceRecord extends RecordDocument {
  schoolId: string;
  differenceId: string;
  sha256: string;
  name: string;
  bytes: number;
  /** Where the bytes are. */
  blobId: string;
  by: Person;
  at: Date;
}

const schema = new Schema<EvidenceRecord>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    differenceId: { type: String, required: true },
    sha256: { type: String, required: true },
    name: { type: String, required: true },
    bytes: { type: Number, required: true },
    blobId: { type: String, required: true },
    by: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  recordOptions,
);
schema.index({ differenceId: 1, at: 1 });
indexRecords(schema);

export const EvidenceFiles = model<EvidenceRecord>('EvidenceFile', schema, 'evidence_files');
