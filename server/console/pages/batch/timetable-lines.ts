import type { RowProblem, TimetablePreview } from '../../../../shared/contract/campaigns';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { type GridRow, readPastedTable } from '../../../../shared/domain/pasted-table';
import { columnsOf, isHeader, type TimetableColumn } from '../../../../shared/domain/timetable-row';
import { groupBy } from '../../parts/group-by';
import { dayName } from '../../words/format';

export const CELLS = ['time', 'room', 'major', 'training', 'headcount', 'remark'] as const;
export type Cell = (typeof CELLS)[number];

/** One line of the preview: as it was understood, or as it stood in the pasted text when it was not. */
export interface TimetableLine {
  line: number;
  isTaken: boolean;
  cells: Readonly<Record<Cell, string>>;
  /** What is wrong, cell by cell; what concerns no cell is at `major`, the first that people look at. */
  problems: ReadonlyMap<Cell, readonly RowProblem[]>;
  worst: RowProblem['severity'] | null;
}

/** Every taken row and every line with a problem, in the order of the pasted text. */
export function timetableLines(preview: TimetablePreview, text: string): TimetableLine[] {
  const problems = groupBy(preview.problems, ({ line }) => line);
  const taken = new Map(preview.rows.map((row) => [row.line, row]));
  const pasted = pastedCells(text);
  const numbers = [...new Set([...taken.keys(), ...problems.keys()])].sort((a, b) => a - b);
  return numbers.map((line) => {
    const row = taken.get(line);
    const found = problems.get(line) ?? [];
    return {
      line,
      isTaken: row !== undefined,
      cells: row ? understood(row) : (pasted.get(line) ?? { ...EMPTY, major: found[0]?.text ?? '' }),
      problems: groupBy(found, cellOf),
      worst: worstOf(found),
    };
  });
}

const EMPTY: Record<Cell, string> = {
  time: '',
  room: '',
  major: '',
  training: '',
  headcount: '',
  remark: '',
};

const understood = (row: TimetablePreview['rows'][number]): Record<Cell, string> => ({
  time: `${dayName(row.day)} ${row.startsAt}–${row.endsAt}`,
  room: `${row.building}${row.room}`,
  major: row.major,
  training: row.trainings.map((training) => TRAINING_LABELS[training]).join('、'),
  headcount: String(row.headcount),
  remark: row.remark,
});

/** The cells as they were pasted, under their headings; the same reading as the service's. */
function pastedCells(text: string): Map<number, Record<Cell, string>> {
  let columns = columnsOf([]);
  const lines = new Map<number, Record<Cell, string>>();
  for (const row of readPastedTable(text, (cells) => isHeader(columnsOf(cells)))) {
    const headings = columnsOf(row.cells);
    if (isHeader(headings)) columns = headings;
    else lines.set(row.line, cellsOf(row, columns));
  }
  return lines;
}

function cellsOf({ cells }: GridRow, columns: ReturnType<typeof columnsOf>): Record<Cell, string> {
  const at = (...names: TimetableColumn[]) =>
    names
      .map((name) => cells[columns.get(name) ?? -1]?.trim() ?? '')
      .filter((cell) => cell !== '')
      .join(' ');
  return {
    time: at('date', 'time', 'startsAt', 'endsAt'),
    room: at('room'),
    major: at('major'),
    training: '',
    headcount: at('headcount'),
    remark: at('remark', 'college'),
  };
}

const CELL_OF: ReadonlyMap<string, Cell> = new Map([
  ['date', 'time'],
  ['time', 'time'],
  ['startsAt', 'time'],
  ['endsAt', 'time'],
  ['room', 'room'],
  ['headcount', 'headcount'],
  ['remark', 'remark'],
  ['college', 'remark'],
]);

const cellOf = ({ column }: RowProblem): Cell => CELL_OF.get(column) ?? 'major';

function worstOf(problems: readonly RowProblem[]): RowProblem['severity'] | null {
  const worst = (['error', 'warning', 'info'] as const).find((level) =>
    problems.some(({ severity }) => severity === level),
  );
  return worst ?? null;
}
