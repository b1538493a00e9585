import { createApiClient } from '../../server/demo/api-client';
import { DEMO_CAMPAIGN, noticeTableText } from '../../server/demo/notice-2023';
import { noticeAround2023 } from '../../server/demo/notice-around';
import { demoRosterCsv } from '../../server/demo/roster';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { openTable } from '../../server/platform/tables/open-table';
import { xlsxBytes } from '../../server/platform/tables/write-xlsx';
import { importer } from '../support/importer';
import { bookedStudent } from '../support/site';
import { startTestStack } from '../support/stack';
import { rawXlsx, textRows, zipOf } from '../support/workbooks';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;
let steps: ReturnType<typeof importer>;
/** A campaign of its own, without sessions and students. */
let empty: ReturnType<typeof importer>;
let emptyId = '';

beforeAll(async () => {
  stack = await startTestStack({ apis: 2 });
  demo = await seedDemo(stack, 12);
  steps = importer(demo.office, demo.campaign.id);
  const { merchantId, office } = demo;
  const { id, version, phase: _, ...campaign } = demo.campaign;
  const draft = Object.fromEntries(
    Object.entries(campaign).filter(
      ([name]) =>
        !['schoolName', 'priceFen', 'schoolId', 'counts', 'openedAt', 'collectionClosedAt'].includes(name),
    ),
  );
  const created = await office.call('POST /api/console/campaigns', {
    body: { ...(draft as typeof campaign), merchantId, name: '空批次', bookingOpensAt: null },
  });
  emptyId = created.id;
  empty = importer(office, emptyId);
});
afterAll(() => stack?.stop());

const refusedWith = (code: string) => expect.objectContaining({ code });
const HEADINGS = ['姓名', '学号', '学院', '专业', '班级', '培养类型', '毕业类型'];
type RosterLine = string[];
const rosterXlsx = (rows: readonly RosterLine[]) =>
  xlsxBytes([{ name: '名单', columns: HEADINGS.map((title) => ({ title })), rows }]);

