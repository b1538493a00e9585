import type { Browser, Page } from 'playwright-core';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { enrolledDesk, H5, openPhone, readyToBook, see, seeText, studentOf, tap, type } from './phone';

jest.setTimeout(180_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;
/** Codes of the day of three students with a paid place. */
const codes: string[] = [];

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 10);
  await stack.sandbox.setClock(phase('open'));
  for (const index of [0, 1, 2]) {
    const student = await readyToBook(stack, demo, index);
    await student.pay((await student.hold()).id);
    codes.push((await student.home()).code?.fixed ?? '');
  }
  await stack.sandbox.setClock(phase('day'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** A staff phone in the room of the first student. */
const enrolledPhone = () => enrolledDesk(browser, stack, demo, 9);

/** A hardware scanner types the code and ends with Enter. */
async function scan(page: Page, code: string | undefined): Promise<void> {
  await type(page, 'scanned', code ?? '');
  await page.locator('[data-field="scanned"]:visible input').press('Enter');
  await see(page, '.verdict');
}

/** As quick as a scanner, however slow the machine is: one turn of the page. */
const scannerTypes = (page: Page, code: string) =>
  page.evaluate(
    `for (const key of [...${JSON.stringify(code)}, 'Enter'])
       document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`,
  );

it('admits a student, refuses the second scan, takes the arrival back, and photographs in order', async () => {
  const page = await enrolledPhone();
  await scan(page, codes[0]);
  await see(page, '#verdict-ok');
  await seeText(page, '序号 1');
  await tap(page, '#next-scan');

  await scan(page, codes[0]);
  await see(page, '#verdict-already_arrived');
  await tap(page, '#next-scan');

  await scan(page, 'not-a-code-of-ours');
  await see(page, '.verdict--amber, .verdict--red');
  await tap(page, '#next-scan');

  await tap(page, '#to-queue');
  // The name alone is also on the page below, in the list of the last few.
  await see(page, '.queue__next');
  await tap(page, '#shot');
  await seeText(page, '队列空了');
  await tap(page, '#undo-shot');
  await seeText(page, studentOf(demo, 0).name);
});

it('takes an arrival back where it is said to be there already, and gives a new number at the camera', async () => {
  const page = await enrolledPhone();
  const letIn = async () => {
    await scan(page, codes[2]);
    await see(page, '#verdict-ok, #admit');
    if (await page.locator('#admit:visible').count()) await tap(page, '#admit');
    await see(page, '.verdict--green');
    await tap(page, '#next-scan');
  };
  await letIn();
  await scan(page, codes[2]);
  await see(page, '#verdict-already_arrived');
  await tap(page, '#undo');
  await page.locator('.verdict').waitFor({ state: 'hidden' });
  await letIn();

  await tap(page, '#to-queue');
  const next = page.locator('.queue__next:visible');
  await next.getByText(studentOf(demo, 0).name).waitFor();
  await tap(page, '#renumber-next');
  await tap(page, '#renumber-why-1');
  await see(page, '#renumbered');
  await next.getByText(studentOf(demo, 2).name).waitFor();
  await seeText(page, studentOf(demo, 0).name);
});

it('hears a hardware scanner wherever the focus is', async () => {
  const page = await enrolledPhone();
  await page.evaluate('document.activeElement?.blur()');
  await scannerTypes(page, '134567890123456789');
  await see(page, '#verdict-payment_code');
});

it('finds a student by name, and counts the arrivals on the board', async () => {
  const page = await enrolledPhone();
  await tap(page, '#to-lookup');
  await tap(page, '#way-name');
  await type(page, 'query', studentOf(demo, 1).studentNo);
  await tap(page, '#search');
  await tap(page, '.person');
  await see(page, '#verdict-wrong_room');
  await tap(page, '#admit');
  await see(page, '.verdict--green');
  await tap(page, '#next-scan');
  await page.goBack();
  await tap(page, '#to-board');
  await seeText(page, /^\d+ \/ [1-9]\d* \/ \d+$/);
});

it('refuses a phone without a valid code', async () => {
  const page = await openPhone(browser, stack, demo, 8, '#/staff/enrol/index');
  await type(page, 'code', 'WRONG000');
  await tap(page, '#enrol');
  await seeText(page, '登记码无效');
});
