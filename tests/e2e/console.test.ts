import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import type { Browser, Page } from 'playwright-core';
import { createApiClient } from '../../server/demo/api-client';
import { noticeTableText } from '../../server/demo/notice-2023';
import { noticeAround2023 } from '../../server/demo/notice-around';
import { demoRosterCsv } from '../../server/demo/roster';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { createStudentPhone, type StudentPhone } from '../../server/demo/student-phone';
import { openTable } from '../../server/platform/tables/open-table';
import { xlsxBytes } from '../../server/platform/tables/write-xlsx';
import { XLSX } from '../../shared/contract/endpoint';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { confirmByPhone, DESK, fetchBillDay, fill, open, sees, settles, signInAt, tab } from './desk';

jest.setTimeout(180_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;
let office: Page;
let maker: Page;
let checker: Page;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 30);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const signIn = (login: string): Promise<Page> => signInAt(browser, firstApi(stack), login);

/** A step of the preparation. */
const step = (page: Page, title: string) =>
  page.getByRole('navigation', { name: '准备步骤' }).getByRole('link', { name: title }).click();

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
/** The list of the last choice fades away for a while: only one is waited for. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const lists = page.locator('.ant-select-dropdown:visible');
  await page.getByRole('combobox', { name: label }).click();
  await lists.getByTitle(option, { exact: true }).click();
  await lists.waitFor({ state: 'hidden' });
}

const shot = (page: Page, name: string) =>
  process.env.SHOTS ? page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) }) : null;

function phoneOf(index: number): StudentPhone {
  const student = demo.students[index];
  if (!student) throw new Error(`no student ${index}`);
  const { person } = student;
  return createStudentPhone({
    baseUrl: firstApi(stack),
    sandbox: stack.sandbox,
    person,
    campaignId: demo.campaign.id,
  });
}

async function bookAndPay(phone: StudentPhone): Promise<void> {
  await phone.login();
  await phone.consent();
  await phone.photographId();
  await phone.verify();
  await phone.findAndConfirm();
  await phone.pay((await phone.hold()).id);
}

const DRAWER_LOOK = `getComputedStyle(document.querySelector('.ant-drawer')).filter`;

/** The pages ask by themselves; once the service has seen that nobody was there, they get no answer. */
async function signInAgain(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await office.getByText('请再输一次密码').waitFor({ timeout: 40_000 });
  await meanwhile();
  await fill(office, '密码', DEMO_PASSWORD);
  await office.locator('.sign-in-again').getByRole('button', { name: '登录', exact: true }).click();
  await office.locator('.sign-in-again').waitFor({ state: 'hidden' });
}

/** As if nobody had touched any console for so long. */
async function leaveAlone(minutes: number): Promise<void> {
  const client = await new MongoClient(stack.mongodbUri).connect();
  const usedAt = new Date(Date.now() - minutes * 60_000);
  await client.db().collection('sessions').updateMany({ 'actor.kind': 'user' }, { $set: { usedAt } });
  await client.close();
}

const NOTICE_MISTAKES = [
  /时间安排表用了 C区202，通知正文没有写这间教室/,
  /通知正文写了 C区205/,
  /“建筑环境与能源应用工程”11:55–12:05 超出了采集时间/,
  /“植物保护”111 人只有 20 分钟/,
  /“电气工程及其自动化（专升本）”46 人只有 10 分钟/,
  /第二学士学位学生/,
  /没有写号码/,
  /缺少“日”/,
  /一处说选择采集时间预约/,
  /身份证遗失/,
];

const cellsOf = (cells: readonly (string | undefined)[]) => cells.map((cell) => cell ?? '');

