import { pastedRows } from '../../../shared/domain/pasted-table';
import { type TableFile, type TableLimits, TableRefused } from './table-file';

/** A csv file or pasted text as a table of one sheet. @throws TableRefused for what is no text */
export function openText(
  bytes: Buffer,
  isHeading: (cells: string[]) => boolean,
  limits: TableLimits,
): TableFile {
  const text = decodeText(bytes);
  if (WEB_PAGE.test(text.slice(0, 2_000))) {
    const reason =
      '这是网页格式的表格（有些系统导出的 .xls 就是），请用 Excel 或 WPS 打开，另存为“.xlsx”后再上传';
    throw new TableRefused('web_page', reason);
  }
  return {
    kind: 'text',
    sheets: [{ name: '表格', isHidden: false }],
    async *rows() {
      let count = 0;
      for (const row of pastedRows(text, isHeading)) {
        count += 1;
        if (count > limits.rows) throw tooManyRows(limits);
        // Between thousands of rows other requests get their turn.
        if (count % 1_000 === 0) await new Promise(setImmediate);
        yield row;
      }
    },
  };
}

export const tooManyRows = ({ rows }: TableLimits): TableRefused =>
  new TableRefused('too_many_rows', `表格超过 ${rows} 行，请分成几份导入`);

/**
 * UTF-8 with or without its mark, UTF-16 with one (Excel's "Unicode text"), else GB18030: what Excel in Chinese Windows
 * saves as csv.
 *
 * @throws TableRefused when it is no text at all
 */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, 8_192).includes(0)) throw unknown();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: then it must be the other one.
  }
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unknown(cause);
  }
}

const WEB_PAGE = /^\s*(<\?xml|<!doctype|<html|<table|<head|<style|\{\\rtf)/i;

const unknown = (cause?: unknown): TableRefused =>
  new TableRefused('unknown', '认不出这是什么文件，请选择 .xlsx 或 .csv 表格', { cause });
