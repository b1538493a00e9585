import { model, Schema } from 'mongoose';
import type { DIFFERENCE_STATES, REPAIRS } from '../../../shared/contract/reconciliation';
import type { UserActor } from '../../http/actor';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';
import type { Difference } from './difference';

export type DifferenceState = (typeof DIFFERENCE_STATES)[number];
export type Repair = (typeof REPAIRS)[number];

/** Whose business it still is, in whatever way. */
export const UNSETTLED: DifferenceState[] = ['open', 'to_review', 'working', 'carried'];

export interface Person {
  userId: string;
  name: string;
}

export const personOf = ({ userId, name }: UserActor): Person => ({ userId, name });

/** What one person wants done about a difference. */
export interface RepairProposal {
  repair: Repair;
  note: string;
  /** Where it can be checked. */
  evidence: string | null;
  by: Person;
  at: Date;
}

export interface Resolution {
  /** null when it went by itself. */
  repair: Repair | null;
  note: string | null;
  evidence: string | null;
  by: Person | null;
  approvedBy: Person | null;
  at: Date;
  /** What came of it, in a sentence. */
  result: string;
}

/**
 * A difference (差错) in the work list of finance. Its id is the day's id + its key.
 *
 * open → to_review (proposed) → working (agreed, being carried out) → settled; refused or failed: open again
 */
export interface DifferenceRecord extends RecordDocument, Difference {
  schoolId: string;
  merchantId: string;
  day: string;
  /** Of its WeChat number; see buckets.ts. */
  bucket: number;
  status: DifferenceState;
  owner: Person | null;
  proposal: RepairProposal | null;
  /** Who agreed to the proposal that is being carried out. */
  approvedBy: Person | null;
  resolution: Resolution | null;
  trouble: string | null;
  /** When a later match found it gone; null for what people settled. */
  clearedAt: Date | null;
}

const schema = new Schema<DifferenceRecord>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    merchantId: { type: String, required: true },
    day: { type: String, required: true },
    bucket: { type: Number, required: true },
    key: { type: String, required: true },
    type: { type: String, required: true },
    status: { type: String, required: true },
    owner: { type: Schema.Types.Mixed, default: null },
    proposal: { type: Schema.Types.Mixed, default: null },
    approvedBy: { type: Schema.Types.Mixed, default: null },
    resolution: { type: Schema.Types.Mixed, default: null },
    trouble: { type: String, default: null },
    clearedAt: { type: Date, default: null },
    orderNo: { type: String, default: null },
    refundNo: { type: String, default: null },
    bookingId: { type: String, default: null },
    wechatNo: { type: String, default: null },
    oursFen: { type: Number, default: null },
    theirsFen: { type: Number, default: null },
    explanation: { type: String, required: true },
  },
  recordOptions,
);
schema.index({ merchantId: 1, day: 1, bucket: 1 });
schema.index({ merchantId: 1, status: 1, day: 1 });
indexRecords(schema);

export const Differences = model<DifferenceRecord>('Difference', schema, 'differences');
