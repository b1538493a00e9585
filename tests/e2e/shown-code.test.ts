import type { Browser, Page } from 'playwright-core';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { bookedStudent } from '../support/site';
import { startTestStack } from '../support/stack';
import { H5, openPhone, scanCode, see, seeText, tap } from './phone';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 2);
  await stack.sandbox.setClock(phase('open'));
  await bookedStudent(stack, demo, 0);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Notes of every canvas, in the first frame it is part of, whether anything is drawn on it. */
const WATCH = `
  window.firstFrames = [];
  const isDrawn = (canvas) =>
    canvas.width > 0 && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data[3] === 255;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) {
      if (!(node instanceof Element)) continue;
      const all = node.matches('canvas') ? [node] : node.querySelectorAll('canvas');
      for (const canvas of all) requestAnimationFrame(() => window.firstFrames.push(isDrawn(canvas)));
    }
  }).observe(document, { childList: true, subtree: true });
`;

const firstFrames = (page: Page) => page.evaluate<boolean[]>('window.firstFrames');

it('is never an empty square: the code is there in the first frame of the ticket, and of the enlarged one', async () => {
  const page = await openPhone(browser, stack, demo, 0);
  await page.addInitScript(WATCH);
  await page.reload();
  await see(page, 'canvas');
  await tap(page, 'canvas');
  await seeText(page, '把屏幕对着工作人员的手机');
  expect(await scanCode(page)).toMatch(/^TC1/);
  const frames = await firstFrames(page);
  expect(frames.length).toBeGreaterThanOrEqual(2);
  expect(frames).not.toContain(false);
});

it('is copied by the demo for whoever has no second phone', async () => {
  const page = await openPhone(browser, stack, demo, 0);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await see(page, 'canvas');
  await tap(page, '.demo-strip');
  await tap(page, '[data-action="copy-code"]');
  await seeText(page, '已复制，到签到页粘贴');
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^TC1/);
});
