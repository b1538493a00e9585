import type { TableLayout } from '../../../shared/contract/imports';
import { noticeAround } from '../../../shared/domain/notice-text';
import type { GridRow } from '../../../shared/domain/pasted-table';
import { ROSTER_FIELDS, type RosterColumn } from '../../../shared/domain/roster-row';
import type { FieldName, Layout } from '../../../shared/domain/table-layout';
import { MOST_ROWS } from '../../../shared/domain/timetable-reader';
import { TIMETABLE_FIELDS, type TimetableColumn } from '../../../shared/domain/timetable-row';
import { AppError } from '../../errors';
import type { TableFile } from '../../platform/tables/table-file';
import { decodeText } from '../../platform/tables/text-table';
import type { World } from '../../world';
import { keptBytes } from './kept-file';
import type { TableImport } from './model';

/** The rows below the headings. */
export async function* dataRows(
  file: TableFile,
  { sheet, headingLine }: TableLayout,
): AsyncGenerator<GridRow> {
  for await (const row of file.rows(sheet)) if (row.line > headingLine) yield row;
}

/** All rows of a timetable; one more than it may have, so that its reader can say so. */
export async function timetableGrid(file: TableFile, layout: TableLayout): Promise<GridRow[]> {
  const grid: GridRow[] = [];
  for await (const row of dataRows(file, layout)) {
    grid.push(row);
    if (grid.length > MOST_ROWS) break;
  }
  return grid;
}

/** @throws AppError IMPORT_COLUMNS_MISSING naming them */
export function rosterLayout(layout: TableLayout): Layout<RosterColumn> {
  return layoutFor(ROSTER_FIELDS, layout);
}

/** @throws AppError IMPORT_COLUMNS_MISSING naming them */
export function timetableLayout(layout: TableLayout): Layout<TimetableColumn> {
  const read = layoutFor(TIMETABLE_FIELDS, layout);
  const hasTime = read.columns.has('time') || (read.columns.has('startsAt') && read.columns.has('endsAt'));
  if (!hasTime) throw new AppError('IMPORT_COLUMNS_MISSING', { columns: '时间（或开始时间和结束时间）' });
  return read;
}

function layoutFor<Field extends string>(
  fields: readonly FieldName<Field>[],
  { headingLine, columns }: TableLayout,
): Layout<Field> {
  const chosen = new Map<Field, number>();
  for (const { field } of fields) {
    const column = columns[field];
    if (column !== undefined) chosen.set(field, column);
  }
  const missing = fields.filter(({ field, isNeeded }) => isNeeded && !chosen.has(field));
  if (missing.length > 0) {
    throw new AppError('IMPORT_COLUMNS_MISSING', { columns: missing.map(({ label }) => label).join('、') });
  }
  return { headingLine, columns: chosen };
}

/** The notice around its timetable, when a whole notice was pasted; else "". */
export async function noticeIn(
  world: World,
  { pieces }: TableImport,
  file: TableFile,
  { headingLine }: TableLayout,
): Promise<string> {
  if (file.kind !== 'text') return '';
  return noticeAround(decodeText(await keptBytes(world, pieces)), headingLine);
}
