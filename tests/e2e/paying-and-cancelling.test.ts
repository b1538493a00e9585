import type { Browser, Page } from 'playwright-core';
import { DEMO_TEMPLATES } from '../../server/demo/message-templates';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { readBookingToken } from '../../shared/domain/booking-token';
import { launchBrowser } from '../support/browser';
import { eventually, startTestStack } from '../support/stack';
import { H5, openPhone, readyToBook, scanCode, see, seeText, studentOf, tap } from './phone';

jest.setTimeout(180_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 10);
  await stack.sandbox.setClock(phase('open'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it('keeps the place through a cancelled payment, a lost network and a killed app', async () => {
  await readyToBook(stack, demo, 0);
  const page = await openPhone(browser, stack, demo, 0);
  await tap(page, '#next-step');
  await tap(page, '#take-session');
  await tap(page, '#pay');
  await page.locator('[data-choice=cancel]').click();
  await seeText(page, '名额还为你留着');

  await page.context().setOffline(true);
  await tap(page, '#pay');
  await seeText(page, '网络不通');
  await page.context().setOffline(false);

  await page.goto('about:blank');
  await page.goBack();
  await page.goto(new URL('/', page.url()).href);
  await see(page, '#state-pay');
  await tap(page, '#next-step');
  await tap(page, '#pay');
  await page.locator('[data-choice=pay]').click();

  // WeChat's question: the yes is recorded, and the message comes.
  const told = page.waitForResponse((answer) => answer.url().endsWith('/api/me/message-accepts'));
  await page.locator('[data-choice=accept]').click();
  expect((await told).status()).toBe(204);
  const { openid } = studentOf(demo, 0).person;
  await eventually('the message of the booking', async () => {
    const inbox = await stack.sandbox.inbox(openid);
    return inbox.some(({ templateId }) => templateId === DEMO_TEMPLATES.booked.id) ? true : null;
  });
  await tap(page, '#see-code');
  await see(page, '#state-booked');
});

it('finds the payment that went through while the app was dead', async () => {
  const student = await readyToBook(stack, demo, 3);
  const { id } = await student.hold();
  const page = await openPhone(browser, stack, demo, 3, '#/pages/pay/index');
  await tap(page, '#pay');
  await page.locator('[data-choice=pay]').waitFor();
  const { origin } = new URL(page.url());
  await page.goto('about:blank');
  await student.pay(id);
  await page.goto(origin);
  await see(page, '#state-booked');
});

it('does not offer to pay again while the server cannot say whether it was paid', async () => {
  const student = await readyToBook(stack, demo, 4);
  await student.hold();
  const page = await openPhone(browser, stack, demo, 4, '#/pages/pay/index');
  await page.route('**/payment-check', (route) => route.abort());
  await tap(page, '#pay');
  await page.locator('[data-choice=pay]').click();
  await seeText(page, '付款确认中');
  await seeText(page, '网络不通');
  expect(await page.locator('#pay:visible').count()).toBe(0);
  await page.unroute('**/payment-check');
  await see(page, '#see-code');
});

it('gives all the money back to who cancels in time, and shows where it is', async () => {
  const student = await readyToBook(stack, demo, 1);
  const { id } = await student.hold();
  await student.pay(id);
  const page = await openPhone(browser, stack, demo, 1, '#/pages/orders/index');
  await tap(page, '#cancel');
  await seeText(page, '已付的 30.00 元全额原路退回');
  const cancelled = page.waitForResponse((response) => response.url().endsWith(`/${id}/cancel`));
  await tap(page, '#cancel-now');
  await page.locator('[data-choice=reject]').click();
  await cancelled;
  await page.reload();
  await seeText(page, /退款中|已退款/);
  await seeText(page, /到账|已原路退回/);
  await page.goto(page.url().replace(/#.*/, ''));
  await see(page, '#state-book');
});

it('changes to the code of the day as soon as the network is gone, and back when it returns', async () => {
  const student = await readyToBook(stack, demo, 2);
  const { id } = await student.hold();
  await student.pay(id);
  const page = await openPhone(browser, stack, demo, 2);
  await see(page, '#state-booked');
  await seeCode(page, 'rotating');
  await page.context().setOffline(true);
  await seeText(page, '离线：正在使用当天有效的备用码');
  await seeCode(page, 'static');
  await page.context().setOffline(false);
  await seeText(page, '点击放大');
  await seeCode(page, 'rotating');
});

/** The code is drawn a moment after the words around it. */
async function seeCode(page: Page, kind: 'rotating' | 'static'): Promise<void> {
  for (let look = 0; look < 10; look += 1) {
    const reading = readBookingToken(await scanCode(page));
    if (reading.ok && reading.fields.kind === kind) return;
  }
  throw new Error(`the screen never showed a ${kind} code`);
}
