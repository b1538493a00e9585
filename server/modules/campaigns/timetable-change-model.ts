import { model, Schema } from 'mongoose';
import type { Placement } from '../../../shared/domain/timetable-change';

export interface SessionMove {
  sessionId: string;
  title: string;
  from: Placement;
  to: Placement;
}

/**
 * A change of the timetable after bookings: which sessions move where. Written before it counts; it counts once the
 * campaign names it (`Campaign.timetableChanges`), and is never changed afterwards but for `carriedOutAt`.
 */
export interface TimetableChange {
  _id: string;
  schoolId: string;
  campaignId: string;
  /** The campaign's version that this change made: of two changes the later one has the greater number. */
  changeNo: number;
  reason: string;
  by: string;
  at: Date;
  moves: SessionMove[];
  /** When every session and every booking knew. */
  carriedOutAt: Date | null;
}

const schema = new Schema<TimetableChange>(
  {
    _id: { type: String, required: true },
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    changeNo: { type: Number, required: true },
    reason: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    moves: { type: Schema.Types.Mixed, required: true },
    carriedOutAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ campaignId: 1, changeNo: 1 });

export const TimetableChanges = model<TimetableChange>('TimetableChange', schema, 'timetable_changes');
