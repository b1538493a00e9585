import { Readable } from 'node:stream';
import { fromBufferPromise } from 'yauzl';
import type { Sheet } from '../../../../server/platform/tables/workbook';
import { writeXlsx, xlsxBytes } from '../../../../server/platform/tables/write-xlsx';

/** What Excel finds in the file: the parts of the zip by name. */
async function partsOf(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await fromBufferPromise(bytes);
  const parts: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
    parts[entry.fileName] = Buffer.concat(chunks).toString('utf8');
  }
  return parts;
}

const sheetOf = async (sheet: Partial<Sheet>): Promise<string> => {
  const bytes = await xlsxBytes([{ name: '名单', columns: [{ title: '列' }], rows: [], ...sheet }]);
  return (await partsOf(bytes))['xl/worksheets/sheet1.xml'] ?? '';
};

describe('a cell of text', () => {
  it.each(['=1+1', '+86', '-5', '@SUM(A1)', '\t=cmd', '530102199001011234'])(
    '%j is text to Excel, whatever it begins with',
    async (value) => {
      const xml = await sheetOf({ rows: [[value]] });
      expect(xml).toContain(
        `t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c></row></sheetData>`,
      );
      expect(xml).not.toContain('<f>');
    },
  );

  it('stays text when somebody edits it: format "text" with Excel’s own apostrophe', async () => {
    const { 'xl/styles.xml': styles = '', 'xl/worksheets/sheet1.xml': xml = '' } = await partsOf(
      await xlsxBytes([{ name: '名单', columns: [{ title: '学号' }], rows: [['=1']] }]),
    );
    const style = Number(/<c r="A2" s="(\d+)"/.exec(xml)?.[1]);
    expect(styles.match(/<xf numFmtId="\d+" fontId[^>]*applyNumberFormat[^>]*>/g)?.[style]).toMatch(
      /numFmtId="49".*quotePrefix="1"/,
    );
  });

  it('may hold what XML may not', async () => {
    const xml = await sheetOf({ rows: [['a\u0000<b>&"c"\ud83d _x0041_ 𠮷']] });
    expect(xml).toContain('>a&lt;b&gt;&amp;&quot;c&quot; _x005F_x0041_ 𠮷<');
  });
});

describe('other cells', () => {
  const value = async (kind: 'integer' | 'yuan' | 'day' | 'instant', cell: number | string | Date) =>
    /<c r="A2"[^>]*><v>([^<]*)<\/v>/.exec(
      await sheetOf({ columns: [{ title: '列', kind }], rows: [[cell]] }),
    )?.[1];

  it('are numbers that Excel can add up: fen become yuan exactly', async () => {
    expect(await value('yuan', 7)).toBe('0.07');
    expect(await value('yuan', -123456)).toBe('-1234.56');
    expect(await value('integer', 5334)).toBe('5334');
  });

  it('are days and instants of Asia/Shanghai, counted as Excel counts', async () => {
    expect(await value('day', '2022-11-19')).toBe('44884');
    expect(await value('instant', new Date('2022-11-19T04:00:00Z'))).toBe('44884.5');
  });

  it('are refused when they do not fit their column', async () => {
    await expect(value('yuan', 0.5)).rejects.toThrow(RangeError);
  });
});

describe('a sheet', () => {
  it('keeps its heading in sight, filters it and repeats it in print', async () => {
    const parts = await partsOf(
      await xlsxBytes([
        {
          name: '订单',
          title: ['2022-11-19 的订单'],
          columns: [{ title: '单号' }, { title: '金额' }],
          rows: [['1', '2']],
        },
      ]),
    );
    const xml = parts['xl/worksheets/sheet1.xml'];
    expect(xml).toContain('ySplit="2" topLeftCell="A3"');
    expect(xml).toContain('<autoFilter ref="A2:B3"/>');
    expect(parts['xl/workbook.xml']).toContain("'订单'!$2:$2");
  });

  it('has a name that Excel accepts, and one of its own', async () => {
    const sheet = { columns: [{ title: '列' }], rows: [] };
    const parts = await partsOf(
      await xlsxBytes([
        { name: 'a/b:c', ...sheet },
        { name: 'A-B-C', ...sheet },
        { name: '长'.repeat(40), ...sheet },
      ]),
    );
    const names = [...(parts['xl/workbook.xml'] ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(['a-b-c', 'A-B-C (2)', '长'.repeat(31)]);
  });
});

describe('a long workbook', () => {
  it('takes rows only as fast as it is read', async () => {
    let taken = 0;
    async function* rows() {
      for (; taken < 200_000; taken += 1) yield [`学生${taken}`.repeat(20)];
    }
    const stream = writeXlsx([{ name: '名单', columns: [{ title: '列' }], rows: rows() }]);
    await new Promise((resolve) => stream.once('readable', resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(taken).toBeLessThan(100_000);
    stream.destroy();
  });

  it('fails when its source fails, instead of ending early', async () => {
    async function* rows() {
      yield ['一'];
      throw new Error('the database went away');
    }
    const stream = writeXlsx([{ name: '名单', columns: [{ title: '列' }], rows: rows() }]);
    await expect(Readable.from(stream).toArray()).rejects.toThrow('the database went away');
  });
});