describe('a timetable', () => {
  it('of the real notice, pasted whole, comes through with all rows, and the notice’s own mistakes are listed', async () => {
    const opened = await empty.paste('timetable', noticeAround2023(noticeTableText()));
    const preview = await empty.timetable(opened);
    expect(preview.totals).toMatchObject({ rows: 103, headcount: 5334 });
    expect(preview.counts.error).toBe(0);
    const lineOf = (major: string) => preview.rows.find((row) => row.major === major)?.line;
    expect(preview.findings.map(({ code, line, text }) => [code, line, text])).toEqual([
      ['room_not_announced', lineOf('茶学'), 'C区202'],
      ['room_without_sessions', 0, 'C区205'],
      ['outside_hours', lineOf('建筑环境与能源应用工程'), 'C区204'],
      ['too_tight', lineOf('植物保护'), 'C区202'],
      ['too_tight', lineOf('电气工程及其自动化（专升本）'), 'C区203'],
      ['early_graduates_without_session', 0, ''],
      ['second_degree_without_session', 0, ''],
      ['support_phone_missing', 0, ''],
      ['date_incomplete', 0, ''],
      ['rules_contradict_choice', 0, ''],
      ['rules_contradict_lost_id', 0, ''],
    ]);
    expect(preview.changes).toMatchObject({ added: 103, removed: 0, changed: [], unchanged: 0 });
  });

  it('writes nothing before it is committed, and then exactly what was shown', async () => {
    const sessions = () =>
      demo.office.call('GET /api/console/campaigns/:id/sessions', { params: { id: emptyId } });
    const opened = await empty.paste('timetable', noticeAround2023(noticeTableText()));
    const preview = await empty.timetable(opened);
    expect((await sessions()).sessions).toEqual([]);
    const committed = await empty.commit(opened, preview);
    expect(committed).toMatchObject({
      state: 'done',
      outcome: { kind: 'timetable', sessions: 103, headcount: 5334 },
    });
    expect((await sessions()).sessions).toHaveLength(103);
    const again = await empty.commit(opened, preview);
    expect(again).toEqual(committed);
    expect((await sessions()).sessions).toHaveLength(103);
  });

  it('keeps the notice’s text, so that the check can be made again before opening', async () => {
    const { findings, checked } = await demo.office.call('GET /api/console/campaigns/:id/notice-check', {
      params: { id: emptyId },
    });
    expect(checked).toEqual({ sessions: 103, students: 0 });
    expect(findings.map(({ code }) => code)).toContain('rules_contradict_lost_id');

    const seen = await demo.office.call('GET /api/console/campaigns/:id', { params: { id: emptyId } });
    const whole = await demo.office.call('PUT /api/console/campaigns/:id/notice-text', {
      params: { id: emptyId },
      body: { version: seen.version, text: noticeAround2023(noticeTableText()) },
    });
    expect(whole.findings).toEqual(findings);
  });

  it('without mistakes raises no alarm', async () => {
    const table = [
      ['专业', '人数', '时间', '地点'],
      ['农学', '40', '2022年11月19日 8:30-8:50', 'C区202'],
      ['茶学', '30', '2022年11月19日 8:50-9:05', 'C区203'],
      ['园艺', '20', '2022年11月19日 13:00-13:10', 'C区204'],
      ['英语', '20', '2022年11月19日 13:00-13:10', 'C区207'],
    ];
    const notice = `采集地点：逸夫楼C区202、203、204、207教室。采集时间：2022年11月19日上午8：30—12：00，下午13：00—16：30。
学生只能在所属班级采集时间段采集。身份证遗失的学生带临时身份证到现场预约。如有疑问请拨打电话客服 0871-00000002。
${table.map((cells) => cells.join('\t')).join('\n')}`;
    const preview = await steps.timetable(await steps.paste('timetable', notice));
    expect(preview.problems).toEqual([]);
    // The demo's roster has other majors; all else would be a false alarm.
    const roster = ['headcount_differs', 'major_without_students', 'students_without_session'];
    expect(preview.findings.filter(({ code }) => !roster.includes(code))).toEqual([]);
  });

  it('from a workbook: banner rows, merged cells, dates as Excel keeps them, a sheet that is meant among others', async () => {
    const data =
      `<row r="1"><c r="A1" t="inlineStr"><is><t>图像采集时间安排表</t></is></c></row>` +
      `<row r="2">${['专　业', '人 数', '日期', '开始时间', '结束时间'].map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>` +
      `<row r="3"><c r="A3" t="inlineStr"><is><t>逸夫楼Ｃ区２０２</t></is></c></row>` +
      `<row r="4"><c t="inlineStr"><is><t>农学</t></is></c><c><v>40</v></c><c s="1"><v>44884</v></c><c s="2"><v>0.3541666666666667</v></c><c s="2"><v>0.368055555555555</v></c></row>` +
      `<row r="5"><c t="inlineStr"><is><t>茶学</t></is></c><c><f>SUM(1,29)</f><v>30</v></c><c s="1"/><c s="2"><v>0.368055555555555</v></c><c s="2"><v>0.38</v></c></row>`;
    const bytes = await rawXlsx({
      sheets: [
        { name: '说明', data: textRows([['请看第二张表']]) },
        { name: '安排', data, merges: ['A1:E1', 'A3:E3', 'C4:C5'] },
      ],
      formats: ['yyyy-mm-dd', 'hh:mm'],
    });
    const opened = await steps.upload('timetable', bytes);
    expect(opened.sheet.layout).toMatchObject({ sheet: 1, headingLine: 2 });
    const { rows, problems } = await steps.timetable(opened);
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([
      { line: 4, room: 'C区202', day: '2022-11-19', startsAt: '08:30', endsAt: '08:50', headcount: 40 },
      { line: 5, room: 'C区202', day: '2022-11-19', startsAt: '08:50', endsAt: '09:07', headcount: 30 },
    ]);
  });
});

