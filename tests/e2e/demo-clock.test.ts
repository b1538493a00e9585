import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { demoClock, moveDemoClock, sees, signInAt } from './desk';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;
let office: Page;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 10);
  browser = await launchBrowser();
  office = await signInAt(browser, firstApi(stack), 'office');
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const showing = (time: string) => demoClock(office).filter({ hasText: time }).waitFor();

const moveTo = (label: string) => moveDemoClock(office, label);

const phaseNow = async () =>
  (await demo.office.call('GET /api/console/campaigns/:id', { params: { id: demo.campaign.id } })).phase;

it('shows the time of the demo, not this computer’s', async () => {
  await showing('2022-11-14 10:0');
  await sees(office, '已公布');
});

it('moves everybody to the day, and the page says what is to be done then', async () => {
  await moveTo('采集日 09:05');
  await showing('2022-11-19 09:05');
  await sees(office, '采集中');
  expect(await phaseNow()).toBe('collecting');
  expect((await stack.sandbox.now()).toISOString()).toMatch(/^2022-11-19T01:0/);
});

it('is moved with the keyboard alone, as often as one likes, and gives the focus back', async () => {
  const focused = (name: RegExp) =>
    office.locator(':focus').and(office.getByRole('menuitem', { name })).waitFor();
  const isBack = () => office.locator(':focus').and(demoClock(office)).waitFor();
  // A pointer that lies where the menu opens would choose where it begins.
  await office.mouse.move(0, 400);
  await demoClock(office).focus();
  await office.keyboard.press('Enter');
  await focused(/开放前/);
  await office.keyboard.press('Escape');
  await isBack();
  // A menu that has been there before takes the focus as the first time.
  await office.keyboard.press('Enter');
  await focused(/开放前/);
  for (const label of [/预约开放/, /采集日/, /收尾/]) {
    await office.keyboard.press('ArrowDown');
    await focused(label);
  }
  await office.keyboard.press('Enter');
  await showing('2022-11-19 17:0');
  await office.getByRole('menu').filter({ hasText: '开放前' }).waitFor({ state: 'detached' });
  await isBack();
});

it('goes back too', async () => {
  await moveTo('预约开放');
  await showing('2022-11-15 09:0');
  await sees(office, '预约中');
  expect(await phaseNow()).toBe('open');
});

it('says so when the clock cannot be moved, and stays where it was', async () => {
  await office.route('**/clock', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  );
  await moveTo('收尾');
  await sees(office, '没有连上演示时钟，时间没有变');
  await showing('2022-11-15 09:0');
  await office.unroute('**/clock');
});

it('is not there in earnest', async () => {
  await office.route('**/config.json', (route) => route.fulfill({ json: { demo: null } }));
  await office.reload();
  await office.getByRole('heading', { name: '今天' }).waitFor();
  await office.waitForLoadState('networkidle');
  expect(await demoClock(office).count()).toBe(0);
});
