import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { daysBetween, shanghaiDay, shanghaiStamp } from '../../../shared/domain/time';
import type { Cell, Column, Kind, Row, Sheet, Tone, Value } from './workbook';
import { HEADING_STYLE, styleOf, stylesXml, TITLE_STYLE } from './xlsx-look';
import { columnName, xmlText } from './xlsx-text';

/**
 * A workbook as a stream, written while it is read: memory does not grow with the rows. Headings stay in sight, have a
 * filter and are repeated on every printed page; text is never taken for a number or a formula.
 *
 * @param sheets at least one
 * @returns the bytes of the xlsx file; the stream fails when a row's source does, or with RangeError for a value that
 * does not fit its column
 */
export function writeXlsx(sheets: readonly Sheet[]): Readable {
  const zip = new ZipFile();
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(xml), path, { mtime: EPOCH });
  const names = sheetNames(sheets);
  add('[Content_Types].xml', contentTypes(sheets.length));
  add('_rels/.rels', ROOT_RELATIONS);
  add('xl/workbook.xml', workbookXml(sheets, names));
  add('xl/_rels/workbook.xml.rels', workbookRelations(sheets.length));
  add('xl/styles.xml', stylesXml());
  const output = Readable.from(zip.outputStream, { objectMode: false });
  sheets.forEach((sheet, index) => {
    zip.addReadStreamLazy(`xl/worksheets/sheet${index + 1}.xml`, { mtime: EPOCH }, (done) => {
      const source = Readable.from(inPieces(sheetXml(sheet)), { objectMode: false });
      // yazl listens to the stream it is given only for its end: an error has to reach the reader by itself.
      source.on('error', (error) => output.destroy(error));
      output.on('close', () => source.destroy());
      done(null, source);
    });
  });
  zip.end();
  return output;
}

