import { model, Schema } from 'mongoose';
import type { ConsoleRole } from '../../http/actor';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** A person at the console. */
export interface User extends RecordDocument {
  schoolId: string;
  /** Lower case. */
  login: string;
  name: string;
  role: ConsoleRole;
  colleges: string[];
  passwordHash: string;
  failedSignIns: number;
  lockedUntil: Date | null;
  disabledAt: Date | null;
  /** The office gave the password: nothing else may be done before it is changed. */
  mustChangePassword: boolean;
}

const schema = new Schema<User>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    login: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    colleges: { type: [String], required: true },
    passwordHash: { type: String, required: true },
    failedSignIns: { type: Number, required: true },
    lockedUntil: { type: Date, default: null },
    disabledAt: { type: Date, default: null },
    mustChangePassword: { type: Boolean, required: true },
  },
  recordOptions,
);
schema.index({ login: 1 }, { unique: true });
schema.index({ schoolId: 1, role: 1 });
indexRecords(schema);

export const Users = model<User>('User', schema, 'users');
