import { model, Schema } from 'mongoose';
import type { OfflineResult } from '../../../shared/contract/onsite';

/** A scan that a phone kept while it was offline, with what became of it. It is written once and never changes. */
export interface OfflineScanRecord extends Omit<OfflineResult, 'nonce'> {
  /** `<device>:<nonce>` */
  _id: string;
  schoolId: string;
  campaignId: string;
  deviceId: string;
  device: string;
  room: string;
  /** When it was scanned, the phone's clock corrected. */
  at: Date;
  /** The same by the phone's own clock. */
  phoneAt: Date;
  receivedAt: Date;
  /** What the phone told its staff. */
  shown: string;
  /** The nonce of the scan that an undo takes back, or that the phone set aside. */
  of: string | null;
  /** The code with which the upload of what was set aside had been refused; null for all others. */
  problem: string | null;
  /** Of a conflict: the other phone's arrival as it was when this scan came in. */
  other: { at: Date; room: string; device: string } | null;
  /** Whether this scan is the arrival that counts. */
  counts: boolean;
}

const schema = new Schema<OfflineScanRecord>(
  {
    _id: { type: String, required: true },
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    deviceId: { type: String, required: true },
    device: { type: String, required: true },
    room: { type: String, default: '' },
    at: { type: Date, required: true },
    phoneAt: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    outcome: { type: String, required: true },
    reason: { type: String, required: true },
    bookingId: { type: String, default: null },
    shotNumber: { type: Number, default: null },
    shown: { type: String, default: '' },
    of: { type: String, default: null },
    problem: { type: String, default: null },
    other: { type: Schema.Types.Mixed, default: null },
    counts: { type: Boolean, required: true },
  },
  { versionKey: false },
);
schema.index({ campaignId: 1, outcome: 1, receivedAt: -1 });

export const OfflineScans = model<OfflineScanRecord>('OfflineScan', schema, 'offline_scans');
