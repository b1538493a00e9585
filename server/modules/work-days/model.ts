import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** What a school knows better than the published table of working days (节假日与调休): one record a school. */
export interface WorkDays extends RecordDocument {
  /** The school's id is the record's. */
  schoolId: string;
  days: { day: string; working: boolean; name: string }[];
}

const schema = new Schema<WorkDays>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    days: { type: [{ _id: false, day: String, working: Boolean, name: String }], required: true },
  },
  recordOptions,
);
indexRecords(schema);

export const WorkDaysRecords = model<WorkDays>('WorkDays', schema, 'work_days');
