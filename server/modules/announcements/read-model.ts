import { model, Schema } from 'mongoose';

/** A student has put an announcement away. */
export interface AnnouncementRead {
  /** announcement and student */
  _id: string;
  announcementId: string;
  at: Date;
}

const schema = new Schema<AnnouncementRead>(
  {
    _id: { type: String, required: true },
    announcementId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ announcementId: 1 });

export const AnnouncementReads = model<AnnouncementRead>('AnnouncementRead', schema, 'announcement_reads');

export const readId = (announcementId: string, studentId: string): string => `${announcementId}:${studentId}`;
