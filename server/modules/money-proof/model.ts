import { model, Schema } from 'mongoose';
import type { Proof } from '../../checker/prove';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

export interface StoredProof {
  begunAt: Date;
  endedAt: Date;
  by: Person | null;
  places: Proof['places'];
  days: Proof['days'];
  inTransitFen: number;
  unexplainedFen: number;
  problems: Proof['problems'];
}

export interface Person {
  userId: string;
  name: string;
}

/** The money proof of a school: one record a school, whose id is the record's, with the latest proof. */
export interface MoneyProof extends RecordDocument {
  schoolId: string;
  /** The latest wish for a proof: one that began before is no answer to it. */
  wantedAt: Date;
  wantedBy: Person | null;
  /** Being proved; after this instant whoever does it is taken for dead. */
  busyUntil: Date | null;
  trouble: string | null;
  latest: StoredProof | null;
}

const schema = new Schema<MoneyProof>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    wantedAt: { type: Date, required: true },
    wantedBy: { type: Schema.Types.Mixed, default: null },
    busyUntil: { type: Date, default: null },
    trouble: { type: String, default: null },
    latest: { type: Schema.Types.Mixed, default: null },
  },
  recordOptions,
);
indexRecords(schema);

export const MoneyProofs = model<MoneyProof>('MoneyProof', schema, 'money_proofs');
