import { model, Schema } from 'mongoose';
import type { ScanReason } from '../../../shared/domain/verdicts';

/** A scan that admitted nobody: for the office to see what goes wrong at the door. Holds no document number. */
export interface FailedScan {
  _id: string;
  schoolId: string;
  campaignId: string;
  deviceId: string;
  room: string;
  at: Date;
  reason: ScanReason;
  bookingId: string | null;
  by: string;
}

const schema = new Schema<FailedScan>(
  {
    _id: { type: String, required: true },
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    deviceId: { type: String, required: true },
    room: { type: String, required: true },
    at: { type: Date, required: true },
    reason: { type: String, required: true },
    bookingId: { type: String, default: null },
    by: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ campaignId: 1, at: -1 });

export const FailedScans = model<FailedScan>('FailedScan', schema, 'failed_scans');
