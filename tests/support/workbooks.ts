import { ZipFile } from 'yazl';

/** Workbooks as other programs write them, made from the XML of their cells. */

export interface RawSheet {
  name: string;
  /** What stands inside <sheetData> */
  data: string | Iterable<string>;
  merges?: readonly string[];
  hidden?: boolean;
}

export interface RawWorkbook {
  sheets: readonly RawSheet[];
  sharedStrings?: readonly string[];
  /** Custom number formats: cell style n + 1 has formats[n] */
  formats?: readonly string[];
  date1904?: boolean;
  /** Instead of what would stand there, or besides it */
  parts?: Readonly<Record<string, string>>;
}

export async function rawXlsx({ sheets, sharedStrings, formats = [], date1904, parts = {} }: RawWorkbook) {
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:r="o"><x:workbookPr${date1904 ? ' date1904="1"' : ''}/><x:sheets>${sheets
      .map(
        ({ name, hidden }, i) =>
          `<x:sheet name="${name}" sheetId="${i + 1}" r:id="s${i}"${hidden ? ' state="hidden"' : ''}/>`,
      )
      .join('')}</x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map((_, i) => `<Relationship Id="s${i}" Type="x/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join(
        '',
      )}<Relationship Id="st" Type="x/styles" Target="/xl/styles.xml"/><Relationship Id="ss" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts>${formats
      .map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replace(/"/g, '&quot;')}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, i) => `<xf numFmtId="${200 + i}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    ...(sharedStrings
      ? { 'xl/sharedStrings.xml': `<sst>${sharedStrings.map((si) => `<si>${si}</si>`).join('')}</sst>` }
      : {}),
  };
  sheets.forEach(({ data, merges = [] }, i) => {
    const inside = typeof data === 'string' ? data : [...data].join('');
    files[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet><sheetData>${inside}</sheetData><mergeCells>${merges
        .map((ref) => `<mergeCell ref="${ref}"/>`)
        .join('')}</mergeCells></worksheet>`;
  });
  return zipOf({ ...files, ...parts });
}

export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Rows of inline text from A1 on; an empty cell is not written, as programs do. */
export const textRows = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(
      (cells, i) =>
        `<row r="${i + 1}">${cells
          .map((cell, j) =>
            cell === ''
              ? ''
              : `<c r="${String.fromCharCode(65 + j)}${i + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`,
          )
          .join('')}</row>`,
    )
    .join('');
