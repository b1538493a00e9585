import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser, PATIENCE_MS, PHONE } from '../support/browser';
import { startTestStack } from '../support/stack';
import { H5, openPhone, see, seeText, studentOf, tap } from './phone';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 4);
  await stack.sandbox.setClock(phase('open'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** A browser that was never here, and the paths of our API that it asks, in order. */
async function visitor(): Promise<{ page: Page; asked: string[] }> {
  const page = await (await browser.newContext(PHONE)).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(`${request.method()} ${pathname}`);
  });
  return { page, asked };
}

it('shows the first page after one question to the service, which was asked before the app was there', async () => {
  const { page, asked } = await visitor();
  await page.goto(firstApi(stack));
  await see(page, '#state-verify');
  expect(asked).toEqual(['POST /api/login/wechat']);
});

it('signs in by itself when the sign-in inside the page did not succeed', async () => {
  const { page, asked } = await visitor();
  await page.route('**/wechat/visits*', (route) => route.abort());
  await page.goto(firstApi(stack));
  await see(page, '#state-verify');
  expect(asked).toEqual(['POST /api/login/wechat']);
});

it('is the person whom the link names, whoever used the browser before', async () => {
  const { page } = await visitor();
  await page.goto(firstApi(stack));
  await see(page, '#state-verify');
  const { person } = studentOf(demo, 2);
  await page.goto(`${firstApi(stack)}/?person=${person.id}`);
  await see(page, '#state-verify');
  await seeText(page, person.name);
  expect(await page.evaluate('localStorage.getItem("demo.person")')).toBe(person.id);
  expect(page.url()).not.toContain('person=');
});

it('goes on with the side that is missing when the app was closed between the two photos', async () => {
  const page = await openPhone(browser, stack, demo, 3);
  await tap(page, '#next-step');
  await page.getByText('同意识别身份证照片').click();
  await page.getByText('同意核验银行卡与手机号').click();
  await page.getByText('同意并开始').click();
  await seeText(page, '拍身份证人像面');
  await tap(page, '#from-album');
  await page.locator('[data-choice=specimen]').click();
  await seeText(page, '拍身份证国徽面');

  await page.reload();
  await seeText(page, '拍身份证国徽面');
});
