import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { DEMO_SCHOOL, noticeTableText } from '../../server/demo/notice-2023';
import { DEMO_HEADCOUNT, demoRoster, demoRosterCsv } from '../../server/demo/roster';
import { createOwners, firstApi, phase } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { noticeAround2023 } from '../support/notice-around';
import { startTestStack } from '../support/stack';
import { open, seriousProblems, signInAt } from './desk';
import { OfficeHand } from './office-hand';

jest.setTimeout(600_000);

/** What the office of the notice needs at most, from nothing to an open campaign. */
const MINUTES = 10;

let stack: Stack;
let browser: Browser;
let roster: string;
let hand: OfficeHand;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  await stack.sandbox.setClock(phase('before'), true);
  await createOwners(stack);
  roster = demoRosterCsv(demoRoster(await stack.sandbox.createPeople(DEMO_HEADCOUNT, 2023)));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function atDesk(login: string): Promise<Page> {
  const page = await signInAt(browser, firstApi(stack), login);
  page.setDefaultTimeout(30_000);
  return page;
}

const step = (page: Page, title: string) =>
  page.getByRole('navigation', { name: '准备步骤' }).getByRole('listitem').filter({ hasText: title });

async function stateOf(title: string): Promise<string> {
  const icon = step(hand.page, title).getByRole('img').first();
  return (await icon.getAttribute('aria-label')) ?? '';
}

const shot = (name: string) =>
  process.env.SHOTS
    ? hand.page.screenshot({ path: path.join(process.env.SHOTS, `wizard-${name}.png`), fullPage: true })
    : null;

describe('from nothing to an open campaign', () => {
  it('begins where there is no campaign yet: school and merchant', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
    page.setDefaultTimeout(30_000);
    await page.goto(`${firstApi(stack)}/console`);
    hand = new OfficeHand(page);
    await hand.type('账号', 'office');
    await hand.type('密码', 'yulan-2022');
    await hand.press('登录');
    await hand.press('新建第一个批次');
    await hand.type('名称', '2023 届本科毕业生图像采集');
    await hand.type('届别', '2023');
    await hand.type('学籍部门', DEMO_SCHOOL.registryOffice);
    await hand.press('加一个电话');
    await hand.type('名称', '电话客服', 1);
    await hand.type('电话', '0871-00000002');
    await shot('school');
    await hand.press(/保存，下一步/);
    await hand.sees('收费依据');
    expect(await stateOf('学校与商户')).toBe('已完成');
    expect(await stateOf('收费项目')).toBe('待办');
  });

  it('fee items: two of 15 yuan', async () => {
    await hand.press('加一项收费');
    await hand.type('项目', '上网信息网页制作费', 1);
    await hand.type('金额（元）', '15', 1);
    await hand.type('收费依据', '云教函[2013]165号');
    await shot('fees');
    await hand.press(/保存，下一步/);
    await hand.sees('30.00 元');
  });

  it('rooms and days', async () => {
    await hand.type('地点', '逸夫楼');
    for (const room of ['C区202', 'C区203', 'C区204', 'C区207']) {
      await hand.type('教室', room);
      await hand.page.keyboard.press('Enter');
    }
    await hand.press('加一个采集日');
    await hand.pick('日期', '2022-11-19');
    await hand.press('加一段时间');
    await shot('rooms');
    await hand.press(/保存，下一步/);
    await hand.sees('4 间，1 天');
  });

  it('timetable: the notice pasted whole, its mistakes before it is written', async () => {
    await hand.paste('时间安排表', noticeAround2023(noticeTableText()));
    await hand.press('读取');
    await hand.sees('读出 103 个时段，计划 5,334 人');
    await hand.sees(/“建筑环境与能源应用工程”11:55–12:05 超出了采集时间/);
    await shot('timetable');
    await hand.press('下一步：确认变化');
    await hand.press('写入 103 个时段');
    await hand.sees('已写入 103 个时段，计划 5,334 人');
    expect(await stateOf('时间安排表')).toBe('已完成');
  });

  it('is taken up by a colleague where it stopped: the roster', async () => {
    const colleague = await atDesk('office2');
    await open(colleague, '批次');
    await colleague.waitForURL(/\/batch\/roster$/);
    const { minutes } = hand;
    hand = new OfficeHand(colleague);
    console.log(`前四步 ${minutes.toFixed(1)} 分钟`);
    await hand.click(colleague.getByText('把 Excel 或 CSV 文件拖到这里').locator('visible=true'));
    await colleague.locator('input[type=file]').setInputFiles({
      name: '名单.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`\uFEFF${roster}`),
    });
    await hand.sees('读出 5,334 名学生');
    await shot('roster');
    await hand.press('下一步：确认变化');
    await hand.press('写入 5,334 名学生');
    await hand.sees(/已写入 5,334 名学生/);
    expect(await stateOf('学生名单')).toBe('已完成');
    expect(await stateOf('专业对应')).toBe('已完成');
  });

  it('notice check: the notice’s own mistakes, each with its row, and none of the roster', async () => {
    await hand.press('做通知检查');
    await hand.sees(/“植物保护”111 人只有 20 分钟/);
    await hand.sees(/身份证遗失/);
    expect(await hand.page.getByText(/名单里一个也没有|名单有/).count()).toBe(0);
    const tight = hand.page.getByRole('listitem').filter({ hasText: '“植物保护”111 人' });
    expect(await tight.textContent()).toMatch(/第 \d+ 行/);
    expect(await stateOf('通知检查')).toBe('请核对');
    await shot('notice');
    await hand.press('下一步：预约时间');
  });

  it('booking window and make-up', async () => {
    await hand.pick('截止', '2022-11-18T22:00');
    await shot('window');
    await hand.press(/保存，下一步/);
    await hand.pick('截止日期', '2023-04-30');
    await hand.type('电话', '0871-64094592');
    await hand.type('邮箱', 'caiji@example.com');
    await hand.type('地点', '昆明市新闻信息中心');
    await hand.type('地铁', '3号线');
    await hand.type('停车', '无');
    await shot('make-up');
    await hand.press(/保存，下一步/);
    await hand.sees(/可以再看一看/);
    expect(await stateOf('补拍信息')).toBe('已完成');
  });

  it('opens, with what is left over in sight', async () => {
    await shot('open');
    expect(await seriousProblems(hand.page)).toEqual([]);
    await hand.press('现在开放预约');
    await hand.click(hand.page.getByRole('dialog').getByRole('button', { name: '开放预约' }));
    await hand.sees('5,334 名学生现在可以认证和预约');
    expect(await stateOf('开放预约')).toBe('已完成');
    await shot('opened');
    console.log(`从名单到开放 ${hand.minutes.toFixed(1)} 分钟`);
    expect(hand.minutes).toBeLessThan(MINUTES);
  });
});
