import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { enrolledDesk, H5, readyToBook, see, seeText, tap, type } from './phone';

jest.setTimeout(180_000);

const LONG_ONES = 50;
/** As long as the service allows; fifty of them are more than one request may hold. */
const LETTERS = 2_000;

let stack: Stack;
let demo: Demo;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let code = '';

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 10);
  await stack.sandbox.setClock(phase('open'));
  const student = await readyToBook(stack, demo, 0);
  await student.pay((await student.hold()).id);
  code = (await student.home()).code?.fixed ?? '';
  await stack.sandbox.setClock(phase('day'));
  browser = await launchBrowser();
  page = await enrolledDesk(browser, stack, demo, 9);
  context = page.context();
  await seeText(page, /离线名单 \d+ 人/);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** The service is out of reach while the app itself is on the phone, as a mini-program is. */
const cutOff = () => context.route('**/api/**', (route) => route.abort());
const reconnect = () => context.unroute('**/api/**');

const offlineScans = async () =>
  (
    await demo.office.call('GET /api/console/campaigns/:id/offline-scans', {
      params: { id: demo.campaign.id },
    })
  ).scans;

async function scanOffline(): Promise<void> {
  await type(page, 'scanned', code);
  await page.locator('[data-field="scanned"]:visible input').press('Enter');
  await see(page, '.verdict');
  if (await page.locator('#admit:visible').count()) await tap(page, '#admit');
  await see(page, '#verdict-recorded');
  await tap(page, '#next-scan');
}

/** What lies on the phone before the student's scan, oldest first: long codes, and in their midst one in no room. */
const keepBefore = (scans: number, letters: number) =>
  page.evaluate(`(() => {
    const read = (key) => JSON.parse(localStorage.getItem(key));
    const { first, next } = read('staff.kept');
    const own = read('staff.kept.' + (next - 1));
    for (let number = 0; number < ${scans}; number += 1) {
      const scan = { ...own.scan, nonce: 'long-scan-of-a-test-' + number, text: 'X'.repeat(${letters}) };
      if (number === 20) Object.assign(scan, { room: '', text: own.scan.text });
      localStorage.setItem('staff.kept.' + (first + number), JSON.stringify({ ...own, bookingId: null, scan }));
    }
    localStorage.setItem('staff.kept.' + (first + ${scans}), JSON.stringify(own));
    localStorage.setItem('staff.kept', JSON.stringify({ first, next: first + ${scans} + 1 }));
  })()`);

it('hands over what is more than one request holds, and sets aside the one scan that is never taken', async () => {
  await cutOff();
  await context.setOffline(true);
  await see(page, '#offline');
  await scanOffline();
  await keepBefore(LONG_ONES, LETTERS);
  await context.setOffline(false);
  await page.reload();
  await seeText(page, `已记录 ${LONG_ONES + 1} 条待上传`);

  await reconnect();
  await see(page, '#set-aside');
  await page.locator('#offline').waitFor({ state: 'hidden' });
  await page.locator('#uploading').waitFor({ state: 'hidden' });

  const listed = await offlineScans();
  expect(listed).toHaveLength(LONG_ONES);
  expect(listed.filter(({ problem }) => problem === 'BAD_REQUEST')).toHaveLength(1);
});

it('has checked in the student behind it', async () => {
  const { rooms } = await demo.office.call('GET /api/console/campaigns/:id/board', {
    params: { id: demo.campaign.id },
    query: {},
  });
  const arrived = rooms.flatMap(({ sessions }) => sessions).reduce((sum, each) => sum + each.arrived, 0);
  expect(arrived).toBe(1);
});

it('tells staff whose scan it was and why, and keeps it until they have seen to it', async () => {
  await page.reload();
  await tap(page, '#set-aside');
  await seeText(page, '提交的内容不完整或格式不对');
  await tap(page, '#set-aside-again');
  await page.locator('.sheet__panel').waitFor({ state: 'hidden' });
  await see(page, '#set-aside');
  expect((await offlineScans()).filter(({ problem }) => problem !== null)).toHaveLength(1);

  await tap(page, '#set-aside');
  await tap(page, '#set-aside-done');
  await page.locator('#set-aside').waitFor({ state: 'hidden' });
});
