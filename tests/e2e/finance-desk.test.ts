import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { createStudentPhone } from '../../server/demo/student-phone';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { confirmByPhone, fill, open, press, sees, seriousProblems, signInAt } from './desk';

jest.setTimeout(120_000);

const DAY = '2022-11-15';

let stack: Stack;
let demo: Demo;
let browser: Browser;
let maker: Page;
let checker: Page;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 8);
  await stack.sandbox.setClock(phase('open'));
  for (const student of demo.students.slice(0, 4)) {
    const phone = createStudentPhone({
      baseUrl: firstApi(stack),
      sandbox: stack.sandbox,
      person: student.person,
      campaignId: demo.campaign.id,
    });
    await phone.login();
    await phone.consent();
    await phone.verify();
    await phone.findAndConfirm();
    await phone.pay((await phone.hold()).id);
  }
  await plantDifferences();
  await stack.sandbox.setClock(new Date('2022-11-16T10:30:00+08:00'));
  browser = await launchBrowser();
  maker = await signInAt(browser, firstApi(stack), 'finance1');
  checker = await signInAt(browser, firstApi(stack), 'finance2');
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** 长款 45 元, 短款 30 元, 重复支付 30 元. */
async function plantDifferences(): Promise<void> {
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

it('fetches the day and sees each difference by its type', async () => {
  await openDay(maker);
  await maker.getByRole('button', { name: /下载账单并核对|重新核对/ }).click();
  await sees(maker, '长款：只有微信有');
  await sees(maker, '短款：只有我方有');
  await sees(maker, '重复支付');
  await sees(maker, '未解释 105.00 元');
  expect(await maker.getByRole('button', { name: '提交关账' }).isDisabled()).toBe(true);
  await picture(maker, 'day-with-differences');
  expect(await seriousProblems(maker)).toEqual([]);
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
