import type { Columns } from './headings';
import type { GridRow } from './pasted-table';
import { excerpt } from './text';

/** A row with a problem as it stands, its cells by field. */
export interface TroubledRow {
  line: number;
  cells: Record<string, string>;
}

/** The cells of a row by field, shortened, long numbers masked: for showing what is wrong in its place. */
export function troubledRow<Field extends string>(row: GridRow, columns: Columns<Field>): TroubledRow {
  const cells: Record<string, string> = {};
  for (const [field, index] of columns) cells[field] = shownCell(row.cells[index] ?? '');
  return { line: row.line, cells };
}

/** Document numbers are not needed to tell what a column or a row is about. */
export const shownCell = (cell: string): string =>
  excerpt(cell.replace(/\s+/g, ' ').trim(), 40).replace(
    /\d{15,17}[\dXx]/g,
    (number) => `${number.slice(0, 3)}…${number.slice(-2)}`,
  );
