import { compact } from './text';

/** Which column of a table holds which field. */
export type Columns<Field extends string> = ReadonlyMap<Field, number>;

/** How people name a column, by field. */
export type Spellings<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/**
 * Recognises a heading row by the names in it, in any order. `*姓 名（必填）：` is 姓名. The first column of a name wins.
 */
export function recogniseHeadings<Field extends string>(
  cells: readonly string[],
  fieldOf: ReadonlyMap<string, Field>,
): Columns<Field> {
  const columns = new Map<Field, number>();
  cells.slice(0, MOST_COLUMNS).forEach((cell, index) => {
    const field = fieldOf.get(normaliseHeading(cell));
    if (field !== undefined && !columns.has(field)) columns.set(field, index);
  });
  return columns;
}

/** Turns spellings around for `recogniseHeadings`. */
export function headingTable<Field extends string>(spellings: Spellings<Field>): ReadonlyMap<string, Field> {
  const table = new Map<string, Field>();
  for (const field in spellings) {
    for (const spelling of spellings[field]) table.set(normaliseHeading(spelling), field);
  }
  return table;
}

const MOST_COLUMNS = 100;
const LONGEST_HEADING = 40;

function normaliseHeading(cell: string): string {
  if (cell.length > LONGEST_HEADING) return '';
  return compact(cell)
    .replace(/\([^()]*\)/g, '')
    .replace(/[*:_"'.]/g, '')
    .toLowerCase();
}
