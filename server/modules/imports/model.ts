import { model, Schema } from 'mongoose';
import type { ImportView, TableLayout } from '../../../shared/contract/imports';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';
import type { SheetInfo } from '../../platform/tables/table-file';

/** A table on its way into a campaign. The file itself is kept for a day; the record stays as history. */
export interface TableImport extends RecordDocument {
  schoolId: string;
  campaignId: string;
  kind: ImportView['kind'];
  name: string;
  /** The file in pieces: a document of the database is smaller than a file may be. */
  pieces: string[];
  expiresAt: Date;
  sheets: SheetInfo[];
  state: ImportView['state'];
  /** How the table was read when it was last previewed, and what that came to. */
  preview: { layout: TableLayout; capacityMarginPercent: number; fingerprint: string } | null;
  /** Present while it runs: one at a time in a campaign. */
  running?: true;
  /** Found to be still what was previewed: from here on it is carried through. */
  isVerified: boolean;
  /** Who commits it, for the audit log */
  committedBy: string | null;
  progress: ImportView['progress'];
  outcome: ImportView['outcome'];
  stoppedBecause: { code: string; message: string } | null;
}

const schema = new Schema<TableImport>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    campaignId: { type: String, required: true },
    kind: { type: String, required: true },
    name: { type: String, default: '' },
    pieces: { type: [String], required: true },
    expiresAt: { type: Date, required: true },
    sheets: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    preview: { type: Schema.Types.Mixed, default: null },
    running: Boolean,
    isVerified: { type: Boolean, default: false },
    committedBy: { type: String, default: null },
    progress: { type: Schema.Types.Mixed, default: null },
    outcome: { type: Schema.Types.Mixed, default: null },
    stoppedBecause: { type: Schema.Types.Mixed, default: null },
  },
  recordOptions,
);
schema.index(
  { campaignId: 1 },
  { name: 'one_import_at_a_time', unique: true, partialFilterExpression: { running: true } },
);
indexRecords(schema);

export const TableImports = model<TableImport>('TableImport', schema, 'table_imports');
