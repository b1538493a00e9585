import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { createApiClient } from '../../server/demo/api-client';
import { DEMO_CAMPAIGN, noticeTableText } from '../../server/demo/notice-2023';
import { DEMO_HEADCOUNT, demoRosterCsv } from '../../server/demo/roster';
import { createOwners, createStudents, DEMO_PASSWORD, firstApi, phase } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';

/**
 * `npm run measure:console [-- --students 10000]`: a campaign whose roster has ten thousand rows, imported and looked
 * through in Chromium at 1280 px. Milliseconds from the click to what was asked for on the screen; reported, not
 * asserted: they say as much about the machine's other work as about the console.
 */
interface Measured {
  what: string;
  milliseconds: number;
}

const ROUNDS = 5;
const COLLEGES = ['茶学院', '水利学院', '体育学院', '理学院', '建工学院'];
const SURNAMES = ['王', '李', '张', '刘', '陈'];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { students: { type: 'string', default: '10000' } } });
  const students = Number(values.students);
  const stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve('dist/console') } });
  const browser = await launchBrowser();
  try {
    const { id, roster } = await emptyCampaign(stack, students);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await signIn(page, stack);
    const measured = [
      ...(await importRoster(page, stack, { id, roster, students })),
      ...(await lookThrough(page, stack, id)),
    ];
    for (const { what, milliseconds } of measured)
      console.log(`${String(milliseconds).padStart(6)} ms  ${what}`);
    console.log(JSON.stringify({ students, measured, load: os.loadavg()[0], cores: os.cpus().length }));
  } finally {
    await browser.close();
    await stack.stop();
  }
}

async function emptyCampaign(stack: Stack, students: number): Promise<{ id: string; roster: string }> {
  await stack.sandbox.setClock(phase('before'), true);
  const { merchantId } = await createOwners(stack);
  const office = createApiClient(firstApi(stack));
  await office.signIn('office', DEMO_PASSWORD);
  const { id } = await office.call('POST /api/console/campaigns', {
    body: { ...DEMO_CAMPAIGN, merchantId, bookingOpensAt: null },
  });
  await office.call('POST /api/console/campaigns/:id/timetable', {
    params: { id },
    body: { text: noticeTableText() },
  });
  return { id, roster: await rosterOf(stack, students) };
}

/** The notice's students, and as many more of the same majors (without documents) as are wanted. */
async function rosterOf(stack: Stack, count: number): Promise<string> {
  const known = await createStudents(stack.sandbox, Math.min(count, DEMO_HEADCOUNT));
  const all = Array.from({ length: count }, (_, index) => known[index % known.length]).flatMap(
    (student, index) => {
      if (!student) return [];
      const round = Math.floor(index / known.length);
      return round === 0
        ? [student]
        : [{ ...student, idNumber: '', studentNo: `${round}9${student.studentNo}` }];
    },
  );
  return demoRosterCsv(all);
}

async function signIn(page: Page, stack: Stack): Promise<void> {
  await page.goto(`${firstApi(stack)}/console`);
  await page.getByRole('textbox', { name: '账号' }).fill('office');
  await page.getByRole('textbox', { name: '密码' }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '今天' }).waitFor();
}

async function importRoster(
  page: Page,
  stack: Stack,
  { id, roster, students }: { id: string; roster: string; students: number },
): Promise<Measured[]> {
  const many = students.toLocaleString('en-US');
  await page.goto(`${firstApi(stack)}/console/${id}/batch/roster`);
  const input = page.locator('input[type=file]');
  await input.waitFor({ state: 'attached' });
  const buffer = Buffer.from(`\uFEFF${roster}`);
  return [
    await timed('名单：上传到预览', async () => {
      await input.setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer });
      await page.getByText(`读出 ${many} 名学生`).waitFor();
    }),
    await timed('名单：算出变化', async () => {
      await page.getByRole('button', { name: '下一步：确认变化' }).click();
      await page.getByRole('button', { name: `写入 ${many} 名学生` }).waitFor();
    }),
    await timed('名单：写入', async () => {
      await page.getByRole('button', { name: `写入 ${many} 名学生` }).click();
      await page.getByText(`已写入 ${many} 名学生`).waitFor();
    }),
  ];
}

async function lookThrough(page: Page, stack: Stack, id: string): Promise<Measured[]> {
  const list = `${firstApi(stack)}/console/${id}/students`;
  const row = page.locator('tr.ant-table-row');
  /** Until the table shows another answer than before. */
  const another = async (act: () => Promise<unknown>) => {
    const before = await page.evaluate(SHOWN);
    await act();
    await page.waitForFunction(`((now) => now && now !== ${JSON.stringify(before)})(${SHOWN})`);
  };
  const freshList = async () => {
    await page.goto(list);
    await row.first().waitFor();
  };
  const search = page.getByRole('textbox', { name: '查找学生' });
  return [
    await median('学生：打开页面到第一行', async () => {
      await page.goto('about:blank');
      await freshList();
    }),
    await median('学生：按学院筛选', (round) =>
      another(async () => {
        await page.getByRole('combobox', { name: '学院' }).fill(COLLEGES[round] ?? '');
        await page.keyboard.press('Enter');
      }),
    ),
    await median('学生：按姓名查找', async (round) => {
      if (round === 0) await freshList();
      await another(async () => {
        await search.fill(SURNAMES[round] ?? '');
        await search.press('Enter');
      });
    }),
    await median('学生：换一页', async (round) => {
      if (round === 0) await freshList();
      await another(() => page.getByRole('listitem', { name: String(round + 2), exact: true }).click());
    }),
    await median('学生：按姓名排序', () =>
      another(() => page.getByRole('columnheader', { name: '姓名' }).click()),
    ),
    await scrolled(page),
  ];
}

/** What the list says: how many, and its first row; nothing while it is on its way. */
const SHOWN = `document.querySelector('.ant-spin-spinning') ? null :
  document.querySelector('.toolbar [aria-live=polite]')?.innerText + document.querySelector('tr.ant-table-row')?.innerText`;

/** To the end of the page and back; the longest wait between two frames. */
const SCROLL = `(async () => {
  const end = document.scrollingElement.scrollHeight - innerHeight;
  let last = performance.now(), worst = 0;
  for (let step = 0; step <= 120; step += 1) {
    document.scrollingElement.scrollTop = end * (1 - Math.abs(step / 60 - 1));
    await new Promise(requestAnimationFrame);
    worst = Math.max(worst, performance.now() - last);
    last = performance.now();
  }
  return worst;
})()`;

async function scrolled(page: Page): Promise<Measured> {
  const longest: number = await page.evaluate(SCROLL);
  return { what: '学生：滚动时最长的一帧', milliseconds: Math.round(longest) };
}

async function timed(what: string, work: () => Promise<unknown>): Promise<Measured> {
  const begun = performance.now();
  await work();
  return { what, milliseconds: Math.round(performance.now() - begun) };
}

async function median(what: string, work: (round: number) => Promise<unknown>): Promise<Measured> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    times.push((await timed(what, () => work(round))).milliseconds);
  times.sort((a, b) => a - b);
  return { what, milliseconds: times[Math.floor(ROUNDS / 2)] ?? 0 };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
