import path from 'node:path';
import jsQR from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { type Demo, type DemoStudentPerson, firstApi } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { createStudentPhone, type StudentPhone } from '../../server/demo/student-phone';
import { PATIENCE_MS, PHONE } from '../support/browser';

export const H5 = path.resolve(__dirname, '../../dist/h5');
export const CONSOLE = path.resolve(__dirname, '../../dist/console');

export function studentOf(demo: Demo, index: number): DemoStudentPerson {
  const student = demo.students[index];
  if (!student) throw new Error(`the demo has no student ${index}`);
  return student;
}

/** The same student as a program, for the steps that a test takes for granted. */
export function programOf(stack: Stack, demo: Demo, index: number): StudentPhone {
  return createStudentPhone({
    baseUrl: firstApi(stack),
    sandbox: stack.sandbox,
    person: studentOf(demo, index).person,
    campaignId: demo.campaign.id,
  });
}

/** Verified and confirmed: about to book. */
export async function readyToBook(stack: Stack, demo: Demo, index: number): Promise<StudentPhone> {
  const phone = programOf(stack, demo, index);
  await phone.login();
  await phone.consent();
  await phone.photographId();
  await phone.verify();
  await phone.findAndConfirm();
  return phone;
}

/** A browser in the hands of one demo person. Pages that are covered stay in the document: only look at visible ones. */
export async function openPhone(
  browser: Browser,
  stack: Stack,
  demo: Demo,
  index: number,
  hash = '',
): Promise<Page> {
  const page = await browser.newPage(PHONE);
  page.setDefaultTimeout(PATIENCE_MS);
  const { id } = studentOf(demo, index).person;
  await page.addInitScript(`localStorage.setItem('demo.person', ${JSON.stringify(id)})`);
  await page.goto(`${firstApi(stack)}/${hash}`);
  return page;
}

/** A staff phone, enrolled and at the door of a room. */
export async function enrolledDesk(browser: Browser, stack: Stack, demo: Demo, index: number): Promise<Page> {
  const { code } = await demo.office.call('POST /api/console/campaigns/:id/devices', {
    params: { id: demo.campaign.id },
    body: { label: '一号机', rooms: ['C区202'] },
  });
  const page = await openPhone(browser, stack, demo, index, '#/staff/enrol/index');
  // As the console shows it.
  await type(page, 'code', `${code.slice(0, 4)} ${code.slice(4)}`);
  await tap(page, '#enrol');
  await tap(page, '#room-0');
  await tap(page, '#start');
  await see(page, '[data-field="scanned"]');
  return page;
}

/** Waits for a button that is busy: it takes no taps. */
export const tap = (page: Page, selector: string) =>
  page.locator(`${selector}:visible:not(.button--still)`).last().click();

export const see = (page: Page, selector: string) =>
  page.locator(`${selector}:visible`).last().waitFor({ state: 'visible' });

export const seeText = (page: Page, words: string | RegExp) =>
  page.getByText(words).locator('visible=true').first().waitFor();

export const type = (page: Page, field: string, text: string) =>
  page.locator(`[data-field="${field}"]:visible input`).last().fill(text);

/** What a scanner reads off the screen, once there is a code. @throws Error when none is seen in time */
export async function scanCode(page: Page): Promise<string> {
  await page.locator('canvas:visible').last().waitFor();
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const { data, width, height } = PNG.sync.read(await page.screenshot());
    const code = jsQR(new Uint8ClampedArray(data), width, height);
    if (code) return code.data;
    await page.waitForTimeout(250);
  }
  throw new Error('no code was seen');
}