describe('a roster', () => {
  const NEW: RosterLine = ['王新', '2019999901', '农学院', '农学', '农学1901'];

  it('marks every problem at its cell, and gives back the workbook with the problems in it', async () => {
    const bytes = await rawXlsx({
      sheets: [
        {
          name: '名单',
          data:
            textRows([
              ['姓名', '学号', '证件号码', '专业'],
              ['王芳', '1001', '', '农学'],
              ['', '1001', '', ''],
            ]) +
            '<row r="4"><c r="A4" t="inlineStr"><is><t>李雷</t></is></c><c r="B4" t="inlineStr"><is><t>1002</t></is></c><c r="C4"><v>5.3010219900101E+17</v></c><c r="D4" t="inlineStr"><is><t>农学</t></is></c></row>',
        },
      ],
    });
    const opened = await steps.upload('roster', bytes, '二〇二三届.xlsx');
    const { problems, counts, fingerprint, troubled } = await steps.roster(opened);
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, 'name', 'name_missing'],
      [3, 'studentNo', 'duplicate_student_no'],
      [3, 'major', 'major_missing'],
      [4, 'documentNumber', 'cell_damaged'],
    ]);
    expect(counts.error).toBe(4);
    expect(troubled.map(({ line, cells }) => [line, cells.name, cells.studentNo])).toEqual([
      [3, '', '1001'],
      [4, '李雷', '1002'],
    ]);
    const refused = await steps.commit(opened, { fingerprint });
    expect(refused).toMatchObject({ state: 'stopped', outcome: null });
    expect(refused.stoppedBecause).toContain('4 处问题');

    const workbook = await openTable(await steps.annotated(opened), () => false);
    const marked = await cellsOf(workbook, 0);
    expect(marked[0]).toEqual(['问题', '原表行号', '姓名', '学号', '证件号码', '专业']);
    expect(marked[1]).toEqual(['', '2', '王芳', '1001', '', '农学']);
    expect(marked[2]?.slice(0, 2)).toEqual([expect.stringContaining('学号与第 2 行重复'), '3']);
    expect((await cellsOf(workbook, 1)).slice(1).map(([line, column]) => [line, column])).toEqual([
      ['3', '姓名'],
      ['3', '学号'],
      ['3', '专业'],
      ['4', '证件号码'],
    ]);
  });

  it('says of an empty file that it is empty', async () => {
    await expect(steps.upload('roster', '', '名单.csv')).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  });

  it('with headings that nobody knows is read once the office says which column is which', async () => {
    const opened = await steps.upload('roster', '叫什么;几号;学什么\n王新;2019999902;农学\n', '名单.csv');
    expect(opened.sheet).toMatchObject({ isRecognised: false, layout: { headingLine: 1, columns: {} } });
    await expect(steps.preview(opened)).rejects.toEqual(refusedWith('IMPORT_COLUMNS_MISSING'));
    const preview = await steps.preview(opened, { columns: { name: 0, studentNo: 1, major: 2 } });
    expect(preview).toMatchObject({ students: 1, added: 1, counts: { error: 0 } });
  });

  it('shows added, changed and removed, and then does just that', async () => {
    const csv = demoRosterCsv(demo.students);
    const [heading = '', first = '', second = '', ...others] = csv.split('\n');
    const renamed = second.replace(/^[^,]+/, '欧阳改名');
    const added = first.replace(/,\d{9,},/, ',2019999903,').replace(/\d{17}[\dX]/, '');
    const opened = await steps.upload('roster', [heading, renamed, ...others, added].join('\n'), '名单.csv');
    const preview = await steps.roster(opened);
    expect(preview).toMatchObject({ added: 1, changed: 1, removed: 1, unchanged: 10 });
    expect(preview.changes).toMatchObject([{ after: { name: '欧阳改名' } }]);
    expect(preview.removals).toMatchObject([{ studentNo: first.split(',')[1] }]);
    expect(await steps.commit(opened, preview)).toMatchObject({
      state: 'done',
      outcome: { students: 12, added: 1, changed: 1, removed: 1 },
    });
    const back = await steps.upload('roster', csv, '名单.csv');
    const restore = await steps.roster(back);
    expect(restore).toMatchObject({ added: 0, changed: 2, removed: 1, unchanged: 10 });
    expect(await steps.commit(back, restore)).toMatchObject({ state: 'done' });
  });

  it('changes nothing about which it has no column', async () => {
    const lines = demoRosterCsv(demo.students).split('\n');
    const short = lines.map((line) => {
      const [name, studentNo, , , , major] = line.split(',');
      return [name, studentNo, major].join(',');
    });
    expect(demo.students.some(({ training }) => training !== 'undergraduate')).toBe(true);
    const preview = await steps.roster(await steps.upload('roster', short.join('\n'), '三列.csv'));
    expect(preview).toMatchObject({ added: 0, changed: 0, removed: 0, unchanged: 12 });
  });

  it('is refused when the students have changed since the preview, and nothing is written', async () => {
    const one = await steps.upload('roster', await rosterXlsx([NEW]));
    const other = await steps.upload('roster', await rosterXlsx([NEW]));
    const csv = demoRosterCsv(demo.students);
    const preview = await steps.roster(one);
    // The same table twice: whoever is second finds its additions done already.
    await steps.commit(other, await steps.roster(other));
    const refused = await steps.commit(one, preview);
    expect(refused).toMatchObject({ state: 'stopped' });
    expect(refused.stoppedBecause).toContain('什么都没有写入');
    const back = await steps.upload('roster', csv);
    await steps.commit(back, await steps.roster(back));
  });

  it('committed twice at once on two servers is written once', async () => {
    const rows = Array.from(
      { length: 300 },
      (_, n): RosterLine => ['王同学', `20198${String(n).padStart(5, '0')}`, '农学院', '农学', '农学1901'],
    );
    const opened = await empty.upload('roster', await rosterXlsx(rows));
    const preview = await empty.roster(opened);
    const second = createApiClient(stack.apis[1]?.url ?? '');
    await second.signIn('office', DEMO_PASSWORD);
    const elsewhere = importer(second, emptyId);
    const answers = await Promise.allSettled([
      empty.commit(opened, preview),
      elsewhere.commit(opened, preview),
    ]);
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    const ended = await empty.ended(opened.import.id);
    expect(ended).toMatchObject({ state: 'done', outcome: { students: 300, added: 300 } });
    const { counts } = await demo.office.call('GET /api/console/campaigns/:id', { params: { id: emptyId } });
    expect(counts.students).toBe(300);
  });
});

