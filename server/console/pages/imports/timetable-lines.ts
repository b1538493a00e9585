import type { RowProblem } from '../../../../shared/contract/campaigns';
import type { TimetableImportPreview } from '../../../../shared/contract/imports';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { groupBy } from '../../parts/group-by';
import { dayName } from '../../words/format';

const CELLS = ['time', 'room', 'major', 'training', 'headcount', 'remark'] as const;
export type Cell = (typeof CELLS)[number];

/** One line of the preview: as it was understood, or as it stands in the table when it was not. */
export interface TimetableLine {
  line: number;
  isTaken: boolean;
  cells: Readonly<Record<Cell, string>>;
  /** What is wrong, cell by cell; what concerns no cell is at `major`, the first that people look at. */
  problems: ReadonlyMap<Cell, readonly RowProblem[]>;
  worst: RowProblem['severity'] | null;
}

/** Every taken row and every line with a problem, in the order of the table. */
export function timetableLines(preview: TimetableImportPreview): TimetableLine[] {
  const problems = groupBy(preview.problems, ({ line }) => line);
  const taken = new Map(preview.rows.map((row) => [row.line, row]));
  const written = new Map(preview.troubled.map(({ line, cells }) => [line, asWritten(cells)]));
  const numbers = [...new Set([...taken.keys(), ...problems.keys()])].sort((a, b) => a - b);
  return numbers.map((line) => {
    const row = taken.get(line);
    const found = problems.get(line) ?? [];
    return {
      line,
      isTaken: row !== undefined,
      cells: row ? understood(row) : (written.get(line) ?? { ...EMPTY, major: found[0]?.text ?? '' }),
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

const understood = (row: TimetableImportPreview['rows'][number]): Record<Cell, string> => ({
  time: `${dayName(row.day)} ${row.startsAt}–${row.endsAt}`,
  room: `${row.building}${row.room}`,
  major: row.major,
  training: row.trainings.map((training) => TRAINING_LABELS[training]).join('、'),
  headcount: String(row.headcount),
  remark: row.remark,
});

function asWritten(cells: Readonly<Record<string, string>>): Record<Cell, string> {
  const at = (...fields: string[]) =>
    fields
      .map((field) => cells[field] ?? '')
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
