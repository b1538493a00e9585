import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { openTable } from '../../../../server/platform/tables/open-table';
import { TABLE_LIMITS, type TableFile } from '../../../../server/platform/tables/table-file';
import { xlsxBytes } from '../../../../server/platform/tables/write-xlsx';
import type { GridRow } from '../../../../shared/domain/pasted-table';
import { rawXlsx, textRows, zipOf } from '../../../support/workbooks';

const isHeading = (cells: string[]) => cells.includes('姓名');
const open = (bytes: Buffer, limits = TABLE_LIMITS) => openTable(bytes, isHeading, limits);

async function rowsOf(file: TableFile, sheet = 0): Promise<GridRow[]> {
  const rows: GridRow[] = [];
  for await (const row of file.rows(sheet)) rows.push(row);
  return rows;
}
const cellsOf = async (bytes: Buffer, sheet = 0) =>
  (await rowsOf(await open(bytes), sheet)).map(({ cells }) => cells);
const one = (data: string, more: object = {}) => rawXlsx({ sheets: [{ name: '一', data }], ...more });

describe('a workbook', () => {
  it('written by us is read as it was', async () => {
    const rows = [
      ['学号', '姓名'],
      ['0012', '=王芳'],
      ['530102199001011234', 'a\nb <&> 𠮷 _x0041_'],
    ];
    const [heading = [], ...body] = rows;
    const bytes = await xlsxBytes([
      { name: '名单', columns: heading.map((title) => ({ title })), rows: body },
    ]);
    expect(await cellsOf(bytes)).toEqual(rows);
  });

  it('of any texts is read as it was written', async () => {
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => text.trim() !== '');
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const columns = ['a', 'b', 'c', 'd'].map((title) => ({ title }));
        const [, ...read] = await cellsOf(await xlsxBytes([{ name: 's', columns, rows: table }]));
        const normal = (cells: string[]) => cells.map((text) => text.replace(/\r\n?/g, '\n'));
        expect(read.map(normal)).toEqual(table.map(normal));
      }),
      { numRuns: 30 },
    );
  });

  it('gives days and times as text, numbers as they are shown, and what a formula gave last', async () => {
    const data =
      '<row r="1"><c r="A1" s="1"><v>44884</v></c><c r="B1" s="2"><v>44884.354166666664</v></c>' +
      '<c r="C1" s="3"><v>0.35416666666666669</v></c><c r="D1"><v>127</v></c><c r="E1"><v>0.30000000000000004</v></c>' +
      '<c r="F1" s="4"><v>12</v></c><c r="G1"><f>1+1</f><v>2</v></c><c r="H1" t="str"><f>A1</f><v>茶学</v></c>' +
      '<c r="I1" t="b"><v>1</v></c></row>';
    const formats = ['yyyy"年"m"月"d"日"', 'yyyy/m/d\\ h:mm', 'h:mm;@', '0000'];
    expect(await cellsOf(await one(data, { formats }))).toEqual([
      ['2022-11-19', '2022-11-19 08:30', '08:30', '127', '0.3', '0012', '2', '茶学', 'TRUE'],
    ]);
  });

  it('of a Mac of 1904 has the same days', async () => {
    const data = '<row r="1"><c r="A1" s="1"><v>43422</v></c></row>';
    expect(await cellsOf(await one(data, { formats: ['yyyy-mm-dd'], date1904: true }))).toEqual([
      ['2022-11-19'],
    ]);
  });

  it('tells which cells Excel has damaged', async () => {
    const data =
      '<row r="3"><c r="A3"><v>5.3010219900101E+17</v></c><c r="B3"><v>530102199001011000</v></c>' +
      '<c r="C3" t="e"><v>#N/A</v></c><c r="D3"><f>SUM(A1)</f></c><c r="E3"><v>201931010112345</v></c></row>';
    const [row] = await rowsOf(await open(await one(data)));
    expect(row?.line).toBe(3);
    expect([...(row?.flaws ?? [])]).toEqual([
      [0, 'digits_lost'],
      [1, 'digits_lost'],
      [2, 'formula_error'],
      [3, 'formula_without_value'],
    ]);
    expect(row?.cells[4]).toBe('201931010112345');
  });

  it('keeps its texts once, with formats inside them and readings above them', async () => {
    const sharedStrings = [
      '<t>茶学</t>',
      '<r><t>动物</t></r><r><rPr/><t>科学</t></r>',
      '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>',
      '<t>一_x000D_二</t>',
    ];
    const data = `<row r="1">${[0, 1, 2, 3, 99].map((n) => `<c t="s"><v>${n}</v></c>`).join('')}</row>`;
    expect(await cellsOf(await one(data, { sharedStrings }))).toEqual([
      ['茶学', '动物科学', '東京', '一\r二'],
    ]);
  });

  it('has sheets, hidden ones told apart', async () => {
    const bytes = await rawXlsx({
      sheets: [
        { name: '说明', data: textRows([['先看这里']]) },
        { name: '名单', data: textRows([['姓名'], ['王芳']]) },
        { name: '旧', data: '', hidden: true },
      ],
    });
    const file = await open(bytes);
    expect(file.sheets).toEqual([
      { name: '说明', isHidden: false },
      { name: '名单', isHidden: false },
      { name: '旧', isHidden: true },
    ]);
    expect(await rowsOf(file, 1)).toMatchObject([{ line: 1 }, { line: 2, cells: ['王芳'] }]);
    expect(await rowsOf(file, 2)).toEqual([]);
  });
});

