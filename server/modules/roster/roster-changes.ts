import type { GridRow } from '../../../shared/domain/pasted-table';
import { isFilled } from '../../../shared/domain/pasted-table';
import type { RosterRow } from '../../../shared/domain/roster';
import type { RosterReader } from '../../../shared/domain/roster-reader';
import type { World } from '../../world';
import { type BookedPlace, bookedAmong } from '../bookings/booked-students';
import {
  type ComparedField,
  changedFields,
  KNOWN_FIELDS,
  type KnownStudent,
  withWhatIsKnown,
} from './enrolment-fields';
import { Students } from './model';

export interface Change {
  student: KnownStudent;
  row: RosterRow;
  fields: ComparedField[];
  booking: BookedPlace | undefined;
}

/** What a part of a roster means for the students there are. */
export interface RosterPart {
  /** Rows of the table read so far, taken or not */
  rowsRead: number;
  added: RosterRow[];
  changed: Change[];
  unchanged: number;
  /** Students that are no longer listed: only in the last parts */
  removed: KnownStudent[];
  /** Those of them who have a booking: they stay. */
  removedButBooked: KnownStudent[];
  /** Students whom the office placed by hand: matching leaves them alone. */
  placed: ReadonlySet<string>;
}

const BATCH = 1_000;

/**
 * Compares a roster with the students of a campaign, a thousand rows at a time; who is no longer listed comes last.
 * What grows with the roster is one entry a student number, in the reader. Writes nothing.
 *
 * @param rows the data rows of the table
 */
export async function* rosterChanges(
  world: World,
  campaignId: string,
  rows: AsyncIterable<GridRow>,
  reader: RosterReader,
): AsyncGenerator<RosterPart, void> {
  let batch: RosterRow[] = [];
  let rowsRead = 0;
  for await (const row of rows) {
    if (!row.cells.some(isFilled) && !row.flaws) continue;
    rowsRead += 1;
    const read = reader.read(row);
    if (read) batch.push(read);
    if (batch.length < BATCH) continue;
    yield await compare(world, campaignId, { rows: batch, rowsRead, reader });
    batch = [];
  }
  yield await compare(world, campaignId, { rows: batch, rowsRead, reader });
  yield* unlisted(campaignId, reader.studentNumbers(), rowsRead);
}

async function compare(
  world: World,
  campaignId: string,
  { rows, rowsRead, reader }: { rows: readonly RosterRow[]; rowsRead: number; reader: RosterReader },
): Promise<RosterPart> {
  const numbers = rows.map(({ studentNo }) => studentNo);
  const known = await Students.find({ campaignId, studentNo: { $in: numbers } }, KNOWN_FIELDS).lean<
    KnownStudent[]
  >();
  const byNumber = new Map(known.map((student) => [student.studentNo, student]));
  const part = emptyPart(rowsRead);
  const differing: Omit<Change, 'booking'>[] = [];
  for (const row of rows) {
    const student = byNumber.get(row.studentNo);
    if (!student) {
      part.added.push(row);
      continue;
    }
    const told = withWhatIsKnown(row, student, reader);
    const fields = changedFields(world, student, told);
    if (fields.length > 0) differing.push({ student, row: told, fields });
    else part.unchanged += 1;
  }
  const bookings = await bookedAmong(
    campaignId,
    differing.map(({ student }) => student._id),
  );
  part.changed = differing.map((change) => ({ ...change, booking: bookings.get(change.student._id) }));
  part.placed = new Set(
    known.filter(({ placedByOffice }) => placedByOffice).map(({ studentNo }) => studentNo),
  );
  return part;
}

async function* unlisted(
  campaignId: string,
  listed: ReadonlyMap<string, number>,
  rowsRead: number,
): AsyncGenerator<RosterPart, void> {
  let batch: KnownStudent[] = [];
  const students = Students.find({ campaignId, removedAt: null }, KNOWN_FIELDS)
    .sort({ studentNo: 1 })
    .lean<KnownStudent>()
    .cursor({ batchSize: BATCH });
  for await (const student of students) {
    if (!listed.has(student.studentNo)) batch.push(student);
    if (batch.length < BATCH) continue;
    yield await removals(campaignId, batch, rowsRead);
    batch = [];
  }
  if (batch.length > 0) yield await removals(campaignId, batch, rowsRead);
}

async function removals(
  campaignId: string,
  students: readonly KnownStudent[],
  rowsRead: number,
): Promise<RosterPart> {
  const booked = await bookedAmong(
    campaignId,
    students.map(({ _id }) => _id),
  );
  return {
    ...emptyPart(rowsRead),
    removed: students.filter(({ _id }) => !booked.has(_id)),
    removedButBooked: students.filter(({ _id }) => booked.has(_id)),
  };
}

const emptyPart = (rowsRead: number): RosterPart => ({
  rowsRead,
  added: [],
  changed: [],
  unchanged: 0,
  removed: [],
  removedButBooked: [],
  placed: new Set(),
});
