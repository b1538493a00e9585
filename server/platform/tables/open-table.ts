import { type RefusedBecause, TABLE_LIMITS, type TableFile, TableRefused } from './table-file';
import { openText } from './text-table';
import { openXlsx } from './xlsx-file';

/**
 * Opens what somebody uploaded or pasted, by what it is and not by its name.
 *
 * @param isHeading whether cells are the heading row; text is split by tabs, commas or lines, whichever yields one
 * @throws TableRefused with what it is instead of a table, and what to do
 */
export async function openTable(
  bytes: Buffer,
  isHeading: (cells: string[]) => boolean,
  limits = TABLE_LIMITS,
): Promise<TableFile> {
  if (bytes.length === 0) throw new TableRefused('empty', '文件是空的，请检查后重新选择');
  if (bytes.length > limits.fileBytes) {
    const most = Math.floor(limits.fileBytes / 1024 / 1024);
    throw new TableRefused('too_large', `文件超过 ${most} MB，请删掉图片和多余的工作表，或分成几份导入`);
  }
  if (startsWith(bytes, ZIP)) return openXlsx(bytes, limits);
  const other = OTHERS.find(({ signature }) => startsWith(bytes, signature));
  if (other) throw new TableRefused(other.because, other.reason);
  return openText(bytes, isHeading, limits);
}

const ZIP = [0x50, 0x4b];

const OTHERS: readonly { signature: readonly number[]; because: RefusedBecause; reason: string }[] = [
  {
    signature: [0xd0, 0xcf, 0x11, 0xe0],
    because: 'old_excel_or_password',
    reason: '这是旧版 .xls 或加了密码的文件，请用 Excel 或 WPS 打开，另存为“.xlsx”（不设密码）后再上传',
  },
  {
    signature: [0x25, 0x50, 0x44, 0x46],
    because: 'pdf',
    reason: '这是 PDF，请导入原来的 Excel 表格，或把表格复制后粘贴',
  },
  { signature: [0x89, 0x50, 0x4e, 0x47], because: 'image', reason: '这是图片，请导入原来的 Excel 表格' },
  { signature: [0xff, 0xd8, 0xff], because: 'image', reason: '这是图片，请导入原来的 Excel 表格' },
  { signature: [0x47, 0x49, 0x46, 0x38], because: 'image', reason: '这是图片，请导入原来的 Excel 表格' },
  { signature: [0x52, 0x61, 0x72, 0x21], because: 'archive', reason: '这是压缩包，请解压后上传里面的表格' },
  { signature: [0x37, 0x7a, 0xbc, 0xaf], because: 'archive', reason: '这是压缩包，请解压后上传里面的表格' },
];

const startsWith = (bytes: Buffer, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);