describe('merged cells', () => {
  const table = async (rows: string[][], ...merges: string[]) =>
    cellsOf(await rawXlsx({ sheets: [{ name: '一', data: textRows(rows), merges }] }));

  it('stand in every row and column they cover', async () => {
    expect(
      await table(
        [
          ['农学院', '农学', '上午'],
          ['', '园艺', ''],
          ['', '茶学', '下午'],
        ],
        'A1:A3',
        'C1:D2',
      ),
    ).toEqual([
      ['农学院', '农学', '上午', '上午'],
      ['农学院', '园艺', '上午', '上午'],
      ['农学院', '茶学', '下午'],
    ]);
  });

  it('across a whole row are a line of text, and stand once', async () => {
    expect(
      await table(
        [
          ['逸夫楼C区202', '', ''],
          ['农学', '30', '8:30'],
        ],
        'A1:C1',
      ),
    ).toEqual([['逸夫楼C区202'], ['农学', '30', '8:30']]);
  });

  it('make no rows where nothing else stands', async () => {
    expect(await table([['农学院', '农学'], [], [], ['尾']], 'A1:A3')).toEqual([['农学院', '农学'], ['尾']]);
  });
});

describe('text', () => {
  const table = '姓名,学号\r\n"王芳, 小",0012\r\n';
  const read = [
    ['姓名', '学号'],
    ['王芳, 小', '0012'],
  ];
  it.each([
    ['UTF-8', Buffer.from(table)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${table}`)],
    [
      'UTF-16, which Excel calls Unicode text',
      Buffer.from(`\ufeff${table.replace(/,(?! )/g, '\t')}`, 'utf16le'),
    ],
    [
      'GB18030, which Excel in Chinese Windows saves as csv',
      Buffer.from('d0d5c3fb2cd1a7bac50d0a22cdf5b7bc2c20d0a1222c303031320d0a', 'hex'),
    ],
  ])('in %s', async (_, bytes) => expect(await cellsOf(bytes)).toEqual(read));

  it('whose headings nobody knows is split by what most lines have', async () => {
    expect(await cellsOf(Buffer.from('甲;乙\n一;二\n三;四\n'))).toEqual([
      ['甲', '乙'],
      ['一', '二'],
      ['三', '四'],
    ]);
  });
});

describe('what is no table is named', () => {
  const html = '<html><body><table><tr><td>姓名</td></tr></table></body></html>';
  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['empty', () => Buffer.alloc(0)],
    ['old_excel_or_password', () => Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['pdf', () => Buffer.from('%PDF-1.7')],
    ['image', () => Buffer.from('89504e470d0a1a0a', 'hex')],
    ['word', () => zipOf({ '_rels/.rels': '', 'word/document.xml': '' })],
    ['open_document', () => zipOf({ mimetype: '', 'content.xml': '' })],
    ['archive', () => zipOf({ '名单.csv': 'a' })],
    ['web_page', () => Buffer.from(html)],
    ['unknown', () => Buffer.from([1, 0, 2, 0, 3])],
    ['damaged', () => Buffer.from('PK\u0003\u0004 cut off')],
  ])('%s', async (because, make) => {
    await expect(open(await make())).rejects.toMatchObject({ name: 'TableRefused', because });
  });

  it.each([
    ['cut off in the middle', '<row r="1"><c r="A1"><v>1'],
    ['with a document type', '<!DOCTYPE x [<!ENTITY a "aaaa">]>'],
  ])('damaged: a sheet %s', async (_, sheet) => {
    const bytes = await one('', { parts: { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}` } });
    await expect(cellsOf(bytes)).rejects.toMatchObject({ because: 'damaged' });
  });

  it('never fails in another way, whatever the bytes', async () => {
    const good = await one(textRows([['姓名'], ['王芳']]));
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        await cellsOf(bytes).catch((error: unknown) => {
          expect(error).toMatchObject({ name: 'TableRefused' });
        });
      }),
      { numRuns: 150 },
    );
  });
});

