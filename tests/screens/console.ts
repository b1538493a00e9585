import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { DEMO_PASSWORD, firstApi, seedDemo } from '../../server/demo/seed';
import { startStack } from '../../server/demo/stack';
import { layTodoScene } from '../../server/demo/todo-scene';
import { launchBrowser } from '../support/browser';

/** `npm run screens -- --console`: the console's pages with a demo of 300 students, as docs/screens/console-*.png. */
interface Shot {
  name: string;
  page: string;
  play?: (page: Page) => Promise<void>;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

const SHOTS: readonly Shot[] = [
  { name: 'today', page: 'today' },
  { name: 'sessions', page: 'batch/sessions' },
  { name: 'students', page: 'students?standing=booked' },
  {
    name: 'student',
    page: 'students?standing=booked',
    play: (page) => page.locator('tr.ant-table-row').first().click(),
  },
  { name: 'review', page: 'todo/reviews', play: press(/^审核/) },
  { name: 'conflicts', page: 'todo/conflicts' },
  { name: 'owed', page: 'todo/owed' },
  { name: 'unmatched', page: 'todo/unmatched' },
  { name: 'board', page: 'onsite/board' },
  { name: 'code', page: 'onsite/phones', play: press('发登记码') },
  { name: 'progress', page: 'progress' },
  { name: 'kit', page: 'kit/notice' },
  { name: 'doors', page: 'kit/doors' },
  { name: 'accounts', page: 'settings' },
  { name: 'audit', page: 'audit' },
];
const ROOT = path.resolve(__dirname, '../..');
const STUDENTS = 300;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tucai-screens-'));
  const stack = await startStack({
    dataDir,
    builtDir: path.join(ROOT, 'dist/server'),
    apis: 1,
    env: { STATIC_CONSOLE: path.join(ROOT, 'dist/console') },
  });
  const browser = await launchBrowser();
  try {
    const demo = await seedDemo(stack, STUDENTS);
    await layTodoScene(stack, demo);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
    await page.goto(`${firstApi(stack)}/console`);
    await page.getByRole('textbox', { name: '账号' }).fill('office');
    await page.getByRole('textbox', { name: '密码' }).fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '今天' }).waitFor();
    const folder = path.join(ROOT, 'docs/screens');
    mkdirSync(folder, { recursive: true });
    for (const shot of SHOTS) {
      await page.goto(`${firstApi(stack)}/console/${demo.campaign.id}/${shot.page}`);
      await page.locator('.page h1').waitFor();
      await page.waitForTimeout(1_500);
      await shot.play?.(page);
      await page.waitForTimeout(1_000);
      await page.screenshot({ path: path.join(folder, `console-${shot.name}.png`) });
      console.log(`console-${shot.name}.png`);
    }
  } finally {
    await browser.close();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