describe('students who have a booking', () => {
  it('are listed, never removed, and keep the booked session when their group changes', async () => {
    await stack.sandbox.setClock(phase('open'));
    const booked = await bookedStudent(stack, demo, 0);
    const [heading = '', first = '', second = '', ...others] = demoRosterCsv(demo.students).split('\n');
    const numberOf = (line: string) => line.split(',')[1];

    const without = await steps.upload('roster', [heading, second, ...others].join('\n'));
    const preview = await steps.roster(without);
    expect(preview).toMatchObject({
      removed: 0,
      booked: { count: 1, students: [{ studentNo: numberOf(first), because: 'removed' }] },
    });
    expect(await steps.commit(without, preview)).toMatchObject({ state: 'done', outcome: { removed: 0 } });

    const cells = first.split(',');
    cells[5] = '越南语';
    const regrouped = await steps.upload('roster', [heading, cells.join(','), second, ...others].join('\n'));
    const moved = await steps.roster(regrouped);
    expect(moved.booked.students).toMatchObject([{ because: 'regrouped' }]);
    await steps.commit(regrouped, moved);
    const home = await booked.phone.home();
    expect(home.booking?.session?.id).toBe(booked.session.id);
  });
});

describe('matching', () => {
  const matching = () =>
    demo.office.call('GET /api/console/campaigns/:id/matching', { params: { id: emptyId } });

  it('lists who has no session with the reason and likely names; an alias gives them theirs', async () => {
    const opened = await empty.upload(
      'roster',
      await rosterXlsx([
        ['王一', '2019000001', '', '水产养殖', '水产1901'],
        ['王二', '2019000002', '', '天文学', '天文1901'],
      ]),
    );
    const preview = await empty.roster(opened);
    expect(preview.unmatched).toMatchObject({ students: 2 });
    await empty.commit(opened, preview);
    const before = await matching();
    expect(before).toMatchObject({ students: 2, matched: 0 });
    expect(before.unmatched).toMatchObject(
      [
        { major: '天文学', suggestions: [], reason: expect.stringContaining('没有这个专业') },
        { major: '水产养殖', suggestions: ['水产养殖学'] },
      ].sort(
        (a, b) =>
          before.unmatched.findIndex(({ major }) => major === a.major) -
          before.unmatched.findIndex(({ major }) => major === b.major),
      ),
    );

    const after = await demo.office.call('PUT /api/console/campaigns/:id/aliases', {
      params: { id: emptyId },
      body: { version: before.version, aliases: [{ from: '水产养殖', to: '水产养殖学' }] },
    });
    expect(after).toMatchObject({ matched: 1, unmatched: [{ major: '天文学' }] });
  });

  it('refuses an alias that leads to another one, and a table that somebody else has changed', async () => {
    const { version } = await matching();
    const put = (aliases: { from: string; to: string }[], seen = version) =>
      demo.office.call('PUT /api/console/campaigns/:id/aliases', {
        params: { id: emptyId },
        body: { version: seen, aliases },
      });
    await expect(
      put([
        { from: '甲', to: '乙' },
        { from: '乙', to: '农学' },
      ]),
    ).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      details: { fields: { 'aliases.0.to': expect.any(String) } },
    });
    await expect(put([], version - 1)).rejects.toEqual(refusedWith('CHANGED_MEANWHILE'));
  });
});

