import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { firstApi } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { UNMATCHED } from '../../server/demo/todo-scene';
import { openTable } from '../../server/platform/tables/open-table';
import { office } from '../../server/tryout/office';
import { layOfficeWork, type OfficeWork, TOGETHER } from '../../server/tryout/office-work';
import type { Paper, TaskCard } from '../../server/tryout/tryout';
import { XLSX } from '../../shared/contract/endpoint';
import { launchBrowser, PATIENCE_MS } from '../support/browser';
import { startTestStack } from '../support/stack';
import { confirmByPhone, DESK, seriousProblems, signInAt } from './desk';
import { OfficeHand } from './office-hand';

jest.setTimeout(600_000);

/** For a progress bar over the whole roster, on a machine that does other things too. */
const WRITING_MS = 180_000;

/** What the office needs at most, from nothing to an open campaign. */
const MINUTES = 10;

let stack: Stack;
let browser: Browser;
let card: TaskCard;
let work: OfficeWork;
let hand: OfficeHand;
let begun: number;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  card = await office.prepare(stack);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

function paper(fileName: string): Paper {
  const found = card.papers?.find((each) => each.fileName === fileName);
  if (!found) throw new Error(`the card has no ${fileName}`);
  return found;
}

async function atDesk(login: string): Promise<OfficeHand> {
  const page = await signInAt(browser, firstApi(stack), login);
  page.setDefaultTimeout(PATIENCE_MS);
  return new OfficeHand(page, hand.effort);
}

/** What a part of the card took: the taps of all who took part, and the clock on the wall. */
function tellEffort(what: string): number {
  const minutes = (Date.now() - begun) / 60_000;
  const { taps, keys } = hand.effort;
  console.log(`${what}：${taps} 次点击，${keys} 个字，按人的速度 ${minutes.toFixed(1)} 分钟`);
  return minutes;
}

function startPart(): void {
  begun = Date.now();
  Object.assign(hand.effort, { taps: 0, keys: 0 });
}

const step = (title: string) =>
  hand.page.getByRole('navigation', { name: '准备步骤' }).getByRole('listitem').filter({ hasText: title });

async function stateOf(title: string): Promise<string> {
  const icon = step(title).getByRole('img').first();
  return (await icon.getAttribute('aria-label')) ?? '';
}

const shot = (name: string) =>
  process.env.SHOTS
    ? hand.page.screenshot({ path: path.join(process.env.SHOTS, `office-${name}.png`), fullPage: true })
    : null;

