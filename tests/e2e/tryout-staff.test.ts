import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Stack } from '../../server/demo/stack';
import { layStaffScene, type StaffScene } from '../../server/tryout/staff';
import { launchBrowser, PATIENCE_MS, PHONE } from '../support/browser';
import { startTestStack } from '../support/stack';
import { Hand } from './hand';
import { H5, see, seeText, tap, type } from './phone';

jest.setTimeout(400_000);

/** From one student's turn to the next. */
const SECONDS_A_STUDENT = 6;
/** A hardware scanner needs as long to be aimed. */
const AIM_MS = 1_000;

let stack: Stack;
let scene: StaffScene;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let hand: Hand;
let next = 0;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  scene = await layStaffScene(stack);
  browser = await launchBrowser();
  context = await browser.newContext(PHONE);
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  hand = new Hand(page);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** The next student holds up the code; staff let in whoever only needs a tap. */
async function serveNext(): Promise<void> {
  const coming = scene.coming[next];
  if (!coming) throw new Error('nobody is left in the queue');
  next += 1;
  await page.waitForTimeout(AIM_MS);
  await type(page, 'scanned', coming.code);
  await page.locator('[data-field="scanned"]:visible input').press('Enter');
  await see(page, '.verdict');
  if (await page.locator('#admit:visible').count()) await hand.tap('放行');
  await see(page, '.verdict--green');
  await tap(page, '#next-scan');
}

async function serve(count: number): Promise<void> {
  const begun = Date.now();
  for (let served = 0; served < count; served += 1) await serveNext();
  const seconds = (Date.now() - begun) / 1000 / count;
  console.log(`${count} 名，每名 ${seconds.toFixed(1)} 秒`);
  expect(seconds).toBeLessThanOrEqual(SECONDS_A_STUDENT);
}

/** The service is out of reach while the app itself is on the phone, as a mini-program is. */
const cutOff = () => context.route('**/api/**', (route) => route.abort());
const reconnect = () => context.unroute('**/api/**');

const arrivedOnBoard = async () => {
  const { rooms } = await scene.demo.office.call('GET /api/console/campaigns/:id/board', {
    params: { id: scene.demo.campaign.id },
    query: {},
  });
  return rooms.flatMap(({ sessions }) => sessions).reduce((sum, { arrived }) => sum + arrived, 0);
};

it('enrols, and keeps a list for when the network goes', async () => {
  await page.goto(scene.card.url);
  await hand.type('code', scene.enrolCode);
  await hand.tap('登记这台手机');
  await hand.tap('C区202');
  await hand.tap('开始签到');
  await seeText(page, /离线名单 \d+ 人/);
});

it('checks in ten students in a row', async () => {
  await serve(10);
  expect(await arrivedOnBoard()).toBe(10);
});

it('goes on with ten more while the network is gone, through a restart of the phone, and loses nobody', async () => {
  await context.setOffline(true);
  await see(page, '#offline');
  await serve(6);
  await cutOff();
  await context.setOffline(false);
  await page.reload();
  await see(page, '[data-field="scanned"]');
  await serve(4);
  await seeText(page, '已记录 10 条待上传');
  expect(await arrivedOnBoard()).toBe(10);

  await reconnect();
  await page.locator('#offline').waitFor({ state: 'hidden' });
  await page.locator('#uploading').waitFor({ state: 'hidden' });
  expect(await arrivedOnBoard()).toBe(20);
});

it('says of a student who was let in offline that he is in, and undoes a wrong scan', async () => {
  next = 19;
  await page.waitForTimeout(AIM_MS);
  await type(page, 'scanned', scene.coming[19]?.code ?? '');
  await page.locator('[data-field="scanned"]:visible input').press('Enter');
  await see(page, '#verdict-already_arrived');
  await tap(page, '#next-scan');

  await type(page, 'scanned', scene.coming[20]?.code ?? '');
  await page.locator('[data-field="scanned"]:visible input').press('Enter');
  await see(page, '.verdict');
  if (await page.locator('#admit:visible').count()) await hand.tap('放行');
  await see(page, '.verdict--green');
  await hand.tap('撤销这次签到');
  await page.locator('.verdict').waitFor({ state: 'hidden' });
  expect(await arrivedOnBoard()).toBe(20);
});

it('books a student at the desk, who owes the fee', async () => {
  await tap(page, '#to-walk-in');
  await type(page, 'query', scene.stranger.studentNo);
  await hand.tap('查找');
  await hand.tap(scene.stranger.name);
  await hand.tap('身份证原件');
  await hand.tap('先拍，待缴');
  await hand.tap('预约并签到');
  await see(page, '.verdict--green');
  await tap(page, '#next-scan');
  expect(await arrivedOnBoard()).toBe(21);
  await page.goBack();
});

it('puts a wrong class right before the shot', async () => {
  await tap(page, '#to-correct');
  await type(page, 'query', scene.stranger.studentNo);
  await hand.tap('查找');
  await hand.tap(scene.stranger.name);
  await hand.tap('班级');
  await hand.type('value', '1班');
  await hand.tap('录入错误');
  await tap(page, '#correct');
  await see(page, '#corrected');
  const { students } = await scene.demo.office.call('POST /api/console/campaigns/:id/find-students', {
    params: { id: scene.demo.campaign.id },
    body: { q: scene.stranger.studentNo },
  });
  expect(students).toMatchObject([{ className: '1班' }]);
});
