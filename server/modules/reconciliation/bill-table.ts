import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
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
/** Rows handed on at a time: the cost of asynchronous steps is shared by them. */
const BATCH = 1_000;
/** No line of a bill is a tenth of this; without a limit a file without line ends would be read into memory. */
const LONGEST_LINE = 65_536;

/**
 * Streams WeChat's bill format: a BOM, CRLF, a backtick before every value, a header for the details, another one for
 * the footer. Ends well only after a footer that the layout accepts.
 *
 * @throws AppError BILL_REFUSED when the file is cut short, goes on after its footer, or is no bill
 */
export async function* readBill<Row>(content: Readable, layout: BillLayout<Row>): AsyncGenerator<Row[]> {
  const parser = parse({
    bom: true,
    quote: false,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: LONGEST_LINE,
  });
  // Whichever of the two fails or is left takes the other one along; the loop below meets the failure.
  pipeline(content, parser, () => undefined);

  let rowOf: ((cells: Cells) => Row) | undefined;
  let width = 0;
  let footerHeader: Header | undefined;
  let isComplete = false;
  let batch: Row[] = [];
  try {
    for await (const line of parser as AsyncIterable<string[]>) {
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
        batch.push(rowOf(whole(line, width)));
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      } else {
        throw refuseBill('第一行不是表头');
      }
    }
  } catch (cause) {
    throw cause instanceof CsvError ? refuseBill('不是微信的账单文件', cause) : cause;
  }
  if (!isComplete) throw refuseBill('文件不完整，缺少汇总行');
  if (batch.length > 0) yield batch;
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
