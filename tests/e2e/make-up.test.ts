import type { Browser } from 'playwright-core';
import { DEMO_PASSWORD, type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { closeCollection, makeBookable } from '../support/make-up-scene';
import { startTestStack } from '../support/stack';
import { H5, openPhone, readyToBook, scanCode, see, seeText, tap } from './phone';

jest.setTimeout(240_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 4);
  await stack.sandbox.setClock(phase('open'));
  const missed = await readyToBook(stack, demo, 0);
  await missed.pay((await missed.hold()).id);
  await readyToBook(stack, demo, 1);
  await makeBookable(demo, { placesPerSlot: 2 });
  await stack.sandbox.setClock(phase('next'));
  await demo.office.signIn('office', DEMO_PASSWORD);
  await closeCollection(demo);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it('carries the paid place over to a make-up day in four taps, and shows the code for it', async () => {
  const page = await openPhone(browser, stack, demo, 0);
  await see(page, '#state-make_up');
  await seeText(page, '付过的费用可以直接用于补拍');
  await tap(page, '#next-step');
  await seeText(page, '不用再付一次');
  await tap(page, '#day-2022-11-22');
  await page.locator('.make-up-times__time:visible').first().click();
  await seeText(page, '11月22日 周二 9:00–10:00');
  await tap(page, '#take-make-up');
  await see(page, '#state-booked');
  await seeText(page, '新华社云南分社新闻信息中心图像采集部');
  expect(await scanCode(page)).toBeTruthy();

  // Another time is one way from the order, and the own one is marked.
  await page.goto(page.url().replace(/#.*/, '#/pages/orders/index'));
  await tap(page, '#reschedule');
  await tap(page, '#day-2022-11-22');
  await seeText(page, '已约');
  await tap(page, '#day-2022-11-23');
  await page.locator('.make-up-times__time:visible').last().click();
  await tap(page, '#take-make-up');
  await see(page, '#state-booked');
  await seeText(page, '11月23日');
});

it('lets who never booked choose, pay and get the code', async () => {
  const page = await openPhone(browser, stack, demo, 1);
  await see(page, '#state-make_up');
  await tap(page, '#next-step');
  await tap(page, '#day-2022-11-22');
  await page.locator('.make-up-times__time:visible').nth(1).click();
  await tap(page, '#take-make-up');
  await tap(page, '#pay');
  await page.locator('[data-choice=pay]').click();
  await page.locator('[data-choice=accept]').click();
  await tap(page, '#see-code');
  await see(page, '#state-booked');
  expect(await scanCode(page)).toBeTruthy();
});
