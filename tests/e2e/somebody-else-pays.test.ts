import type { Browser, Page } from 'playwright-core';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { enrolledDesk, H5, openPhone, scanCode, see, seeText, studentOf, tap, type } from './phone';

jest.setTimeout(180_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 6);
  await stack.sandbox.setClock(phase('day'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Staff take in a student who has not booked, and show the code to pay by. */
async function walkIn(desk: Page, index: number): Promise<string> {
  await tap(desk, '#to-walk-in');
  await type(desk, 'query', studentOf(demo, index).studentNo);
  await tap(desk, '#search');
  await tap(desk, '.person');
  await tap(desk, '#evidence-id_card');
  await tap(desk, '#payment-by_phone');
  await tap(desk, '#walk-in');
  await see(desk, '#waiting-for-payment');
  return scanCode(desk);
}

it('lets a parent pay for a walk-in by the code on the desk, which then goes on by itself', async () => {
  const desk = await enrolledDesk(browser, stack, demo, 5);
  const address = await walkIn(desk, 0);

  // Another person, another phone: not on the roster of anything, verified as nobody.
  const parent = await openPhone(browser, stack, demo, 4, new URL(address).hash);
  await seeText(parent, '为这位毕业生支付采集费');
  await seeText(parent, '¥30.00');
  expect(await parent.textContent('body')).not.toContain(studentOf(demo, 0).name);

  await tap(parent, '#pay-for');
  await parent.locator('[data-choice=cancel]').click();
  await see(parent, '#pay-for');
  await see(desk, '#waiting-for-payment');

  await tap(parent, '#pay-for');
  await parent.locator('[data-choice=pay]').click();
  await seeText(parent, '已付');
  await see(desk, '.verdict--green');
  await seeText(desk, '序号 1');
});

it('lets who cannot pay be photographed and owe the money', async () => {
  const desk = await enrolledDesk(browser, stack, demo, 5);
  const address = await walkIn(desk, 1);
  await tap(desk, '#owe');
  await see(desk, '.verdict--green');

  const parent = await openPhone(browser, stack, demo, 3, new URL(address).hash);
  await tap(parent, '#pay-for');
  await parent.locator('[data-choice=pay]').click();
  await seeText(parent, '已付');
});

it('says so when a code leads to nothing', async () => {
  const parent = await openPhone(
    browser,
    stack,
    demo,
    2,
    '#/pages/pay-for/index?scene=Tb4nQ8yXw2Lk7Rf3Vh9Zc5Gm1Ps6Jd0A',
  );
  await seeText(parent, '没有找到');
});
