import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { withWorld } from '../../server/demo/with-world';
import { billFiles } from '../support/bill-files';
import { launchBrowser } from '../support/browser';
import { bookedStudent } from '../support/site';
import { startTestStack } from '../support/stack';
import { confirmByPhone, fetchBillDay, fill, open, press, sees, seriousProblems, signInAt } from './desk';

jest.setTimeout(120_000);

const DAY = '2022-11-15';

let stack: Stack;
let demo: Demo;
let browser: Browser;
let maker: Page;
let checker: Page;
/** As somebody has downloaded them from the merchant platform. */
let trade: Buffer;
let fund: Buffer;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 8);
  await stack.sandbox.setClock(phase('open'));
  for (const index of [0, 1, 2, 3]) await bookedStudent(stack, demo, index);
  const mchid = await plantDifferences();
  await stack.sandbox.setClock(new Date('2022-11-16T10:30:00+08:00'));
  [trade, fund] = await withWorld(stack, (world) => billFiles(world, { mchid, day: DAY }));
  browser = await launchBrowser();
  maker = await signInAt(browser, firstApi(stack), 'finance1');
  checker = await signInAt(browser, firstApi(stack), 'finance2');
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** 长款 45 元, 短款 30 元, 重复支付 30 元. @returns the merchant's number */
async function plantDifferences(): Promise<string> {
  const { items } = await stack.sandbox.ask<{
    items: { mchid: string; outTradeNo: string; attach?: string }[];
  }>('GET', '/books/orders?limit=100');
  const [missing, twice] = items;
  if (!missing || !twice) throw new Error('nobody paid');
  const { mchid } = missing;
  const plant = (facts: object) =>
    stack.sandbox.ask('POST', '/books/entries', { kind: 'payment', mchid, ...facts });
  await plant({ at: `${DAY}T15:00:00+08:00`, totalFen: 4500 });
  await plant({ at: `${DAY}T15:10:00+08:00`, totalFen: 3000, attach: twice.attach });
  await stack.sandbox.ask('DELETE', `/books/entries/${mchid}/${missing.outTradeNo}`);
  return mchid;
}

const picture = async (page: Page, name: string) => {
  const folder = process.env.PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
};

const openDay = async (page: Page) => {
  await open(page, '对账');
  await page.getByRole('button', { name: new RegExp(DAY) }).click();
};

const file = (page: Page, type: RegExp) => page.getByRole('button', { name: type }).click();
const shut = (page: Page) => page.keyboard.press('Escape');

/** One proposes, the other agrees. */
async function repair(type: RegExp, how: string, result: RegExp): Promise<void> {
  await file(maker, type);
  await maker.locator('.ant-radio-button-wrapper', { hasText: how }).click();
  await sees(maker, '复核同意后会这样做');
  await fill(maker, '说明', '已电话核实');
  await fill(maker, '依据（选填）', '微信工单 8821');
  await picture(maker, `propose-${how}`);
  await press(maker, '提交复核');
  await sees(maker, '您提出的，请另一位财务同事复核');
  await shut(maker);

  await checker.reload();
  await file(checker, type);
  await sees(checker, `待复核：${how}`);
  await picture(checker, `review-${how}`);
  await checker
    .locator('.ant-drawer')
    .getByRole('button', { name: /^同\s?意$/ })
    .click();
  await checker.getByRole('button', { name: '同意执行' }).click();
  await confirmByPhone(checker, stack, 'finance2');
  await sees(checker, result);
  await picture(checker, `settled-${how}`);
  await shut(checker);
}

it('takes bills by hand: what is none is refused with the reason, then one is missing, then the day is matched', async () => {
  await openDay(maker);
  await press(maker, '上传账单');
  const handIn = (name: string, buffer: Buffer) =>
    maker
      .getByRole('dialog')
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer });
  await handIn('学生名单.csv', Buffer.from('姓名,学号\r\n王芳,1\r\n'));
  await sees(maker, /这份账单不能导入：.*不是微信的交易账单或资金账单/);
  await handIn('交易账单.csv', trade);
  await sees(maker, /已收到；还差/);
  await handIn('资金账单.csv', fund);
  await sees(maker, /两份都收到了，已核对：3 处差异/);
  await picture(maker, 'upload-bills');
  expect(await seriousProblems(maker)).toEqual([]);
  await shut(maker);
});

it('fetches the day and sees each difference by its type', async () => {
  await open(maker, '对账');
  await fetchBillDay(maker, DAY);
  await sees(maker, '长款：只有微信有');
  await sees(maker, '短款：只有我方有');
  await sees(maker, '重复支付');
  await sees(maker, '未解释 105.00 元');
  expect(await maker.getByRole('button', { name: '提交关账' }).isDisabled()).toBe(true);
  await picture(maker, 'day-with-differences');
  expect(await seriousProblems(maker)).toEqual([]);
});

it('keeps a file as evidence of a difference, refuses what is none, and gives it back as it was', async () => {
  await file(maker, /长款/);
  const attach = (name: string, buffer: Buffer) =>
    maker.locator('.ant-drawer input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
  await attach('网页.png', Buffer.from('<html>'));
  await sees(maker, '这个附件不能保存');
  const chat = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.from('a picture of a chat')]);
  await attach('微信客服.png', chat);
  const kept = maker.getByRole('region', { name: '依据附件' }).getByRole('button', { name: '微信客服.png' });
  const [saved] = await Promise.all([maker.waitForEvent('download'), kept.click()]);
  expect(saved.suggestedFilename()).toBe('微信客服.png');
  expect((await readFile(await saved.path())).equals(chat)).toBe(true);
  await picture(maker, 'evidence');
  await shut(maker);
});

it('resolves all of them with two people', async () => {
  await openDay(checker);
  await repair(/长款/, '退款', /45.00 元已申请原路退款/);
  await repair(/重复支付/, '退款', /30.00 元已申请原路退款/);
  await repair(/短款/, '冲正', /已冲回 30.00 元/);
});

it('closes the day with 0.00 unexplained', async () => {
  await maker.reload();
  await sees(maker, '未解释 0.00 元');
  await press(maker, '提交关账');
  await maker.getByRole('button', { name: /^提\s?交$/ }).click();
  await sees(maker, '等待复核关账，未解释 0.00 元');
  await checker.reload();
  await press(checker, '复核关账');
  await checker.getByRole('button', { name: /^同\s?意$/ }).click();
  await confirmByPhone(checker, stack, 'finance2');
  await sees(checker, '已关账，未解释 0.00 元');
  await picture(checker, 'day-closed');
  expect(await seriousProblems(checker)).toEqual([]);
});