describe('a campaign that is being prepared', () => {
  const draft = (more: object) => ({
    ...DEMO_CAMPAIGN,
    merchantId: demo.merchantId,
    name: '一步一步来',
    announced: false,
    bookingOpensAt: null,
    ...more,
  });
  const gaps = { feeBasis: '', place: '', rooms: [], collectionDays: [] };

  it('may be incomplete as long as nobody sees it', async () => {
    const created = await demo.office.call('POST /api/console/campaigns', { body: draft(gaps) });
    expect(created).toMatchObject({ phase: 'draft', rooms: [], collectionDays: [] });
    const params = { id: created.id };
    await expect(
      demo.office.call('POST /api/console/campaigns/:id/open', {
        params,
        body: { version: created.version },
      }),
    ).rejects.toMatchObject({ code: 'CAMPAIGN_NOT_READY', message: expect.stringContaining('采集日') });
  });

  it.each([
    ['announced', { announced: true }],
    ['opened at a set time', { bookingOpensAt: '2022-11-15T08:00:00+08:00' }],
  ])('is not %s while something is missing: the fields are named', async (_, more) => {
    const params = {
      id: (await demo.office.call('POST /api/console/campaigns', { body: draft(gaps) })).id,
    };
    const { version } = await demo.office.call('GET /api/console/campaigns/:id', { params });
    const change = (facts: object) =>
      demo.office.call('PUT /api/console/campaigns/:id', { params, body: { version, draft: draft(facts) } });
    await expect(change({ ...gaps, ...more })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      details: {
        fields: {
          'draft.feeBasis': expect.any(String),
          'draft.place': expect.any(String),
          'draft.rooms': expect.any(String),
          'draft.collectionDays': expect.any(String),
        },
      },
    });
    expect(await change({ ...more, bookingOpensAt: null })).toMatchObject({ id: params.id });
  });

  it('does not open by itself before it has its timetable and its roster', async () => {
    const opensAt = { bookingOpensAt: '2022-11-15T08:00:00+08:00' };
    await expect(
      demo.office.call('POST /api/console/campaigns', { body: draft(opensAt) }),
    ).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      details: { fields: { bookingOpensAt: expect.stringContaining('时间安排表和学生名单') } },
    });

    const { id } = await demo.office.call('POST /api/console/campaigns', { body: draft({}) });
    const params = { id };
    const set = async () => {
      const { version } = await demo.office.call('GET /api/console/campaigns/:id', { params });
      return demo.office.call('PUT /api/console/campaigns/:id', {
        params,
        body: { version, draft: draft(opensAt) },
      });
    };
    const refusedFor = (tables: string) => ({
      code: 'BAD_REQUEST',
      details: { fields: { 'draft.bookingOpensAt': expect.stringContaining(`请先导入${tables}；`) } },
    });
    await expect(set()).rejects.toMatchObject(refusedFor('时间安排表和学生名单'));
    await demo.office.call('POST /api/console/campaigns/:id/timetable', {
      params,
      body: { text: noticeTableText() },
    });
    await expect(set()).rejects.toMatchObject(refusedFor('学生名单'));
    await demo.office.call('POST /api/console/campaigns/:id/roster', {
      params,
      body: { csv: demoRosterCsv(demo.students.slice(0, 1)) },
    });
    expect(await set()).toMatchObject({ bookingOpensAt: expect.any(String) });
  });
});

describe('what cannot be imported', () => {
  /** Of a colleague: one person uploads only so many tables a minute. */
  let theirs: ReturnType<typeof importer>;
  beforeAll(async () => {
    const colleague = createApiClient(firstApi(stack));
    await colleague.signIn('office2', DEMO_PASSWORD);
    theirs = importer(colleague, demo.campaign.id);
  });

  it.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['a PDF', 'PDF', () => Buffer.from('%PDF-1.7 …')],
    ['an old .xls', '另存为“.xlsx”', () => Buffer.from('d0cf11e0a1b11ae100', 'hex')],
    ['a Word document', 'Word', () => zipOf({ 'word/document.xml': '<w/>', '_rels/.rels': '<r/>' })],
  ])('%s is named, with what to do', async (_, words, make) => {
    await expect(theirs.upload('roster', await make())).rejects.toMatchObject({
      code: 'TABLE_REFUSED',
      message: expect.stringContaining(words),
    });
  });

  it('is kept for a day', async () => {
    const opened = await theirs.upload('roster', await rosterXlsx([]));
    const now = await stack.sandbox.now();
    await stack.sandbox.setClock(new Date(now.getTime() + 25 * 3_600_000));
    await expect(theirs.preview(opened)).rejects.toEqual(refusedWith('IMPORT_EXPIRED'));
  });
});

async function cellsOf(file: Awaited<ReturnType<typeof openTable>>, sheet: number): Promise<string[][]> {
  const cells: string[][] = [];
  for await (const row of file.rows(sheet)) cells.push(row.cells);
  return cells;
}
