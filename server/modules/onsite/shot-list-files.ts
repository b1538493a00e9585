import { shanghaiStamp } from '../../../shared/domain/time';
import type { Download } from '../../http/route';
import type { Column, Row } from '../../platform/tables/workbook';
import { writeXlsx } from '../../platform/tables/write-xlsx';

interface Table {
  columns: Column[];
  rows: Row[];
}

/** What Excel needs in order to read UTF-8. */
const BOM = '\ufeff';

export const shotListXlsx = (campaignName: string, { columns, rows }: Table): Download => ({
  name: `${campaignName} 拍摄名单.xlsx`,
  body: writeXlsx([{ name: '拍摄名单', title: [`${campaignName} 拍摄名单`], columns, rows }]),
});

export const shotListCsv = (campaignName: string, { columns, rows }: Table): Download => ({
  name: `${campaignName} 拍摄名单.csv`,
  body: Buffer.from(
    BOM + [columns.map(({ title }) => title), ...rows].map((row) => row.map(cellText).join(',')).join('\r\n'),
  ),
});

/** A tab before what Excel would take for a formula or a long number; quotes around what needs them. */
function cellText(cell: Row[number]): string {
  const value = cell !== null && typeof cell === 'object' && 'value' in cell ? cell.value : cell;
  if (value === null) return '';
  if (value instanceof Date) return shanghaiStamp(value);
  if (typeof value === 'number') return String(value);
  const safe = /^([=+\-@]|\d{11,}$)/.test(value) ? `\t${value}` : value;
  return /[",\r\n\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
