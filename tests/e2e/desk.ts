import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { dayName } from '../../server/console/words/format';
import { DEMO_PASSWORD } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { PATIENCE_MS } from '../support/browser';

/** A desk at the console: the smallest screen that it is made for. Nothing moves away under a click. */
export const DESK = {
  viewport: { width: 1280, height: 800 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  reducedMotion: 'reduce',
} as const;

export async function signInAt(browser: Browser, api: string, login: string): Promise<Page> {
  const page = await (await browser.newContext(DESK)).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${api}/console`);
  await fill(page, '账号', login);
  await fill(page, '密码', DEMO_PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '今天' }).waitFor();
  return page;
}

/** Shows a page of the console. Its address is there before the page is: what comes next is meant for the page. */
export async function open(page: Page, title: string): Promise<void> {
  const item = page.getByRole('menuitem', { name: title });
  await item.click();
  // Chosen in the menu together with the page: until then the old one stays, for as long as the new one is on its way.
  await item.and(page.locator('.ant-menu-item-selected')).waitFor();
  await settles(page);
}

/** React has drawn what it was told: it has no work left that could take away what is clicked next. */
export const settles = (page: Page): Promise<void> =>
  page.evaluate('new Promise((settled) => requestIdleCallback(() => settled()))');

export const tab = (page: Page, title: string) => page.getByRole('tab', { name: title }).click();
export const fill = (page: Page, label: string, text: string) =>
  page.getByRole('textbox', { name: label }).fill(text);
export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first().click();
export const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).last().click();
export const sees = (page: Page, text: string | RegExp) =>
  page.getByText(text).locator('visible=true').first().waitFor();

/** The card of a day of bills that was pressed. The day before stays on the screen, its buttons too, until it is drawn. */
export async function billDay(page: Page, day: string): Promise<Locator> {
  const card = page.locator('.ant-card', { hasText: dayName(day) });
  await card.waitFor();
  return card;
}

/** Opens a day on the calendar of the bills and has them fetched and matched, or matched again. */
export async function fetchBillDay(page: Page, day: string): Promise<Locator> {
  await page
    .locator('.calendar')
    .getByRole('button', { name: new RegExp(`^${day}`) })
    .click();
  const card = await billDay(page, day);
  const fetch = card.getByRole('button', { name: /下载账单并核对|重新核对/ });
  // The service fetches bills by itself after ten: whoever comes at the same moment sees it at work, then done.
  if (await fetch.isEnabled()) await fetch.click();
  return card;
}

export const demoClock = (page: Page) => page.getByRole('button', { name: /演示时钟/ });

/** Moves everybody's clock. One that is being moved still takes no press: its page reads everything anew. */
export async function moveDemoClock(page: Page, label: string): Promise<void> {
  await demoClock(page).and(page.locator(':not(.ant-btn-loading)')).click();
  await page.getByRole('menuitem', { name: label }).click();
}

/**
 * Answers the question for a code with what the person's phone shows. In a half-minute of its own: codes count once, and
 * a program may have used the next one too.
 */
export async function confirmByPhone(page: Page, { sandbox }: Stack, login: string): Promise<void> {
  const question = page.getByRole('dialog', { name: '用手机验证器确认' });
  await question.waitFor();
  await sandbox.advance(61_000);
  await question.getByLabel('验证码').fill((await sandbox.authenticator(login)).code);
  await question.getByRole('button', { name: '确认' }).click();
  await question.waitFor({ state: 'hidden' });
}

/** Picks the first option of an antd select that contains a text. */
export async function choose(page: Page, label: string, text: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label });
  await box.click();
  await box.fill(text);
  await page.locator('.ant-select-item-option:not(.ant-select-item-option-disabled)').first().click();
}

const AXE = readFileSync(path.resolve(__dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it is, in one line a problem: serious and critical ones only. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations }: AxeResults = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
