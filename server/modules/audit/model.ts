import { model, Schema } from 'mongoose';

/** Who did or saw what, for ever. Written once, never changed. */
export interface AuditLine {
  /** The id of the trail line: projecting it twice is one line. */
  _id: string;
  at: Date;
  schoolId: string;
  actor: string;
  verb: string;
  /** "booking:<id>", "student:<id>" … */
  subject: string;
  facts: { [name: string]: unknown };
  /** The import that wrote it, one of thousands: a list shows the import's own line, which has its id as `wrote`. */
  partOf?: string;
}

const schema = new Schema<AuditLine>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    schoolId: { type: String, required: true },
    actor: { type: String, required: true },
    verb: { type: String, required: true },
    subject: { type: String, required: true },
    facts: { type: Schema.Types.Mixed, required: true },
    partOf: String,
  },
  { versionKey: false, minimize: false },
);
schema.index({ schoolId: 1, at: -1, _id: -1 });
schema.index({ schoolId: 1, partOf: 1, at: -1, _id: -1 });
schema.index({ subject: 1, at: 1 });
schema.index({ schoolId: 1, actor: 1, at: -1 });

export const AuditLines = model<AuditLine>('AuditLine', schema, 'audit_lines');
