import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { fenOf, readSheet } from '../support/report-scene';
import { bookedStudent } from '../support/site';
import { startTestStack } from '../support/stack';
import { confirm, fetchBillDay, fill, open, press, sees, seriousProblems, signInAt, tab } from './desk';

jest.setTimeout(180_000);

const DAY = '2022-11-15';

let stack: Stack;
let demo: Demo;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 8);
  await stack.sandbox.setClock(phase('open'));
  for (const at of [0, 1, 2]) await bookedStudent(stack, demo, at);
  await stack.sandbox.setClock(new Date('2022-11-16T10:30:00+08:00'));
  browser = await launchBrowser();
  page = await signInAt(browser, firstApi(stack), 'finance1');
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** The screen as it is, at the smallest and at a large desk. */
async function picture(name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const width of [1920, 1280]) {
    await page.setViewportSize({ width, height: width === 1920 ? 1080 : 800 });
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(folder, `${name}-${width}.png`), fullPage: true });
  }
}

async function openLedger(): Promise<void> {
  await page.getByRole('button', { name: '45.00 元，收入 拍摄费 的订单' }).click();
  await page
    .getByRole('button', { name: /^订单 .* 的分录$/ })
    .first()
    .click();
}

it('says where every fen is, once it is asked, and leads from a place to an order’s entries', async () => {
  await open(page, '资金去向');
  await sees(page, '还没有核对过');
  await press(page, '现在核对一遍');
  await sees(page, '每一分钱都有去处，未解释 0.00 元');
  await sees(page, '共收到 90.00 元');
  await sees(page, '如果有一分钱说不清');
  await picture('whereabouts');
  expect(await seriousProblems(page)).toEqual([]);
  await openLedger();
  await sees(page, '微信账户');
  await sees(page, '上网信息网页制作费');
  await picture('whereabouts-ledger');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

it('writes down the receipt of an order, and later that it was voided', async () => {
  await openLedger();
  await press(page, '登记已开');
  await sees(page, '请填票据号码');
  await fill(page, '票据号码', 'YN-2022-000183');
  await press(page, '登记已开');
  await sees(page, /YN-2022-000183，财务处王会计 登记于 2022-11-16/);
  await picture('receipt');
  expect(await seriousProblems(page)).toEqual([]);
  await press(page, '票据已作废或冲红');
  await page.getByRole('dialog').getByText('开错抬头').click();
  await confirm(page, '登记作废');
  await page.getByRole('button', { name: '登记已开' }).waitFor();
});

it('shows the days with WeChat’s total beside ours as soon as the bill is in', async () => {
  await page.reload();
  await open(page, '报表');
  await sees(page, '这些日子还没有微信账单');
  await open(page, '对账');
  await fetchBillDay(page, DAY);
  await sees(page, '已核对，0 差异');
  await open(page, '报表');
  // Ours, WeChat's, and what lies between.
  await page.getByRole('row', { name: '收款金额 90.00 90.00 0.00' }).waitFor();
  await picture('reports-daily');
  expect(await seriousProblems(page)).toEqual([]);
});

it('saves the day as a workbook whose rows add up to WeChat’s total', async () => {
  const [saved] = await Promise.all([page.waitForEvent('download'), press(page, '导出 Excel')]);
  expect(saved.suggestedFilename()).toMatch(/^日汇总-.*\.xlsx$/);
  const rows = await readSheet(await readFile(await saved.path()), '日期');
  const [lines, total] = [rows.slice(0, -1), rows.at(-1)];
  expect(lines.reduce((sum, line) => sum + fenOf(line.我方收款), 0)).toBe(9000);
  expect([fenOf(total?.微信收款), fenOf(total?.收款相差)]).toEqual([9000, 0]);
});

it.each([
  ['月报', /2022 年 11 月/],
  ['明细', '付过款的订单'],
  ['退款', '这些日子没有退款'],
  ['差异', '这些日子没有差异'],
  ['手续费', '按费率应为'],
  ['批次结算', '已拍未付'],
])('shows %s, with nothing that a reader cannot use', async (title, text) => {
  await tab(page, title);
  await sees(page, text);
  await page.waitForTimeout(300);
  await picture(`reports-${title}`);
  expect(await seriousProblems(page)).toEqual([]);
});

it('counts by the day of the shot, with no footer to compare with', async () => {
  await tab(page, '日汇总');
  await page.getByText('按拍摄日', { exact: true }).first().click();
  await sees(page, '这些日子没有收款，也没有退款');
  await picture('reports-shot-empty');
});
