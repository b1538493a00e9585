import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { layMoneyScene } from '../../server/demo/money-scene';
import { noticeTableText } from '../../server/demo/notice-2023';
import { noticeAround2023 } from '../../server/demo/notice-around';
import { DEMO_PASSWORD, firstApi, seedDemo } from '../../server/demo/seed';
import { type Stack, startStack } from '../../server/demo/stack';
import { layTodoScene } from '../../server/demo/todo-scene';
import { layFinanceScene } from '../../server/tryout/finance-scene';
import { launchBrowser } from '../support/browser';
import { layMakeUpScene } from '../support/make-up-scene';

/** `npm run screens -- --console`: the console's pages with a demo of 300 students, as docs/screens/console-*.png. */
interface Shot {
  name: string;
  page: string;
  play?: (page: Page) => Promise<void>;
  /** Who looks; the office unless said. */
  as?: 'finance2' | 'support';
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

const SHOTS: readonly Shot[] = [
  { name: 'today', page: 'today' },
  {
    name: 'wizard',
    page: 'batch/notice',
    async play(page) {
      await page.getByRole('textbox', { name: '通知正文' }).fill(noticeAround2023(noticeTableText()));
      await press('保存并检查')(page);
      await page.getByText('植物保护').first().waitFor();
      await page.evaluate('scrollTo(0, 0)');
    },
  },
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
  { name: 'money', page: 'todo/money', as: 'finance2' },
  { name: 'reports', page: 'reports/daily', as: 'finance2' },
  {
    name: 'whereabouts',
    page: 'whereabouts',
    as: 'finance2',
    async play(page) {
      await press('现在核对一遍')(page);
      await page.getByText('每一分钱都有去处').waitFor();
    },
  },
  { name: 'caller', page: 'caller', as: 'support' },
  { name: 'messages', page: 'messages/sent' },
  { name: 'announce', page: 'messages/announcements', play: press('发通知') },
  { name: 'photo-checks', page: 'messages/photos' },
  { name: 'retention', page: 'retention' },
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

/** `--only PART`: those whose names hold it. */
const only = process.argv[process.argv.indexOf('--only') + 1 || process.argv.length] ?? '';

/** After the collection, on a demo of their own: what finance looks at. */
const FINANCE_SHOTS: readonly Shot[] = [
  { name: 'settlement', page: 'settlement', as: 'finance2' },
  { name: 'unpaid', page: 'settlement/unpaid', as: 'finance2' },
  { name: 'agency', page: 'settlement/agency', as: 'finance2' },
  { name: 'day-differences', page: 'reconciliation/2022-11-19', as: 'finance2', play: fetchDay },
  { name: 'work-list', page: 'reconciliation/differences', as: 'finance2' },
  {
    name: 'upload-bills',
    page: 'reconciliation/2022-11-19',
    as: 'finance2',
    play: (page) => press('上传账单')(page),
  },
];

/** The collection is closed, and make-up places are booked. */
const MAKE_UP_SHOTS: readonly Shot[] = [
  { name: 'make-up', page: 'make-up' },
  {
    name: 'make-up-day',
    page: 'make-up',
    play: (page) => page.locator('.slots tbody tr.ant-table-row').nth(1).click(),
  },
];

async function fetchDay(page: Page): Promise<void> {
  await press(/下载账单并核对|重新核对/)(page);
  await page.getByText('跨日，等次日账单').waitFor();
}

async function main(): Promise<void> {
  await take(SHOTS, async (stack) => {
    const demo = await seedDemo(stack, STUDENTS);
    await layTodoScene(stack, demo);
    // The scenes of the queues and of money have students of their own.
    await layMoneyScene(stack, { ...demo, students: demo.students.slice(100) });
    return demo.campaign.id;
  });
  await take(MAKE_UP_SHOTS, async (stack) => {
    const demo = await seedDemo(stack, 60);
    const { booked } = await layTodoScene(stack, demo);
    await layMakeUpScene(stack, demo, booked);
    return demo.campaign.id;
  });
  await take(FINANCE_SHOTS, async (stack) => (await layFinanceScene(stack)).demo.campaign.id);
}

/** @param lay lays a fresh stack and answers the campaign's id */
async function take(shots: readonly Shot[], lay: (stack: Stack) => Promise<string>): Promise<void> {
  const wanted = shots.filter(({ name }) => name.includes(only));
  if (wanted.length === 0) return;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tucai-screens-'));
  const stack = await startStack({
    dataDir,
    builtDir: path.join(ROOT, 'dist/server'),
    apis: 1,
    env: { STATIC_CONSOLE: path.join(ROOT, 'dist/console') },
  });
  const browser = await launchBrowser();
  try {
    const campaignId = await lay(stack);
    const pages = {
      office: await signedIn(browser, firstApi(stack), 'office'),
      finance2: await signedIn(browser, firstApi(stack), 'finance2'),
      support: await signedIn(browser, firstApi(stack), 'support'),
    };
    const folder = path.join(ROOT, 'docs/screens');
    mkdirSync(folder, { recursive: true });
    for (const shot of wanted) {
      const page = pages[shot.as ?? 'office'];
      await page.goto(`${firstApi(stack)}/console/${campaignId}/${shot.page}`);
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

async function signedIn(browser: Browser, api: string, login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${api}/console`);
  await page.getByRole('textbox', { name: '账号' }).fill(login);
  await page.getByRole('textbox', { name: '密码' }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '今天' }).waitFor();
  return page;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