describe('from nothing to an open campaign', () => {
  it('begins where there is no campaign yet: school and merchant', async () => {
    const page = await browser.newPage(DESK);
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(card.url);
    hand = new OfficeHand(page);
    startPart();
    await hand.type('账号', 'office');
    await hand.type('密码', 'yulan-2022');
    await hand.press('登录');
    await hand.press('新建第一个批次');
    await hand.type('名称', '2023 届本科毕业生图像采集');
    await hand.type('届别', '2023');
    await hand.type('学籍部门', '教务处学籍学历和信息管理科');
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
    await hand.type('教室', 'C区202、C区203、C区204、C区207');
    await hand.enter();
    await hand.press('加一个采集日');
    await hand.pick('日期', '2022-11-19');
    await hand.press('加一段时间');
    await shot('rooms');
    await hand.press(/保存，下一步/);
    await hand.sees('4 间，1 天');
  });

  it('rules: five reserve seats in every session; the rest as it is proposed', async () => {
    await hand.type('每个时段预留名额', '5');
    await shot('rules');
    await hand.press(/保存，下一步/);
    await hand.page.getByLabel('时间安排表', { exact: true }).waitFor();
    expect(await stateOf('预约规则')).toBe('已完成');
  });

  it('timetable: the notice pasted whole, its mistakes before it is written', async () => {
    await hand.paste('时间安排表', String(paper('通知.txt').content));
    await hand.press('读取');
    await hand.sees('读出 103 个时段，计划 5,334 人');
    await hand.sees(/“建筑环境与能源应用工程”11:55–12:05 超出了采集时间/);
    await shot('timetable');
    await hand.press('下一步：确认变化');
    await hand.press('写入 103 个时段');
    await hand.sees('已写入 103 个时段，计划 5,334 人');
    expect(await stateOf('时间安排表')).toBe('已完成');
  });

  it('is taken up by a colleague where it stopped: the roster as an Excel file', async () => {
    hand = await atDesk('office2');
    await hand.menu('批次');
    await hand.page.waitForURL(/\/batch\/roster$/);
    await hand.click(hand.page.getByText('把 Excel 或 CSV 文件拖到这里').locator('visible=true'));
    const { fileName, content } = paper('毕业生名单.xlsx');
    await hand.page.locator('input[type=file]').setInputFiles({
      name: fileName,
      mimeType: XLSX,
      buffer: Buffer.from(content),
    });
    await hand.sees('读出 5,335 名学生');
    await shot('roster');
    await hand.press('下一步：确认变化');
    await hand.press('写入 5,335 名学生');
    await hand.sees(/已写入 5,335 名学生/, WRITING_MS);
    expect(await stateOf('学生名单')).toBe('已完成');
    expect(await stateOf('专业对应')).toBe('请核对');
    await shot('roster-written');
  });

  it('notice check: the notice’s own mistakes, each with its row, and of the roster only the new major', async () => {
    await hand.click(step('通知检查').getByRole('link'));
    await hand.sees(/“植物保护”111 人只有 20 分钟/);
    await hand.sees(/身份证遗失/);
    await shot('notice');
    await hand.page
      .getByText(/名单里一个也没有|名单有/)
      .first()
      .waitFor({ state: 'hidden' });
    const tight = hand.page.getByRole('listitem').filter({ hasText: '“植物保护”111 人' });
    expect(await tight.textContent()).toMatch(/第 \d+ 行/);
    expect(await stateOf('通知检查')).toBe('请核对');
    await hand.press('下一步：预约时间');
  });

  it('booking window and make-up', async () => {
    await hand.pick('截止', '2022-11-18 22:00');
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

  it('opens within ten minutes, with what is left over in sight', async () => {
    await shot('open');
    expect(await seriousProblems(hand.page)).toEqual([]);
    await hand.press('现在开放预约');
    await hand.click(hand.page.getByRole('dialog').getByRole('button', { name: '开放预约' }));
    await hand.sees('5,335 名学生现在可以认证和预约');
    expect(await stateOf('开放预约')).toBe('已完成');
    await shot('opened');
    expect(tellEffort('从通知到开放预约')).toBeLessThan(MINUTES);
  });
});

/** The red number beside 待办 is gone. */
const nothingWaits = ({ page }: OfficeHand) =>
  page.getByRole('menuitem', { name: /待办.*\d/ }).waitFor({ state: 'detached' });

describe('the students have come: one item of each queue', () => {
  let colleague: OfficeHand;

  beforeAll(async () => {
    work = await layOfficeWork(stack, 5_000);
    colleague = await atDesk('office');
    startPart();
  });

  it('a document, with its photos', async () => {
    const { review } = work.todo;
    await hand.page.getByRole('menuitem', { name: /待办.*5/ }).waitFor();
    await hand.menu('待办');
    await hand.press(`审核 ${review.name}`);
    await hand.sees(review.person.idNumber);
    await hand.sees('证件号码一致');
    await hand.page
      .getByRole('img', { name: /证件.面照片/ })
      .nth(1)
      .waitFor();
    await shot('review');
    await hand.press('证件属实，通过');
    await hand.sees('没有等待审核的证件');
  });

  it('two WeChat users who claim one student', async () => {
    await hand.tab('微信绑定冲突');
    await hand.press('交给这个微信');
    await hand.word('已核对身份证原件');
    await hand.press('转交');
    await hand.sees('没有冲突');
  });

  it('a request to correct the data', async () => {
    await hand.tab('信息更正');
    await hand.press(`同意 ${work.todo.correction.name} 的更正`);
    await hand.word('已核对学籍系统');
    await hand.press('同意更正');
    await hand.sees('没有等待处理的更正申请');
  });

  it('a debt: one asks for the waiver, the colleague approves', async () => {
    await hand.tab('待缴');
    await hand.press(`申请免缴 ${work.todo.owed.name}`);
    await hand.word('家庭经济困难，学院证明');
    await hand.press('提交申请');
    await hand.sees('等另一位同事');
    await colleague.menu('待办');
    await colleague.tab('待缴');
    await colleague.press('批准');
    await colleague.agree('批准');
    await confirmByPhone(colleague.page, stack, 'office');
    await colleague.sees('没有人欠费');
  });

  it('a student whose major is on no timetable', async () => {
    await hand.tab('没有时段的学生');
    await hand.sees(UNMATCHED.name);
    await hand.choose(`${UNMATCHED.major} 的时段`, TOGETHER);
    await hand.press('安排 1 人');
    await hand.sees('每名学生都有自己的时段');
    await nothingWaits(hand);
  });

  it('money: asked for, stuck twice, doubtful, and news that fits no order; two people of finance', async () => {
    const { asked, closed, abnormal, quarantined, strange } = work.money;
    const [maker, checker] = [await atDesk('finance1'), await atDesk('finance2')];
    const byPhone = () => confirmByPhone(checker.page, stack, 'finance2');
    await checker.menu('待办');
    await checker.tab('款项');
    await checker.click(checker.row(asked).getByRole('button', { name: '批准' }));
    await checker.agree('批准');
    await byPhone();
    await checker.row(asked).waitFor({ state: 'hidden' });
    // WeChat takes one refund of an order a minute.
    await stack.sandbox.advance(60_000);
    await checker.click(checker.row(closed).getByRole('button', { name: '重新退款' }));
    await checker.agree('重新退款');
    await checker.row(closed).waitFor({ state: 'hidden' });
    await checker.click(checker.row(abnormal).getByRole('button', { name: '改退' }));
    await checker.word('学校的商户账户');
    await checker.press(/^改\s?退$/);
    await byPhone();
    await checker.row(abnormal).getByText('等另一位同事确认').waitFor();
    await checker.press(`写明 ${strange}`);
    await checker.word('学校其他系统的订单');
    await checker.press('记下');
    await checker.row(strange).waitFor({ state: 'hidden' });
    await maker.menu('待办');
    await maker.tab('款项');
    await maker.click(maker.row(abnormal).getByRole('button', { name: '改退' }));
    await maker.press(/^改\s?退$/);
    await confirmByPhone(maker.page, stack, 'finance1');
    await maker.row(abnormal).waitFor({ state: 'hidden' });
    await maker.click(maker.row(quarantined).getByRole('button', { name: '申请退回' }));
    await maker.word('付款不符，请重新付款');
    await maker.press('提交申请');
    await maker.row(quarantined).getByRole('button', { name: '撤回' }).waitFor();
    await checker.click(checker.row(quarantined).getByRole('button', { name: '批准' }));
    await checker.agree('批准');
    await byPhone();
    await checker.sees('没有等人处理的款项');
    await nothingWaits(checker);
    tellEffort('每一类待办各一件');
  });
});

describe('the rest of the day', () => {
  let caller: string;

  beforeAll(async () => {
    const [first] = work.todo.booked;
    if (!first) throw new Error('nobody has booked');
    caller = first.studentNo;
    startPart();
  });

  it('a caller is moved to another session', async () => {
    await hand.menu('学生与预约');
    await hand.type('查找学生', caller);
    await hand.enter();
    await hand.click(hand.row(caller));
    await hand.press('改时段');
    await hand.choose('新的时段', '动物医学');
    await hand.type('原因', '和实习冲突');
    await hand.press('改到这个时段');
    await hand.sees('代为改时段');
    await hand.press('关闭');
  });

  it('the list of those who have not paid is taken along as an Excel file', async () => {
    await hand.click(
      hand.page
        .getByRole('button', { name: '清除', exact: true })
        .or(hand.page.locator('.ant-input-clear-icon'))
        .first(),
    );
    await hand.word(/^未付款/);
    const [saved] = await Promise.all([hand.page.waitForEvent('download'), hand.press(/导出/)]);
    const file = await openTable(await readFile(await saved.path()), () => false);
    let rows = 0;
    for await (const _ of file.rows(0)) rows += 1;
    expect(rows).toBeGreaterThan(1);
  });

  it('a session of booked students moves to another room, with a preview of whom it concerns', async () => {
    await hand.menu('批次');
    await hand.tab('采集时段');
    await hand.type('按专业查找', TOGETHER);
    await hand.press(`调整 ${TOGETHER} 的时间或教室`);
    await hand.type('改到教室', 'C区301');
    await hand.sees(/1 个时段，影响 12 名已预约的学生/);
    await shot('move');
    await hand.type('告诉学生的原因', '教室停电');
    await hand.press(/调整 1 个时段，通知/);
    await hand.sees('预约开始后的调整');
    await hand.sees(/教室停电/);
    tellEffort('来电、名单和调整时段');
  });
});
