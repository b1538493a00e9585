import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { firstApi } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { openTable } from '../../server/platform/tables/open-table';
import { type FinanceScene, layFinanceScene } from '../../server/tryout/finance-scene';
import { launchBrowser, PATIENCE_MS } from '../support/browser';
import { startTestStack } from '../support/stack';
import { billDay, confirmByPhone, seriousProblems, signInAt } from './desk';
import { OfficeHand } from './office-hand';

jest.setTimeout(600_000);

const DAY = '2022-11-19';
const NEXT_DAY = '2022-11-20';

let stack: Stack;
let scene: FinanceScene;
let browser: Browser;
let maker: OfficeHand;
let checker: OfficeHand;
let office: OfficeHand;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  scene = await layFinanceScene(stack);
  browser = await launchBrowser();
  [maker, checker, office] = [await handOf('finance1'), await handOf('finance2'), await handOf('office')];
});
afterAll(async () => {
  if (maker) console.log(`财务两人按人的速度用了 ${maker.minutes.toFixed(1)} 分钟`);
  await browser?.close();
  await stack?.stop();
});

async function handOf(login: string): Promise<OfficeHand> {
  const page = await signInAt(browser, firstApi(stack), login);
  page.setDefaultTimeout(PATIENCE_MS);
  return new OfficeHand(page);
}

/** With PICTURES=folder: what the people saw. */
async function picture({ page }: OfficeHand, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `finance-${name}.png`) });
}

/** Who approves reads a code from the phone. */
const approve = () => confirmByPhone(checker.page, stack, 'finance2');

const tab = ({ page }: OfficeHand, name: string) => page.getByRole('tab', { name });

async function openDay(hand: OfficeHand, day: string): Promise<void> {
  await hand.menu('对账');
  await hand.click(hand.page.locator('.calendar').getByRole('button', { name: new RegExp(day) }));
  await billDay(hand.page, day);
}

/** Saves the file of a button and reads a sheet of it, title lines included. */
async function workbook(hand: OfficeHand, button: string | RegExp, sheet = 0): Promise<string[][]> {
  const saving = hand.page.waitForEvent('download');
  await hand.press(button);
  const file = await openTable(readFileSync(await (await saving).path()), () => false);
  const rows: string[][] = [];
  for await (const { cells } of file.rows(sheet)) rows.push(cells.map(String));
  return rows;
}

const EXPORT = /导出 Excel/;

/** One proposes, the other agrees; what came of it is said. */
async function repair(difference: RegExp, how: string, note: string, result: RegExp): Promise<void> {
  await maker.click(maker.page.getByRole('button', { name: difference }));
  await maker.click(maker.page.locator('.ant-radio-button-wrapper', { hasText: how }));
  await maker.sees('复核同意后会这样做');
  await maker.type('说明', note);
  await picture(maker, `propose-${how}-${note}`);
  await maker.press('提交复核');
  await maker.sees('您提出的，请另一位财务同事复核');
  await maker.page.keyboard.press('Escape');

  await checker.page.reload();
  await checker.click(checker.page.getByRole('button', { name: difference }));
  await checker.sees(`待复核：${how}`);
  await checker.click(checker.page.locator('.ant-drawer').getByRole('button', { name: /^同\s?意$/ }));
  await checker.press('同意执行');
  await approve();
  await checker.sees(result);
  await checker.page.keyboard.press('Escape');
}

async function closeDay(): Promise<void> {
  await maker.page.reload();
  await maker.sees('未解释 0.00 元');
  await maker.press('提交关账');
  await maker.press(/^提\s?交$/);
  await maker.sees('等待复核关账，未解释 0.00 元');
  await checker.page.reload();
  await checker.press('复核关账');
  await checker.press(/^同\s?意$/);
  await approve();
  await checker.sees('已关账，未解释 0.00 元');
}

