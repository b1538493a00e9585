import { model, Schema } from 'mongoose';
import type { ANNOUNCEMENT_STATES, AnnouncementGroup } from '../../../shared/contract/announcements';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** A message of the office to a group of students. What it says and to whom is never changed. */
export interface Announcement extends RecordDocument {
  schoolId: string;
  campaignId: string;
  /** Of the intention: the same one announces once. */
  nonce: string;
  title: string;
  text: string;
  group: AnnouncementGroup;
  /** Who was in the group when it was announced. */
  studentIds: string[];
  headcount: number;
  by: string;
  at: Date;
  /** From here on it is off the phones. */
  expiresAt: Date;
  /** sending: messages are still being planned */
  state: (typeof ANNOUNCEMENT_STATES)[number];
}

const schema = new Schema<Announcement>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    nonce: { type: String, required: true },
    title: { type: String, required: true },
    text: { type: String, required: true },
    group: { type: Schema.Types.Mixed, required: true },
    studentIds: { type: [String], required: true },
    headcount: { type: Number, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    state: { type: String, required: true },
  },
  recordOptions,
);
schema.index({ campaignId: 1, nonce: 1 }, { unique: true });
schema.index({ campaignId: 1, at: -1 });
indexRecords(schema);

export const Announcements = model<Announcement>('Announcement', schema, 'announcements');
