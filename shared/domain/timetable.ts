import { type GridRow, isFilled, readPastedTable } from './pasted-table';
import { problemList } from './row-problems';
import { MOST_ROWS, TimetableReader } from './timetable-reader';
import {
  columnsOf,
  isHeader,
  notARow,
  type TimetableColumn,
  type TimetableOptions,
  type TimetableProblemCode,
  type TimetableReading,
} from './timetable-row';

export type { TimetableOptions, TimetableReading, TimetableRow } from './timetable-row';

/** Reads a pasted timetable (see `readPastedTable` for the forms). Whatever the text is, it never throws. */
export function parseTimetable(text: string, options: TimetableOptions = {}): TimetableReading {
  return readTimetable(
    readPastedTable(text, (cells) => isHeader(columnsOf(cells))),
    options,
  );
}

/** Reads a timetable whose cells are already apart, as a spreadsheet file gives them. */
export function readTimetable(grid: readonly GridRow[], options: TimetableOptions = {}): TimetableReading {
  const { layout } = options;
  const start = layout
    ? grid.findIndex(({ line }) => line > layout.headingLine)
    : grid.findIndex(({ cells }) => isHeader(columnsOf(cells)));
  if (start < 0) return noTimetable(grid);
  const reader = new TimetableReader(options);
  for (const row of grid.slice(start, start + MOST_ROWS)) {
    const { cells, isLast } = cutAtAppendix(row.cells);
    reader.read({ ...row, cells });
    if (isLast) return reader.result();
  }
  const next = grid[start + MOST_ROWS];
  if (next) reader.stopBefore(next);
  return reader.result();
}

function noTimetable(grid: readonly GridRow[]): TimetableReading {
  const problems = problemList<TimetableColumn, TimetableProblemCode>();
  problems.add({
    line: grid[0]?.line ?? 1,
    code: 'header_missing',
    severity: 'error',
    message: '没有找到表头，请连同“专业、人数、时间”这一行一起粘贴',
    text: '',
  });
  for (const row of grid) {
    if (row.cells.some(isFilled)) problems.add(notARow(row, 'error'));
  }
  return { rows: [], problems: problems.all() };
}

/** In the notice 附件2 follows the last row without a break, even inside its last cell. */
function cutAtAppendix(cells: readonly string[]): { cells: string[]; isLast: boolean } {
  const index = cells.findIndex((cell) => APPENDIX.test(cell));
  const cell = cells[index];
  if (cell === undefined) return { cells: [...cells], isLast: false };
  const rest = cell.replace(APPENDIX, '$1');
  return { cells: [...cells.slice(0, index), ...(rest === '' ? [] : [rest])], isLast: true };
}

// At the start of a cell or right behind a time, and with a colon: a remark 见附件2 ends nothing.
const APPENDIX = /(^|[0-9０-９])\s*附件\s*[0-9０-９一二三四五六七八九十]\s*[:：][\s\S]*/;