describe('a file that would fill the memory', () => {
  /** A sheet of spaces that unpacks to `size` bytes: some 0.1 % of it packed. */
  const spaces = (size: number) => `<worksheet><sheetData>${' '.repeat(size)}</sheetData></worksheet>`;

  it('is refused before anything is unpacked: a real zip bomb of 1 GB in 1 MB', async () => {
    const bytes = bombOf(1024 * 1024 * 1024);
    expect(bytes.length).toBeLessThan(2 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    await expect(open(bytes)).rejects.toMatchObject({ because: 'unpacks_too_large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('is refused while unpacking when it lies about its size', async () => {
    const bytes = bombOf(64 * 1024 * 1024, 1000);
    await expect(cellsOf(bytes)).rejects.toMatchObject({
      because: 'damaged',
      cause: { message: expect.stringContaining('too many bytes in the stream') },
    });
  });

  it('is refused for a cell that never ends', async () => {
    const bytes = await one('', { parts: { 'xl/worksheets/sheet1.xml': spaces(2 * 1024 * 1024) } });
    await expect(cellsOf(bytes)).rejects.toMatchObject({ because: 'damaged' });
  });

  it.each([
    ['too_large', { fileBytes: 10 }],
    ['unpacks_too_large', { parts: 3 }],
    ['unpacks_too_large', { unpackedBytes: 500 }],
    ['too_many_rows', { rows: 2 }],
    ['too_many_columns', { columns: 1 }],
  ])('%s', async (because, limit) => {
    const bytes = await one(textRows([['一', '二'], ['三'], ['四']]));
    const read = async () => rowsOf(await open(bytes, { ...TABLE_LIMITS, ...limit }));
    await expect(read()).rejects.toMatchObject({ because });
    await expect(cellsOf(bytes)).resolves.toHaveLength(3);
  });
});

/**
 * A workbook whose only sheet unpacks to `size` zeros.
 *
 * @param claimed what it says it unpacks to; the truth unless said
 */
function bombOf(size: number, claimed = size): Buffer {
  const block = deflateRawSync(Buffer.alloc(16 * 1024 * 1024), { finishFlush: 2 });
  const packed = Buffer.concat([
    ...Array.from({ length: size / (16 * 1024 * 1024) }, () => block),
    Buffer.from([3, 0]),
  ]);
  const empty = Buffer.from('<worksheet/>');
  return storedZip([
    { path: '_rels/.rels', content: RELS, method: 0, size: RELS.length },
    { path: 'xl/workbook.xml', content: WORKBOOK, method: 0, size: WORKBOOK.length },
    { path: 'xl/_rels/workbook.xml.rels', content: SHEETS, method: 0, size: SHEETS.length },
    { path: 'xl/worksheets/sheet1.xml', content: packed, method: 8, size: claimed },
    { path: 'xl/other.xml', content: empty, method: 0, size: empty.length },
  ]);
}

const RELS = Buffer.from(
  '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
);
const WORKBOOK = Buffer.from('<workbook><sheets><sheet name="一" r:id="s"/></sheets></workbook>');
const SHEETS = Buffer.from(
  '<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
);

/** A zip written byte by byte: no library would write these sizes. */
function storedZip(files: { path: string; content: Buffer; method: number; size: number }[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { path, content, method, size } of files) {
    const name = Buffer.from(path);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    local.push(Buffer.from('PK\u0003\u0004'), fields, name, content);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, place, name);
    offset += 30 + name.length + content.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\u0005\u0006'), end]);
}
