import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** A staff phone of one campaign. It exists from the moment its one-time code is issued. */
export interface Device extends RecordDocument {
  schoolId: string;
  campaignId: string;
  label: string;
  /** Rooms it may admit to; none = all. */
  rooms: string[];
  /** Hash of the one-time code; gone once used. */
  codeHash?: string;
  codeExpiresAt?: Date;
  enrolledAt: Date | null;
  lastSeenAt: Date | null;
  revokedAt: Date | null;
  /** When it last took a list of bookings to work offline with. */
  snapshotAt: Date | null;
  /** What it last said about the scans it keeps. */
  report: { at: Date; pending: number } | null;
  /** The office does not wait for its scans any more. */
  waivedAt: Date | null;
}

const schema = new Schema<Device>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    label: { type: String, required: true },
    rooms: { type: [String], required: true },
    codeHash: String,
    codeExpiresAt: Date,
    enrolledAt: { type: Date, default: null },
    lastSeenAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
    snapshotAt: { type: Date, default: null },
    report: { type: Schema.Types.Mixed, default: null },
    waivedAt: { type: Date, default: null },
  },
  recordOptions,
);
schema.index({ codeHash: 1 }, { unique: true, partialFilterExpression: { codeHash: { $exists: true } } });
schema.index({ campaignId: 1 });
indexRecords(schema);

export const Devices = model<Device>('Device', schema, 'devices');
