import type { Columns } from './headings';
import { type GridRow, isFilled } from './pasted-table';

/** Where the headings of a table stand, and which column holds what. */
export interface Layout<Field extends string> {
  /** Rows up to this line hold no data; 0 when there is no heading. */
  headingLine: number;
  columns: Columns<Field>;
}

/** A field that a column can be, as people call it. */
export interface FieldName<Field extends string> {
  field: Field;
  label: string;
  /** Without it nothing can be imported. */
  isNeeded?: true;
}

/**
 * Guesses the layout from the first rows: the row that `isHeader` accepts, else the one with most headings that are
 * known, else the first row with several cells. The user may say otherwise.
 */
export function guessLayout<Field extends string>(
  rows: readonly GridRow[],
  columnsOf: (cells: readonly string[]) => Columns<Field>,
  isHeader: (columns: Columns<Field>) => boolean,
): Layout<Field> & { isRecognised: boolean } {
  let best: GridRow | undefined;
  for (const row of rows) {
    const columns = columnsOf(row.cells);
    if (isHeader(columns)) return { headingLine: row.line, columns, isRecognised: true };
    if (columns.size > (best ? columnsOf(best.cells).size : 1)) best = row;
  }
  best ??= rows.find(({ cells }) => cells.filter(isFilled).length > 1);
  return best
    ? { headingLine: best.line, columns: columnsOf(best.cells), isRecognised: false }
    : { headingLine: 0, columns: new Map(), isRecognised: false };
}
