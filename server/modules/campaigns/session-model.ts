import { model, Schema } from 'mongoose';
import type { Training } from '../../../shared/domain/majors';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** Who a session is for. */
export interface SessionGroup {
  major: string;
  /** 建筑工程, 中外合作办学项目 …; empty for none */
  direction: string;
  trainings: Training[];
  /** Only breaks ties; empty when the timetable names none. */
  college: string;
}

/** A collection session (采集时段): room × time × group. */
export interface CollectionSession extends RecordDocument {
  schoolId: string;
  campaignId: string;
  /** The import that wrote it; only those of the campaign's current timetable count. */
  timetable: string;
  /** Its row in the table that was imported, as people count it; the notice check names it */
  line?: number;
  building: string;
  room: string;
  /** Asia/Shanghai */
  day: string;
  startsAt: Date;
  endsAt: Date;
  title: string;
  groups: SessionGroup[];
  remark: string;
  headcount: number;
  /** Seats are numbered 1…capacity. Raised, with an audit line, for walk-ins beyond the plan; never lowered below a taken seat. */
  capacity: number;
  /** Of the last timetable change that moved it; absent when none has. See `TimetableChange`. */
  changeNo?: number;
  /** A slot of make-up days (补拍); absent for one of the timetable. See `make-up-sessions.ts`. */
  kind?: 'make_up';
  /** Nobody books it any more; who has, stays. */
  closedToBooking?: boolean;
}

const schema = new Schema<CollectionSession>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    timetable: { type: String, required: true },
    line: Number,
    building: { type: String, default: '' },
    room: { type: String, required: true },
    day: { type: String, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    title: { type: String, required: true },
    groups: { type: Schema.Types.Mixed, required: true },
    remark: { type: String, default: '' },
    headcount: { type: Number, required: true },
    capacity: { type: Number, required: true },
    changeNo: Number,
    kind: String,
    closedToBooking: Boolean,
  },
  recordOptions,
);
schema.index({ campaignId: 1, timetable: 1, startsAt: 1, room: 1 });
indexRecords(schema);

export const CollectionSessions = model<CollectionSession>(
  'CollectionSession',
  schema,
  'collection_sessions',
);
