import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { AppError } from '../../errors';

/** One line of a bill, by the names of its header. */
export type BillLine = (column: string) => string;

export interface BillTable {
  /** Every detail line, in the file's order. */
  rows: AsyncIterable<BillLine>;
  /** The footer; only after all rows were read. @throws AppError BILL_REFUSED when the file has none */
  footer(): BillLine;
}

export const refuseBill = (reason: string, cause?: unknown) =>
  new AppError('BILL_REFUSED', { reason }, { cause });

/**
 * Reads WeChat's bill format as a stream: a BOM, CRLF, a backtick before every value, a header for the details and
 * another one for the footer. Columns are found by name, because they vary between bill types and years.
 *
 * @throws AppError BILL_REFUSED when the file is cut short or is no bill
 */
export function readBillTable(content: Readable): BillTable {
  const parser = content.pipe(
    parse({
      bom: true,
      quote: false,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    }),
  );
  content.once('error', (error) => parser.destroy(error));
  let footer: BillLine | undefined;

  async function* rows(): AsyncGenerator<BillLine> {
    let columns: ReadonlyMap<string, number> | undefined;
    let headers = 0;
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (!cells[0]?.startsWith('`')) {
        headers += 1;
        columns = new Map(cells.map((name, index) => [name.trim(), index]));
        continue;
      }
      if (!columns) throw refuseBill('第一行不是表头');
      const line = lineOf(columns, cells);
      if (headers === 1) yield line;
      else footer = line;
    }
  }
  return {
    rows: rows(),
    footer() {
      if (!footer) throw refuseBill('文件不完整，缺少汇总行');
      return footer;
    },
  };
}

function lineOf(columns: ReadonlyMap<string, number>, cells: readonly string[]): BillLine {
  return (column) => {
    const index = columns.get(column);
    if (index === undefined) throw refuseBill(`缺少“${column}”一列`);
    const cell = cells[index];
    if (cell === undefined) throw refuseBill('文件不完整，有一行缺列');
    return cell.replace(/^`/, '').trim();
  };
}