describe('the campaign is settled', () => {
  it('not before the phone that kept its scans is answered for', async () => {
    await maker.menu('结算');
    await maker.sees('还有 1 台现场手机没有传完，暂时不能提交退款');
    expect(await maker.page.getByRole('button', { name: /提交退款/ }).isDisabled()).toBe(true);
    expect(await seriousProblems(maker.page)).toEqual([]);
    await picture(maker, 'phone-to-wait-for');

    await office.menu('结算');
    await office.press(`不再等 ${scene.phone}`);
    await office.click(office.page.getByText('手机损坏', { exact: true }));
    await office.press('不再等');
    await office.page.getByText('还有 1 台现场手机没有传完').waitFor({ state: 'hidden' });
    await maker.page.reload();
  });

  it('without the one who was photographed after all, by two people, and all of it arrives', async () => {
    await maker.sees('签到未拍');
    await maker.click(
      maker.page.getByRole('row').filter({ hasText: '签到未拍' }).getByRole('button', { name: /^排除/ }),
    );
    const reason = maker.page.getByRole('textbox', { name: /不退 .+ 的原因/ });
    await reason.pressSequentially('现场说拍过', { delay: 200 });
    await maker.press(/提交退款 4 人/);
    await maker.press('提交审批');
    await maker.sees('您提交的，请另一位财务同事审批');

    await checker.menu('结算');
    await checker.sees('等您审批');
    await checker.press('审批');
    await picture(checker, 'approve');
    await checker.press(/批准并退款 120.00 元/);
    await approve();
    await checker.sees('已完成');
    await checker.sees('已到账 4 笔 120.00 元');
    await checker.click(checker.page.locator('.ant-segmented-item', { hasText: '本次不退 1' }));
    await checker.sees('现场说拍过');
    await picture(checker, 'refunded');
    expect(await seriousProblems(checker.page)).toEqual([]);
  });

  it('with a workbook whose totals are those on the screen', async () => {
    const rows = await workbook(checker, EXPORT);
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.arrayContaining(['已到账', '4', '120']),
        expect.arrayContaining(['本次不退', '1', '30']),
        expect.arrayContaining(['合计', '5', '150']),
      ]),
    );
  });

  it('and who was photographed without paying is waived by two people', async () => {
    const row = ({ page }: OfficeHand) =>
      page.getByRole('row').filter({ hasText: scene.owing.student.studentNo });
    await maker.click(tab(maker, '已拍未付'));
    await maker.click(row(maker).getByRole('button', { name: /申请免缴/ }));
    await maker.click(maker.page.getByText('家庭经济困难，学院证明', { exact: true }));
    await maker.press('提交申请');
    await maker.sees('等另一位同事');
    await picture(maker, 'unpaid');
    await checker.click(tab(checker, '已拍未付'));
    await checker.click(row(checker).getByRole('button', { name: /^批\s?准$/ }));
    await checker.click(checker.page.locator('.ant-popconfirm').getByRole('button', { name: /^批\s?准$/ }));
    await approve();
    await row(checker).waitFor({ state: 'hidden' });
  });
});

describe('the bill of the collection day', () => {
  it('has five differences', async () => {
    await openDay(maker, DAY);
    await maker.click(maker.page.getByRole('button', { name: /下载账单并核对|重新核对/ }));
    for (const words of ['长款：只有微信有', '短款：只有我方有', '金额不符', '重复支付', '跨日，等次日账单'])
      await maker.sees(words);
    await maker.sees('4 处差异，需要逐条处理');
    await maker.sees('1 处跨日');
    expect(await maker.page.getByRole('button', { name: '提交关账' }).isDisabled()).toBe(true);
    await picture(maker, 'five');
    expect(await seriousProblems(maker.page)).toEqual([]);
  });

  it('which two people resolve one by one', async () => {
    await openDay(checker, DAY);
    await repair(/长款/, '退款', '付款人不是本校学生', /45.00 元已申请原路退款/);
    await repair(/重复支付/, '退款', '同一人付了两次', /30.00 元已申请原路退款/);
    await repair(/金额不符/, '退款', '输错金额，退回重付', /10.00 元已申请原路退款/);
    await repair(/短款/, '冲正', '微信查无此款', /已冲回 30.00 元/);
  });

  it('but for the one over midnight, which is carried over when the day is closed', async () => {
    await maker.page.reload();
    await maker.sees('另有 1 处跨日 30.00 元，随关账结转');
    await closeDay();
    await checker.sees('1 处跨日差错结转');
    await checker.sees('已核对，只剩 1 处跨日 30.00 元，等相邻一天的账单');
    await picture(checker, 'closed');
    expect(await seriousProblems(checker.page)).toEqual([]);
  });

  it('and clears itself with the next day’s bill, which agrees to the fen', async () => {
    await maker.click(maker.page.locator('.demo-switch'));
    await maker.click(maker.page.getByRole('menuitem', { name: /第三天/ }));
    await maker.page.waitForTimeout(1_000);
    await openDay(maker, NEXT_DAY);
    await maker.click(maker.page.getByRole('button', { name: /下载账单并核对|重新核对/ }));
    await maker.sees('已核对，0 差异');
    await openDay(checker, NEXT_DAY);
    await closeDay();

    await openDay(maker, DAY);
    await maker.sees('已关账，未解释 0.00 元');
    await maker.page.getByText('1 处跨日差错结转').waitFor({ state: 'hidden' });
    await maker.click(maker.page.getByRole('button', { name: /查看 跨日/ }));
    await maker.sees('相邻一天的账单里有了对方，自动销账');
    await maker.page.keyboard.press('Escape');
  });

  it('with nothing left in the work list of all days', async () => {
    await maker.click(maker.page.locator('.ant-segmented-item', { hasText: '差错清单' }));
    await maker.sees('未平账 0');
    await maker.click(maker.page.locator('.ant-segmented-item', { hasText: '已平账 5' }));
    await maker.sees('付款人不是本校学生');
    await picture(maker, 'work-list');
    expect(await seriousProblems(maker.page)).toEqual([]);
  });
});

it('the sheet for the photographer ties to the ledger, on screen and in Excel', async () => {
  await maker.menu('结算');
  await maker.click(tab(maker, '与拍摄单位结算'));
  await maker.sees('与拍摄单位结算单');
  await picture(maker, 'agency');
  expect(await seriousProblems(maker.page)).toEqual([]);
  const rows = await workbook(maker, EXPORT);
  const last = (name: string) => rows.find(([first]) => first === name)?.at(-1);
  // Eight of eleven have paid: one was reversed, one was given back, one is waived.
  expect(last('合计')).toBe('240');
  expect(last('已付未拍、未退的')).toBe('30');
  expect(last('按分录，本批次收费净额')).toBe('270');
  expect(last('相差')).toBe('0');
  await maker.sees('240.00');
});