/** The whole workbook in memory: for small ones. */
export async function xlsxBytes(sheets: readonly Sheet[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of writeXlsx(sheets)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// The same content gives the same file.
const EPOCH = new Date('2020-01-01T00:00:00Z');
const PIECE = 64 * 1024;
const MOST_ROWS = 1_048_576;

async function* sheetXml(sheet: Sheet): AsyncGenerator<string> {
  const { title = [], columns, frozenColumns = 0 } = sheet;
  const headingRow = title.length + 1;
  const last = columnName(columns.length - 1);
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships">`;
  yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';
  yield `<sheetViews><sheetView workbookViewId="0">${pane(headingRow, frozenColumns)}</sheetView></sheetViews>`;
  yield `<cols>${columns.map(columnXml).join('')}</cols><sheetData>`;
  for (const [index, line] of title.entries()) {
    yield rowXml(index + 1, textCell(0, index + 1, line, TITLE_STYLE));
  }
  let number = headingRow;
  yield rowXml(number, columns.map((column, i) => textCell(i, number, column.title, HEADING_STYLE)).join(''));
  for await (const row of sheet.rows) {
    number += 1;
    if (number > MOST_ROWS) throw new RangeError(`a sheet holds ${MOST_ROWS} rows`);
    yield rowXml(number, cells(columns, row, number));
  }
  yield `</sheetData><autoFilter ref="A${headingRow}:${last}${number}"/>`;
  yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>';
  yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>';
  yield '<headerFooter><oddFooter>&amp;C&amp;A　第 &amp;P / &amp;N 页</oddFooter></headerFooter></worksheet>';
}

/** Chunks worth compressing: a row at a time would be mostly overhead. */
async function* inPieces(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let piece = '';
  for await (const part of parts) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}

const rowXml = (number: number, cells: string): string => `<row r="${number}">${cells}</row>`;

function cells(columns: readonly Column[], row: Row, number: number): string {
  let xml = '';
  columns.forEach(({ kind = 'text' }, index) => {
    const { value, tone } = apart(row[index] ?? null);
    if (value === null && tone === 'plain') return;
    xml += cellXml(index, number, kind, tone, value);
  });
  return xml;
}

const apart = (cell: Cell): { value: Value; tone: Tone } =>
  cell !== null && typeof cell === 'object' && 'tone' in cell ? cell : { value: cell, tone: 'plain' };

function cellXml(column: number, row: number, kind: Kind, tone: Tone, value: Value): string {
  const at = `${columnName(column)}${row}`;
  if (value === null) return `<c r="${at}" s="${styleOf(kind, tone)}"/>`;
  if (kind === 'text' || (typeof value === 'string' && kind !== 'day')) {
    return textCell(column, row, String(value), styleOf('text', tone));
  }
  return `<c r="${at}" s="${styleOf(kind, tone)}"><v>${numberOf(kind, value)}</v></c>`;
}

const textCell = (column: number, row: number, text: string, style: number): string =>
  `<c r="${columnName(column)}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

/** @throws RangeError when the value is none of the kind */
function numberOf(kind: Kind, value: Value): string {
  if (kind === 'integer' && Number.isSafeInteger(value)) return String(value);
  if (kind === 'yuan' && typeof value === 'number' && Number.isSafeInteger(value)) return yuan(value);
  if (kind === 'day' && typeof value === 'string') return String(daysBetween(DAY_ZERO, value));
  if (kind === 'instant' && value instanceof Date) return String(serial(value));
  throw new RangeError(`not a value for a column of kind ${kind}: ${typeof value}`);
}

/** Exact: 0.07, not 0.07000000000000001. */
function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Excel counts days from here. */
const DAY_ZERO = '1899-12-30';

function serial(instant: Date): number {
  const [, time = ''] = shanghaiStamp(instant).split(' ');
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const days = daysBetween(DAY_ZERO, shanghaiDay(instant));
  return days + (hours * 3600 + minutes * 60 + seconds) / 86_400;
}

function pane(headingRow: number, frozenColumns: number): string {
  const columns = frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : '';
  const corner = `${columnName(frozenColumns)}${headingRow + 1}`;
  const which = frozenColumns > 0 ? 'bottomRight' : 'bottomLeft';
  return `<pane${columns} ySplit="${headingRow}" topLeftCell="${corner}" activePane="${which}" state="frozen"/><selection pane="${which}"/>`;
}

const columnXml = ({ width = 14 }: Column, index: number): string =>
  `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;

const FORBIDDEN_IN_NAMES = /[[\]:*?/\\]/g;
const LONGEST_NAME = 31;

/** Excel opens no file with two sheets of one name, a name that is too long, or one with certain characters. */
function sheetNames(sheets: readonly Sheet[]): string[] {
  const names: string[] = [];
  for (const { name } of sheets) {
    const wanted = name.replace(FORBIDDEN_IN_NAMES, '-').replace(/^'+|'+$/g, '') || 'Sheet';
    let unique = wanted.slice(0, LONGEST_NAME);
    for (let n = 2; names.some((other) => other.toLowerCase() === unique.toLowerCase()); n += 1) {
      unique = `${wanted.slice(0, LONGEST_NAME - 5)} (${n})`;
    }
    names.push(unique);
  }
  return names;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const contentTypes = (sheets: number): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>${numbers(
    sheets,
  )
    .map(
      (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SPREADSHEET}.worksheet+xml"/>`,
    )
    .join('')}</Types>`;

const ROOT_RELATIONS = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const workbookRelations = (sheets: number): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="${PACKAGE}/relationships">${numbers(sheets)
    .map(
      (n) =>
        `<Relationship Id="rId${n}" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet${n}.xml"/>`,
    )
    .join(
      '',
    )}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`;

const workbookXml = (sheets: readonly Sheet[], names: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView/></bookViews><sheets>${names
    .map((name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('')}</sheets><definedNames>${sheets
    .map(({ title = [] }, index) => printTitles(names[index] ?? '', index, title.length + 1))
    .join('')}</definedNames></workbook>`;

/** The heading on every printed page. */
const printTitles = (name: string, index: number, row: number): string =>
  `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${xmlText(name.replace(/'/g, "''"))}'!$${row}:$${row}</definedName>`;