describe('the office prepares', () => {
  it('is told that a password is wrong and keeps what it typed', async () => {
    const page = await browser.newPage(DESK);
    await page.goto(`${firstApi(stack)}/console`);
    await fill(page, '账号', 'office');
    await fill(page, '密码', 'not-it');
    await page.keyboard.press('Enter');
    await sees(page, '账号或密码不对');
    expect(await page.getByRole('textbox', { name: '账号' }).inputValue()).toBe('office');
    await page.close();
  });

  it('marks what cannot be read at its cell and refuses to write it', async () => {
    office = await signIn('office');
    await open(office, '批次');
    await step(office, '时间安排表');
    await fill(office, '时间安排表', noticeTableText().replace('茶学\t127', '茶学\t很多'));
    await press(office, '读取');
    await sees(office, /有 1 处错误/);
    const cell = office.locator('.ant-table td.cell-error');
    expect(await cell.count()).toBe(1);
    expect(await cell.textContent()).toContain('很多');
    await shot(office, 'import-timetable-error');
    expect(await office.getByRole('button', { name: '下一步：确认变化' }).isDisabled()).toBe(true);
  });

  it('gives the workbook back with the problem marked in it', async () => {
    const [saved] = await Promise.all([office.waitForEvent('download'), press(office, '下载标注表格')]);
    expect(saved.suggestedFilename()).toBe('时间安排表-已标注.xlsx');
    const file = await openTable(await readFile(await saved.path()), () => false);
    const rows = [];
    for await (const { cells } of file.rows(1)) rows.push(cells);
    expect(rows).toEqual([
      ['原表行号', '列', '程度', '问题', '原文'],
      ['3', '人数', '错误', expect.stringContaining('人数应为'), '很多'],
      [
        expect.any(String),
        '专业',
        '提示',
        expect.stringContaining('机械设计制造及其自动化'),
        expect.any(String),
      ],
    ]);
  });

  it('pastes the whole notice, sees its mistakes and writes its 103 rows', async () => {
    await press(office, '换一份');
    await fill(office, '时间安排表', noticeAround2023(noticeTableText()));
    await press(office, '读取');
    await sees(office, '读出 103 个时段，计划 5,334 人');
    for (const mistake of NOTICE_MISTAKES) await sees(office, mistake);
    await sees(office, /“机械设计制造其自动化”按“机械设计制造及其自动化”处理/);
    await shot(office, 'import-timetable');
    await press(office, '下一步：确认变化');
    await sees(office, '写入的就是上面列出的变化');
    await shot(office, 'import-timetable-changes');
    await press(office, '写入 103 个时段');
    await confirm(office, '替换');
    await sees(office, '已写入 103 个时段，计划 5,334 人');
    await press(office, '查看采集时段');
    await office.locator('.ant-table-tbody tr.ant-table-row').nth(102).waitFor();
    expect(await office.locator('.ant-table-tbody tr.ant-table-row').count()).toBe(103);
  });

  it('uploads a roster whose columns nobody knows, says which is which and writes it', async () => {
    await tab(office, '准备');
    await step(office, '学生名单');
    const lines = demoRosterCsv(demo.students).split('\n').slice(1);
    const table = lines.map((line) => {
      const [name, studentNo, , , college, major, className] = line.split(',');
      return [name, studentNo, college, major, className];
    });
    const columns = ['叫什么', '编号', '二级单位', '读什么', '班'].map((title) => ({ title }));
    const buffer = await xlsxBytes([
      { name: '说明', columns: [{ title: '请看第二张表' }], rows: [] },
      {
        name: '2023届',
        columns,
        rows: [...table.map(cellsOf), ['王新', '2019999999', '农学院', '农学院专业', '']],
      },
    ]);
    await office.locator('input[type=file]').setInputFiles({ name: '名单.xlsx', mimeType: XLSX, buffer });
    // While a sheet is on its way its choice keeps the keyboard, and no column of the old one can be named.
    const sheet = office.getByRole('combobox', { name: '工作表' });
    const firstColumn = office.getByRole('combobox', { name: '第 1 列是' });
    let arrives = () => {};
    const held = new Promise<void>((resolve) => {
      arrives = resolve;
    });
    await office.route('**/sheets/1', async (route) => {
      await held;
      await route.continue();
    });
    await choose(office, '工作表', '2023届');
    await sheet.and(office.locator(':focus')).waitFor();
    await firstColumn.and(office.locator(':disabled')).waitFor();
    await shot(office, 'import-sheet-on-its-way');
    // Who chooses again in the meantime is not overtaken by the first choice.
    await choose(office, '工作表', '说明');
    await firstColumn.and(office.locator(':enabled')).waitFor();
    const late = office.waitForResponse('**/sheets/1');
    arrives();
    await (await late).finished();
    await settles(office);
    await sees(office, '请看第二张表');
    await choose(office, '工作表', '2023届');
    await sees(office, '叫什么');
    for (const [column, field] of [
      [1, '姓名 *'],
      [2, '学号 *'],
      [4, '专业 *'],
      [3, '学院'],
      [5, '班级'],
    ] as const) {
      await choose(office, `第 ${column} 列是`, field);
    }
    await office.unroute('**/sheets/1');
    await sees(office, `读出 ${demo.students.length + 1} 名学生`);
    await shot(office, 'import-roster-columns');
    await press(office, '下一步：确认变化');
    await sees(office, '1 名学生没有对应的时段');
    await shot(office, 'import-roster-changes');
    await press(office, `写入 ${demo.students.length + 1} 名学生`);
    await sees(office, /新增 1，更新/);
    await press(office, '处理没有对应的学生');
    await sees(office, '农学院专业');
  });

  it('gives a misspelt major its session by an alias', async () => {
    await shot(office, 'import-matching');
    await press(office, '加一条');
    await fill(office, '第 1 条：名单里的写法', '农学院专业');
    await office.getByRole('combobox', { name: '第 1 条：时间表里的名称' }).fill('农学');
    await office.locator('.ant-select-dropdown:visible').getByTitle('农学', { exact: true }).click();
    await press(office, '保存并重新对应');
    await sees(office, '每名学生都对应到了自己的时段');
    await step(office, '通知检查');
    await sees(office, /身份证遗失的学生被请到现场预约/);
    await shot(office, 'import-notice-check');
  });

  it('issues a code that a staff phone redeems, and sees the phone in use', async () => {
    await open(office, '现场');
    await tab(office, '现场手机');
    await press(office, '发登记码');
    await fill(office, '这台手机叫什么', 'C区202 签到一');
    await confirm(office, '生成登记码');
    const written = (await office.locator('.code').textContent()) ?? '';
    const code = written.replace(/[^0-9A-Z]/g, '');
    expect(code).toHaveLength(8);
    await shot(office, 'console-code');
    const phone = createApiClient(firstApi(stack));
    await phone.call('POST /api/staff/enrol', { body: { code, label: 'C区202 签到一' } });
    await sees(office, '手机已登记，可以扫码了。');
    await confirm(office, '完成');
    await sees(office, '1 台在用');
  });

  it('signs in again where it was when the session has ended, and what was begun goes on', async () => {
    await office.context().clearCookies();
    await open(office, '今天');
    await signInAgain();
    await office.getByRole('heading', { name: '今天' }).waitFor();
    await office.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('is asked for the password when it was left alone for an hour; nobody reads the page, and what was typed is there', async () => {
    await open(office, '批次');
    await tab(office, '批次信息');
    await press(office, '修改');
    const drawer = office.getByRole('dialog');
    await drawer.getByRole('textbox', { name: '地点' }).fill('逸夫楼二层');
    await leaveAlone(61);
    await signInAgain(async () => {
      expect(await office.evaluate(DRAWER_LOOK)).toContain('blur');
      await shot(office, 'console-sign-in-again');
    });
    expect(await drawer.getByRole('textbox', { name: '地点' }).inputValue()).toBe('逸夫楼二层');
    await confirm(office, '保存');
    await sees(office, '已保存');
    // The demo's own desk was left alone as well.
    await demo.office.signIn('office', DEMO_PASSWORD);
  });

  it('is told at once that there is no network, and nothing is saved later behind its back', async () => {
    await open(office, '批次');
    await tab(office, '批次信息');
    await press(office, '修改');
    const typed = office.getByRole('dialog').getByRole('textbox', { name: '地点' });
    await typed.fill('逸夫楼三层');
    await office.context().setOffline(true);
    await confirm(office, '保存');
    await sees(office, '没有连上服务器，请检查网络');
    await shot(office, 'no-network');
    await office.context().setOffline(false);
    expect(await typed.inputValue()).toBe('逸夫楼三层');
    const { place } = await demo.office.call('GET /api/console/campaigns/:id', {
      params: { id: demo.campaign.id },
    });
    expect(place).toBe('逸夫楼二层');
    await office.reload();
    await open(office, '今天');
  });

  it("is told of a colleague's change instead of overwriting it", async () => {
    await open(office, '批次');
    await tab(office, '批次信息');
    await press(office, '修改');
    const drawer = office.getByRole('dialog');
    await drawer.getByRole('textbox', { name: '地点' }).fill('逸夫楼一层');
    const seen = await demo.office.call('GET /api/console/campaigns/:id', {
      params: { id: demo.campaign.id },
    });
    await demo.office.call('POST /api/console/campaigns/:id/open', {
      params: { id: seen.id },
      body: { version: seen.version },
    });
    await confirm(office, '保存');
    await sees(office, '刚被别人改过，没有保存');
    const { place } = await demo.office.call('GET /api/console/campaigns/:id', { params: { id: seen.id } });
    expect(place).toBe('逸夫楼二层');
    await office.reload();
  });
});

describe('after the day', () => {
  beforeAll(async () => {
    await stack.sandbox.setClock(phase('open'));
    for (const index of [0, 1]) await bookAndPay(phoneOf(index));
    await stack.sandbox.setClock(phase('closing'));
    [maker, checker] = [await signIn('finance1'), await signIn('finance2')];
  });

  it('the office closes the collection', async () => {
    await office.reload();
    await open(office, '今天');
    await sees(office, '结束采集');
    await press(office, '去结束采集');
    await press(office, '结束采集');
    await confirm(office, '结束采集');
    await sees(office, /采集已于 2022-11-19 17:0\d 结束/);
  });

  it('one finance person submits the refund and cannot approve it, but take it back', async () => {
    await open(maker, '结算');
    await sees(maker, '已付款未拍摄：2 人，60.00 元');
    await shot(maker, 'console-uncollected');
    await press(maker, '提交退款 2 人 60.00 元');
    await confirm(maker, '提交审批');
    await sees(maker, '您提交的，请另一位财务同事审批');
    await press(maker, '撤回');
    await maker.locator('.ant-popconfirm').getByRole('button', { name: '撤回' }).click();
    await sees(maker, '已撤回，可以改好再提交');
    await press(maker, '提交退款 2 人 60.00 元');
    await confirm(maker, '提交审批');
    await sees(maker, '您提交的，请另一位财务同事审批');
    expect(await maker.getByRole('button', { name: '审批', exact: true }).count()).toBe(0);
  });

  it('another approves it, and both see the money go back', async () => {
    await checker.reload();
    await sees(checker, '审批统一退款');
    await press(checker, '去审批');
    await press(checker, '审批');
    await confirm(checker, '批准并退款 60.00 元');
    await confirmByPhone(checker, stack, 'finance2');
    for (const page of [checker, maker]) {
      page.setDefaultTimeout(60_000); // The service asks WeChat for the outcome every half minute.
      await sees(page, '已到账 2 笔 60.00 元');
      await sees(page, '已完成');
    }
    await shot(checker, 'console-refunded');
  });

  it('the bills of both days agree with our records', async () => {
    await stack.sandbox.setClock(phase('next'));
    await maker.reload();
    await open(maker, '对账');
    for (const day of ['2022-11-15', '2022-11-19']) {
      const bills = await fetchBillDay(maker, day);
      await bills.getByText('已核对，0 差异').waitFor();
    }
    const paidBack = maker.getByRole('row', { name: /退款金额/ });
    expect(await paidBack.getByRole('cell').allInnerTexts()).toEqual(['60.00', '60.00', '0.00']);
    await shot(maker, 'console-reconciled');
  });

  it('shows finance neither the office’s imports nor the audit log', async () => {
    expect(await maker.getByRole('menuitem').allInnerTexts()).toEqual([
      '今天',
      '批次',
      '学生与预约',
      '待办',
      '现场',
      '结算',
      '对账',
      '报表',
      '资金去向',
      '工作日',
    ]);
    await open(maker, '批次');
    await maker.getByRole('tab').first().waitFor();
    expect(await maker.getByRole('tab').allInnerTexts()).toEqual(['批次信息', '采集时段']);
  });
});
