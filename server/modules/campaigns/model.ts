import { model, Schema } from 'mongoose';
import type { CampaignDraft } from '../../../shared/contract/campaigns';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

type Facts = Omit<CampaignDraft, 'bookingOpensAt' | 'bookingClosesAt'>;

/** A collection campaign (采集批次): one school, one graduation year, some days. */
export interface Campaign extends RecordDocument, Facts {
  schoolId: string;
  schoolName: string;
  bookingOpensAt: Date | null;
  bookingClosesAt: Date | null;
  /** Which import's sessions count; null before the first. */
  timetable: string | null;
  /** Until then it is not replaced: places may be taken in it. A lease, see `keepTimetable`; absent before the first place. */
  timetableKeptUntil?: Date | null;
  /** Changes of the timetable since it was booked, newest last; absent before the first. */
  timetableChanges?: string[];
  openedAt: Date | null;
  collectionClosedAt: Date | null;
  /** Everybody who asked for it has been told that booking is open. */
  openingTold?: boolean;
  /** Spellings of majors in this school's papers → the right ones. */
  majorAliases: { [spelling: string]: string };
  /** The notice as the office gave it, for the notice check */
  noticeText?: string;
}

const schema = new Schema<Campaign>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    schoolName: { type: String, required: true },
    merchantId: { type: String, required: true },
    name: { type: String, required: true },
    graduationYear: { type: Number, required: true },
    feeItems: { type: [{ _id: false, code: String, name: String, amountFen: Number }], required: true },
    feeBasis: { type: String, required: true },
    place: { type: String, required: true },
    rooms: { type: [String], required: true },
    collectionDays: { type: Schema.Types.Mixed, required: true },
    announced: { type: Boolean, required: true },
    bookingOpensAt: { type: Date, default: null },
    bookingClosesAt: { type: Date, default: null },
    rules: { type: Schema.Types.Mixed, required: true },
    contacts: { type: Schema.Types.Mixed, required: true },
    registryOffice: { type: String, required: true },
    makeUp: { type: Schema.Types.Mixed, default: null },
    timetable: { type: String, default: null },
    timetableKeptUntil: Date,
    timetableChanges: { type: [String], default: undefined },
    openedAt: { type: Date, default: null },
    collectionClosedAt: { type: Date, default: null },
    openingTold: Boolean,
    majorAliases: { type: Schema.Types.Mixed, required: true },
    noticeText: String,
  },
  recordOptions,
);
schema.index({ schoolId: 1, _id: -1 });
indexRecords(schema);

export const Campaigns = model<Campaign>('Campaign', schema, 'campaigns');
