import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse/sync';
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
  try {
    for await (const piece of piecesOf(content)) {
      const rows: Row[] = [];
      for (const line of piece) {
        if (isComplete) throw refuseBill('汇总行之后还有内容');
        const isHeader = !line[0]?.startsWith('`');
        if (isHeader && footerHeader) throw refuseBill('文件不完整，缺少汇总行');
        if (isHeader && rowOf) {
          footerHeader = headerOf(line);
          if (!footerHeader.optional(layout.footerColumn)) throw refuseBill(RESAVED);
          width = line.length;
        } else if (isHeader) {
          rowOf = layout.details(headerOf(line));
          width = line.length;
        } else if (footerHeader) {
          layout.footer(footerHeader, whole(line, width));
          isComplete = true;
        } else if (rowOf) {
          rows.push(rowOf(whole(line, width)));
        } else {
          throw refuseBill('第一行不是表头');
        }
      }
      if (rows.length > 0) yield rows;
    }
  } catch (cause) {
    throw cause instanceof CsvError ? refuseBill('不是微信的账单文件', cause) : cause;
  }
  if (!isComplete) throw refuseBill('文件不完整，缺少汇总行');
}

/**
 * Values are not quoted, so a line of the file is a line of the table: pieces of whole lines are parsed at once, which
 * costs half of what the parser costs as a stream of its own.
 */
async function* piecesOf(content: Readable): AsyncGenerator<string[][]> {
  for await (const piece of wholeLines(content)) yield parse(piece, FORMAT);
}

const FORMAT = {
  bom: true,
  quote: false,
  relax_column_count: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n'],
  max_record_size: LONGEST_LINE,
};
/** Long enough to share the cost of a piece, short enough for others to have their turn. */
const PIECE_BYTES = 131_072;
const LINE_END = 0x0a;

async function* wholeLines(content: Readable): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of content as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    if (rest.length < PIECE_BYTES) continue;
    const end = rest.lastIndexOf(LINE_END) + 1;
    if (end === 0) throw refuseBill('不是微信的账单文件');
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
      return (cell.startsWith('`') ? cell.slice(1) : cell).trim();
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

const plainName = (name: string) => name.trim().replace('（', '(').replace('）', ')');

/**
 * Values are not quoted, so a comma in a product's name looks like a further column; the backtick tells the two apart.
 */
function whole(line: Cells, width: number): Cells {
  if (line.length <= width) return line;
  const cells: string[] = [];
  for (const cell of line) {
    if (cell.startsWith('`')) cells.push(cell);
    else cells.push(`${cells.pop() ?? ''},${cell}`);
  }
  if (cells.length > width) throw refuseBill('有一行的列数多于表头');
  return cells;
}
