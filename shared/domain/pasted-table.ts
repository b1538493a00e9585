/** One row of a table, with the 1-based line of the text (or of the sheet) it begins on. */
export interface GridRow {
  line: number;
  cells: string[];
  /** What a spreadsheet did to its cells, by column from 0 */
  flaws?: ReadonlyMap<number, CellFlaw>;
}

/**
 * - digits_lost: a number of more than 15 digits, the others replaced by zeros
 * - formula_error: #N/A, #REF! …
 * - formula_without_value: a formula that nobody has computed yet
 */
export type CellFlaw = 'digits_lost' | 'formula_error' | 'formula_without_value';

/** All rows of `pastedRows`. */
export function readPastedTable(text: string, isHeader: (cells: string[]) => boolean): GridRow[] {
  return [...pastedRows(text, isHeader)];
}

/**
 * Finds the rows of a table in pasted text, in whichever of three forms it arrived:
 *
 * - cells separated by tabs (copied from Word, WPS or Excel, with Excel's quotes),
 * - values separated by commas or semicolons,
 * - one cell a line and a blank line between rows (a Word document saved as text).
 *
 * The form is the one in which `isHeader` recognises a row; when none does, what most of the first lines look like. Rows
 * without any content are left out. Linear in the length of the text; never throws.
 */
export function pastedRows(text: string, isHeader: (cells: string[]) => boolean): Iterable<GridRow> {
  const separator = separatorOf(text, isHeader);
  return separator === undefined ? splitLinePerCell(text) : splitSeparated(text, separator);
}

const SEPARATORS = ['\t', ',', ';'] as const;

function separatorOf(text: string, isHeader: (cells: string[]) => boolean): string | undefined {
  for (const separator of SEPARATORS) {
    for (const { line, number } of linesOf(text)) {
      if (number > LAST_HEADER_LINE) break;
      const mayBeHeader = line.length < LONGEST_HEADER_LINE && line.includes(separator, 1);
      if (mayBeHeader && isHeader(line.split(separator).map((cell) => cell.replace(/^"|"$/g, '')))) {
        return separator;
      }
    }
  }
  return separatorInMost(text);
}

/** A table whose headings nobody knows: its user says which column is which. */
function separatorInMost(text: string): string | undefined {
  const first: string[] = [];
  for (const { line } of linesOf(text)) {
    if (isFilled(line)) first.push(line);
    if (first.length === LINES_LOOKED_AT) break;
  }
  return SEPARATORS.find(
    (separator) =>
      first.length > 1 && first.filter((line) => line.includes(separator, 1)).length > first.length * 0.8,
  );
}

/** Whether a cell holds more than white space (a lone U+3000 is how Word tables write "empty"). */
export function isFilled(cell: string): boolean {
  return /\S/.test(cell);
}

const LINE_END = /\r\n|\n|\r/;
// A notice has a page or two of text before its table.
const LAST_HEADER_LINE = 5_000;
const LINES_LOOKED_AT = 30;
const LONGEST_HEADER_LINE = 2000;
// No cell of a timetable is longer; a stray quote must not swallow the rows after it.
const LONGEST_QUOTED_CELL = 500;

function* linesOf(text: string): Generator<{ line: string; number: number }> {
  const end = /\r\n|\n|\r/g;
  let start = 0;
  for (let number = 1; start <= text.length; number += 1) {
    end.lastIndex = start;
    const match = end.exec(text);
    yield { line: text.slice(start, match?.index), number };
    start = match ? match.index + match[0].length : text.length + 1;
  }
}

function* splitLinePerCell(text: string): Generator<GridRow> {
  let current: GridRow | undefined;
  for (const { line, number } of linesOf(text)) {
    // A tab or an ideographic space alone is an empty cell; nothing at all ends the row.
    if (/^ *$/.test(line)) {
      if (current) yield current;
      current = undefined;
      continue;
    }
    current ??= { line: number, cells: [] };
    current.cells.push(line.replace(/^\t/, ''));
  }
  if (current) yield current;
}

function* splitSeparated(text: string, separator: string): Generator<GridRow> {
  let row: GridRow = { line: 1, cells: [] };
  let line = 1;
  let at = 0;
  while (at <= text.length) {
    const cell = readCell(text, at, separator);
    row.cells.push(cell.text);
    line += countLineEnds(cell.text);
    at = cell.end;
    if (text.charAt(at) === separator) {
      at += 1;
      continue;
    }
    if (row.cells.some(isFilled)) yield row;
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    row = { line, cells: [] };
  }
}

function readCell(text: string, start: number, separator: string): { text: string; end: number } {
  const quoted = text.charAt(start) === '"' ? readQuotedCell(text, start, separator) : undefined;
  if (quoted) return quoted;
  let end = start;
  while (end < text.length && !isCellEnd(text.charAt(end), separator)) end += 1;
  return { text: text.slice(start, end), end };
}

/** Undefined when the quote does not enclose exactly one cell: then it is an ordinary character. */
function readQuotedCell(
  text: string,
  start: number,
  separator: string,
): { text: string; end: number } | undefined {
  const limit = Math.min(text.length, start + LONGEST_QUOTED_CELL);
  for (let at = start + 1; at < limit; at++) {
    if (text.charAt(at) !== '"') continue;
    if (text.charAt(at + 1) === '"') {
      at += 1;
      continue;
    }
    const end = at + 1;
    const closes = end === text.length || isCellEnd(text.charAt(end), separator);
    return closes ? { text: text.slice(start + 1, at).replace(/""/g, '"'), end } : undefined;
  }
  return undefined;
}

function isCellEnd(character: string, separator: string): boolean {
  return character === separator || character === '\n' || character === '\r';
}

function countLineEnds(text: string): number {
  return text.split(LINE_END).length - 1;
}
