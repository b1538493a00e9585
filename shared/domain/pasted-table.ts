/** One row of a table, with the 1-based line of the text it begins on. */
export interface GridRow {
  line: number;
  cells: string[];
}

/**
 * Finds the rows of a table in pasted text, in whichever of three forms it arrived:
 *
 * - cells separated by tabs (copied from Word, WPS or Excel, with Excel's quotes),
 * - comma-separated values,
 * - one cell a line and a blank line between rows (a Word document saved as text).
 *
 * The form is the one in which `isHeader` recognises a row. Rows without any content are left out. Linear in the length
 * of the text; never throws.
 */
export function readPastedTable(text: string, isHeader: (cells: string[]) => boolean): GridRow[] {
  const lines = text.split(LINE_END);
  for (const separator of ['\t', ',']) {
    const hasHeader = lines.some(
      (line) =>
        line.length < LONGEST_HEADER_LINE &&
        line.includes(separator, 1) &&
        isHeader(line.split(separator).map((cell) => cell.replace(/^"|"$/g, ''))),
    );
    if (hasHeader) return splitSeparated(text, separator);
  }
  return splitLinePerCell(lines);
}

/** Whether a cell holds more than white space (a lone U+3000 is how Word tables write "empty"). */
export function isFilled(cell: string): boolean {
  return /\S/.test(cell);
}

const LINE_END = /\r\n|\n|\r/;
const LONGEST_HEADER_LINE = 2000;
// No cell of a timetable is longer; a stray quote must not swallow the rows after it.
const LONGEST_QUOTED_CELL = 500;

function splitLinePerCell(lines: readonly string[]): GridRow[] {
  const rows: GridRow[] = [];
  let current: GridRow | undefined;
  lines.forEach((line, index) => {
    // A tab or an ideographic space alone is an empty cell; nothing at all ends the row.
    if (/^ *$/.test(line)) {
      current = undefined;
      return;
    }
    if (!current) {
      current = { line: index + 1, cells: [] };
      rows.push(current);
    }
    current.cells.push(line.replace(/^\t/, ''));
  });
  return rows;
}

function splitSeparated(text: string, separator: string): GridRow[] {
  const rows: GridRow[] = [];
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
    if (row.cells.some(isFilled)) rows.push(row);
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    row = { line, cells: [] };
  }
  return rows;
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
