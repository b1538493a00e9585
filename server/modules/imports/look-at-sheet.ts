import type { SheetView, TableLayout } from '../../../shared/contract/imports';
import type { GridRow } from '../../../shared/domain/pasted-table';
import {
  isHeader as isRosterHeader,
  ROSTER_FIELDS,
  columnsOf as rosterColumns,
} from '../../../shared/domain/roster-row';
import { guessLayout } from '../../../shared/domain/table-layout';
import {
  isHeader as isTimetableHeader,
  TIMETABLE_FIELDS,
  columnsOf as timetableColumns,
} from '../../../shared/domain/timetable-row';
import { shownCell } from '../../../shared/domain/troubled-rows';
import type { TableFile } from '../../platform/tables/table-file';
import { orRefused } from './kept-file';
import type { TableImport } from './model';

type Kind = TableImport['kind'];

export const fieldsOf = (kind: Kind) => (kind === 'roster' ? ROSTER_FIELDS : TIMETABLE_FIELDS);

// A whole pasted notice has a page or two of text above its table.
const ROWS_LOOKED_AT = 300;
const ROWS_SHOWN = 9;

/** The sheet that is meant: the first visible one with headings that are known, else the first visible one. */
export async function lookAtFile(kind: Kind, file: TableFile): Promise<SheetView> {
  const visible = file.sheets.flatMap(({ isHidden }, index) => (isHidden ? [] : [index]));
  for (const sheet of visible) {
    const view = await lookAtSheet(kind, file, sheet);
    if (view.isRecognised) return view;
  }
  return lookAtSheet(kind, file, visible[0] ?? 0);
}

/** The first rows of a sheet from its headings on, and which column seems to be what. @throws AppError TABLE_REFUSED */
export async function lookAtSheet(kind: Kind, file: TableFile, sheet: number): Promise<SheetView> {
  const rows = await orRefused(firstRows(file, sheet));
  const { headingLine, columns, isRecognised } = layoutOf(kind, rows);
  const start = rows.findIndex(({ line }) => line >= headingLine);
  const layout: TableLayout = { sheet, headingLine, columns: Object.fromEntries(columns) };
  return {
    layout,
    isRecognised,
    rows: rows.slice(Math.max(0, start), start + ROWS_SHOWN).map(({ line, cells }) => ({
      line,
      cells: cells.slice(0, MOST_COLUMNS).map(shownCell),
    })),
  };
}

const MOST_COLUMNS = 60;

function layoutOf(kind: Kind, rows: readonly GridRow[]) {
  return kind === 'roster'
    ? guessLayout(rows, rosterColumns, isRosterHeader)
    : guessLayout(rows, timetableColumns, isTimetableHeader);
}

async function firstRows(file: TableFile, sheet: number): Promise<GridRow[]> {
  const rows: GridRow[] = [];
  for await (const row of file.rows(sheet)) {
    rows.push(row);
    if (rows.length === ROWS_LOOKED_AT) break;
  }
  return rows;
}
