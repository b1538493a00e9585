import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';
import type { Person } from './difference-model';
import type { FlowTotals } from './fund-flow-bill';
import type { TradeTotals } from './trade-bill';

export type DayState = 'waiting' | 'imported' | 'matching' | 'differences' | 'closed' | 'matched';

export interface OurTotals {
  payments: number;
  paidFen: number;
  refunds: number;
  refundedFen: number;
}

/** A bill that a person has handed in, kept until its counterpart is there too. */
export interface UploadedBill {
  /** SHA-1 of the uncompressed file */
  hash: string;
  /** Where its bytes are kept, as they came. */
  pieces: string[];
  rows: number;
  name: string;
  by: Person;
  at: Date;
}

export type BillKind = 'trade' | 'fund';

/** One merchant's one day (日结). Its id is merchant id + day. */
export interface BillDay extends RecordDocument {
  schoolId: string;
  merchantId: string;
  mchid: string;
  /** Asia/Shanghai */
  day: string;
  state: DayState;
  /** SHA-1 of both files, "none" for a day without one; the same again is no news. */
  tradeHash: string | null;
  fundHash: string | null;
  /** Which import's rows count. */
  importId: string | null;
  importedAt: Date | null;
  theirs: TradeTotals | null;
  moved: FlowTotals | null;
  ours: OurTotals;
  /** How many are not settled. */
  differences: number;
  /** Why the last attempt to import failed. */
  trouble: string | null;
  /** Handed in by hand, waiting for the other of the two; any import ends it. */
  uploads?: Partial<Record<BillKind, UploadedBill>> | null;
  /** Someone is importing or matching; after this instant that one is taken for dead. */
  busyUntil: Date | null;
  /** What one person asks for; another decides. Absent in records from before there was signing off. */
  signOff?: { kind: 'close' | 'reopen'; by: Person; at: Date; note: string | null } | null;
  closed?: { by: Person; approvedBy: Person; at: Date } | null;
}

const schema = new Schema<BillDay>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    merchantId: { type: String, required: true },
    mchid: { type: String, required: true },
    day: { type: String, required: true },
    state: { type: String, required: true },
    tradeHash: { type: String, default: null },
    fundHash: { type: String, default: null },
    importId: { type: String, default: null },
    importedAt: { type: Date, default: null },
    theirs: { type: Schema.Types.Mixed, default: null },
    moved: { type: Schema.Types.Mixed, default: null },
    ours: { type: Schema.Types.Mixed, required: true },
    differences: { type: Number, required: true },
    trouble: { type: String, default: null },
    uploads: { type: Schema.Types.Mixed, default: null },
    busyUntil: { type: Date, default: null },
    signOff: { type: Schema.Types.Mixed, default: null },
    closed: { type: Schema.Types.Mixed, default: null },
  },
  recordOptions,
);
schema.index({ merchantId: 1, day: 1 }, { unique: true });
indexRecords(schema);

export const BillDays = model<BillDay>('BillDay', schema, 'bill_days');
