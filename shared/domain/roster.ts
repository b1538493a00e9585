import { type AliasTable, aliasTable } from './majors';
import { type GridRow, isFilled, readPastedTable } from './pasted-table';
import { RosterReader } from './roster-reader';
import {
  columnsOf,
  isHeader,
  type RosterColumn,
  type RosterProblem,
  type RosterProblemCode,
  type RosterReading,
  type RosterRow,
} from './roster-row';
import { problemList } from './row-problems';

export type { GraduationType, RosterReading, RosterRow } from './roster-row';

export interface RosterOptions {
  aliases?: AliasTable;
  /** The first so many problems are listed (500) */
  problemLimit?: number;
}

/** Reads a roster pasted or as csv. Never throws. */
export function parseRoster(text: string, options: RosterOptions = {}): RosterReading {
  return readRoster(
    readPastedTable(text, (cells) => isHeader(columnsOf(cells))),
    options,
  );
}

/** Reads a roster whose cells are already apart, as a spreadsheet file gives them. */
export function readRoster(grid: readonly GridRow[], options: RosterOptions = {}): RosterReading {
  const start = grid.findIndex(({ cells }) => isHeader(columnsOf(cells)));
  const header = grid[start];
  const problems = problemList<RosterColumn, RosterProblemCode>(options.problemLimit);
  if (!header) {
    const message = '没有找到表头，请保留写着“姓名、学号、专业”的那一行';
    problems.add({ line: grid[0]?.line ?? 1, code: 'header_missing', severity: 'error', message, text: '' });
    return { rows: [], problems: problems.all() };
  }
  const columns = columnsOf(header.cells);
  if (!columns.has('major')) {
    const message = '名单缺少“专业”一列，请补上后重新导入';
    problems.add({
      line: header.line,
      column: 'major',
      code: 'column_missing',
      severity: 'error',
      message,
      text: '',
    });
    return { rows: [], problems: problems.all() };
  }
  const reader = new RosterReader(columns, options.aliases ?? aliasTable(), problems);
  const rows: RosterRow[] = [];
  for (const row of grid.slice(start + 1)) {
    const read = row.cells.some(isFilled) ? reader.read(row) : undefined;
    if (read) rows.push(read);
  }
  if (rows.length === 0 && !problems.hasErrors()) problems.add(noStudents(header.line));
  return { rows, problems: problems.all() };
}

export const noStudents = (line: number): RosterProblem => ({
  line,
  code: 'no_rows',
  severity: 'error',
  message: '表头下面没有任何学生，请检查文件',
  text: '',
});
