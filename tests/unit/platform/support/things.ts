import { model, Schema } from 'mongoose';
import { type RecordDocument, recordFields, recordOptions } from '../../../../server/platform/mongo/record';

/** Records with nothing in them but what every record has. */
export const Things = model<RecordDocument>(
  'Thing',
  new Schema<RecordDocument>(recordFields, recordOptions),
  'things',
);

/** A line of a trail. */
export const thingLine = (id: string, at: Date) => ({
  id,
  at,
  actor: 'test',
  verb: 'thing.change',
  facts: {},
});
