import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** The second factor of a person at the console; its id is the user's. */
export interface Authenticator extends RecordDocument {
  schoolId: string;
  /** Sealed; null before the first code and after a reset. */
  secret: string | null;
  since: Date | null;
  /** Shown to the person, and not yet proved by a code. Sealed. */
  offered: { secret: string; until: Date } | null;
  /** Half-minutes whose code was taken, as far as it would count still. */
  usedSteps: number[];
  wrongTries: number;
  lockedUntil: Date | null;
}

const schema = new Schema<Authenticator>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    secret: { type: String, default: null },
    since: { type: Date, default: null },
    offered: { type: Schema.Types.Mixed, default: null },
    usedSteps: { type: [Number], required: true },
    wrongTries: { type: Number, required: true },
    lockedUntil: { type: Date, default: null },
  },
  recordOptions,
);
schema.index({ schoolId: 1 });
indexRecords(schema);

export const Authenticators = model<Authenticator>('Authenticator', schema, 'authenticators');
