import type { Readable } from 'node:stream';
import { AppError } from '../../errors';

type Cells = readonly string[];
/** Reads one column of a line. @throws AppError BILL_REFUSED when the line ends before it */
export type Column = (cells: Cells) => string;

/** A header line: columns are found by name, because their number and order vary with bill types and years. */
export interface Header {
  /** @throws AppError BILL_REFUSED when there is no such column */
  column(name: string): Column;
  optional(name: string): Column | undefined;
}

/** What a kind of bill makes of its lines. */
export interface BillLayout<Row> {
  /** A column that only the footer's header has. */
  footerColumn: string;
  details(header: Header): (cells: Cells) => Row;
  /** Called once, after every detail line. @throws AppError BILL_REFUSED when it disagrees with them */
  footer(header: Header, cells: Cells): void;
}

export const refuseBill = (reason: string, cause?: unknown) =>
  new AppError('BILL_REFUSED', { reason }, { cause });

const RESAVED = '有一行没有反引号前缀，文件可能被表格软件另存过，请使用微信的原始文件';
/** No line of a bill is a tenth of this; without a limit a file without line ends would be read into memory. */
const LONGEST_LINE = 65_536;

/**
 * Streams WeChat's bill format: a BOM, CRLF, a backtick before every value, a header for the details, another one for
 * the footer. Ends well only after a footer that the layout accepts.
 *
 * @throws AppError BILL_REFUSED when the file is cut short, goes on after its footer, or is no bill
 */
export async function* readBill<Row>(content: Readable, layout: BillLayout<Row>): AsyncGenerator<Row[]> {
  let rowOf: ((cells: Cells) => Row) | undefined;
  let width = 0;
  let footerHeader: Header | undefined;
  let isComplete = false;
  for await (const lines of linesOf(content)) {
    const rows: Row[] = [];
    for (const line of lines) {
      if (line === '') continue;
      if (isComplete) throw refuseBill('汇总行之后还有内容');
      const isHeader = !line.startsWith('`');
      if (isHeader && footerHeader) throw refuseBill('文件不完整，缺少汇总行');
      if (isHeader) {
        const names = line.split(',');
        width = names.length;
        if (rowOf) {
          footerHeader = headerOf(names);
          if (!footerHeader.optional(layout.footerColumn)) throw refuseBill(RESAVED);
        } else {
          rowOf = layout.details(headerOf(names));
        }
      } else if (footerHeader) {
        layout.footer(footerHeader, cellsOf(line, width));
        isComplete = true;
      } else if (rowOf) {
        rows.push(rowOf(cellsOf(line, width)));
      } else {
        throw refuseBill('第一行不是表头');
      }
    }
    if (rows.length > 0) yield rows;
  }
  if (!isComplete) throw refuseBill('文件不完整，缺少汇总行');
}

/** Long enough to share the cost of a piece, short enough for others to have their turn. */
const PIECE_BYTES = 131_072;
const LINE_END = 0x0a;

/** Values are not quoted, so a line of the file is a line of the table. */
async function* linesOf(content: Readable): AsyncGenerator<string[]> {
  let isFirst = true;
  for await (const piece of wholeLines(content)) {
    const text = piece.toString('utf8');
    const lines = (isFirst && text.startsWith(BOM) ? text.slice(1) : text).split(LINE_ENDS);
    isFirst = false;
    if (lines.some((line) => line.length > LONGEST_LINE)) throw refuseBill(NO_BILL);
    yield lines;
  }
}

const BOM = '\ufeff';
const LINE_ENDS = /\r?\n/;
const NO_BILL = '不是微信的账单文件';

async function* wholeLines(content: Readable): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of content as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    if (rest.length < PIECE_BYTES) continue;
    const end = rest.lastIndexOf(LINE_END) + 1;
    if (end === 0) throw refuseBill(NO_BILL);
    yield rest.subarray(0, end);
    rest = rest.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

function headerOf(line: readonly string[]): Header {
  const positions = new Map(line.map((name, position) => [plainName(name), position]));
  const at =
    (position: number): Column =>
    (cells) => {
      const cell = cells[position];
      if (cell === undefined) throw refuseBill('文件不完整，有一行缺列');
      return isPadded(cell) ? cell.trim() : cell;
    };
  return {
    column(name) {
      const position = positions.get(name);
      if (position !== undefined) return at(position);
      throw refuseBill(`缺少“${name}”一列，可能不是微信的原始文件或选错了账单类型`);
    },
    optional(name) {
      const position = positions.get(name);
      return position === undefined ? undefined : at(position);
    },
  };
}

/** Asked first, because hardly any value is and trimming is dear. */
const isPadded = (cell: string) => cell.charCodeAt(0) <= SPACE || cell.charCodeAt(cell.length - 1) <= SPACE;
const SPACE = 0x20;

const plainName = (name: string) => name.trim().replace('（', '(').replace('）', ')');

/**
 * The values of a line, without their backticks. They are not quoted: a comma in a product's name is told from the one
 * between two columns by the backtick that follows.
 */
function cellsOf(line: string, width: number): Cells {
  const cells = line.slice(1).split(',`');
  return cells.length === width ? cells : partlyTicked(line, width);
}

/** A line in which not every value has its backtick. */
function partlyTicked(line: string, width: number): Cells {
  const parts = line.split(',');
  if (parts.length <= width) return parts.map(plainCell);
  const cells: string[] = [];
  for (const part of parts) {
    if (part.startsWith('`')) cells.push(part);
    else cells.push(`${cells.pop() ?? ''},${part}`);
  }
  if (cells.length > width) throw refuseBill('有一行的列数多于表头');
  return cells.map(plainCell);
}

const plainCell = (cell: string) => (cell.startsWith('`') ? cell.slice(1) : cell);
