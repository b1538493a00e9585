import { cellAt } from './xlsx-text';

/** Cells merged into one; all ends inclusive, from 0. */
interface Merge {
  top: number;
  bottom: number;
  left: number;
  right: number;
  value: string;
}

/**
 * The merged cells of a sheet. They stand at its end, behind all rows: the part is unpacked once to find them, without
 * reading its XML.
 *
 * @param most so many at most; the rest are left as they are
 */
export async function findMerges(pieces: AsyncIterable<Buffer>, most: number): Promise<Merges> {
  const merges: Merge[] = [];
  let tail = '';
  let found = false;
  for await (const piece of pieces) {
    tail += piece.toString('latin1');
    found ||= MERGES.test(tail);
    if (found) {
      for (const [, from = '', to = ''] of tail.matchAll(MERGE)) {
        const merge = between(from, to);
        if (merge && merges.length < most) merges.push(merge);
      }
    }
    // A tag may be cut in two between pieces.
    tail = tail.slice(Math.max(tail.lastIndexOf('<'), tail.length - LONGEST_TAG));
  }
  return new Merges(merges);
}

const MERGES = /<(?:\w+:)?mergeCells[\s>]/;
const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="(\$?[A-Z]+\$?\d+):(\$?[A-Z]+\$?\d+)"[^>]*>/g;
const LONGEST_TAG = 200;

function between(from: string, to: string): Merge | undefined {
  const [one, other] = [cellAt(from), cellAt(to)];
  if (!one || !other || other.row < one.row || other.column < one.column) return undefined;
  return { top: one.row, bottom: other.row, left: one.column, right: other.column, value: '' };
}

/**
 * Lets the value of a merged cell stand in all the cells it covers, as a reader of the sheet sees it. A row that is
 * nothing but one merged cell is a line of text across the table: it stands once.
 */
export class Merges {
  private readonly waiting: Merge[];
  private open: Merge[] = [];

  constructor(merges: readonly Merge[]) {
    this.waiting = [...merges].sort((a, b) => b.top - a.top);
  }

  /**
   * For rows in rising order.
   *
   * @param row from 0
   * @param cells what the row itself holds; changed in place
   */
  spread(row: number, cells: string[], columns: number): void {
    if (this.waiting.length === 0 && this.open.length === 0) return;
    this.open = this.open.filter(({ bottom }) => bottom >= row);
    for (let next = this.waiting.at(-1); next && next.top <= row; next = this.waiting.at(-1)) {
      this.waiting.pop();
      if (next.bottom < row) continue;
      if (next.top === row) next.value = cells[next.left] ?? '';
      this.open.push(next);
    }
    const banner = this.open.find((merge) => merge.top === row && isAlone(cells, merge.left));
    for (const { left, right, value, top } of this.open) {
      if (value === '' || (banner && top === row)) continue;
      for (let column = left; column <= Math.min(right, columns - 1); column += 1) cells[column] = value;
    }
  }
}

const isAlone = (cells: readonly string[], column: number): boolean =>
  cells.every((cell, index) => index === column || (cell ?? '').trim() === '');
