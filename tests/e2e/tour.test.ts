import type { Browser, Page } from 'playwright-core';
import { DEMO_PHASES, type Demo, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser, PATIENCE_MS, PHONE } from '../support/browser';
import { startTestStack } from '../support/stack';
import {
  confirm,
  confirmByPhone,
  demoClock,
  fetchBillDay,
  fill,
  moveDemoClock,
  open,
  press,
  sees,
  signInAt,
  tab,
} from './desk';
import { CONSOLE, H5, see, seeText, studentOf, tap, type } from './phone';

/** The tour that `npm start` prints, step by step, by nothing but what is on the screens. */
jest.setTimeout(300_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;
let student: Page;
let absent: Page;
let staff: Page;
let office: Page;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5, STATIC_CONSOLE: CONSOLE } });
  demo = await seedDemo(stack, 12);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

type PhaseKey = (typeof DEMO_PHASES)[number]['key'];

/** A phone whose demo strip names the person. */
async function phoneOf(index: number): Promise<Page> {
  const context = await browser.newContext(PHONE);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(firstApi(stack));
  await unfold(page);
  const { name, id } = studentOf(demo, index).person;
  await page.locator('.demo-panel select').selectOption(id);
  await page.locator('.demo-strip', { hasText: name }).waitFor();
  return page;
}

async function unfold(page: Page): Promise<void> {
  await page.locator('.demo-strip time').filter({ hasText: ':' }).waitFor();
  if ((await page.locator('.demo-panel').count()) === 0) await tap(page, '.demo-strip');
  await see(page, '.demo-panel');
}

/** Moves everybody's clock, from a phone or from the console. */
async function travel(page: Page, key: PhaseKey): Promise<void> {
  const isThere = page.waitForEvent('load');
  await tap(page, `[data-phase=${key}]`);
  await isThere;
}

async function travelAtDesk(page: Page, key: PhaseKey): Promise<void> {
  const { label, at } = DEMO_PHASES.find((phase) => phase.key === key) ?? { label: key, at: '' };
  await moveDemoClock(page, label);
  await demoClock(page)
    .filter({ hasText: `${at.slice(0, 10)} ${at.slice(11, 15)}` })
    .waitFor();
}

const inDemo = (page: Page, label: string) =>
  page.locator('.demo-panel').getByRole('button', { name: label }).click();

const word = (page: Page, text: string) =>
  page.getByText(text, { exact: true }).locator('visible=true').last().click();

async function verify(page: Page): Promise<void> {
  await word(page, '第一次登录');
  await word(page, '同意识别身份证照片');
  await word(page, '同意核验银行卡与手机号');
  await word(page, '同意并开始');
  for (const side of ['人像面', '国徽面']) {
    await seeText(page, `拍身份证${side}`);
    await word(page, '从相册选');
    await page.locator('[data-choice=specimen]').click();
  }
  await seeText(page, '核对姓名和证件号');
  await word(page, '下一步');
  await seeText(page, '填一张本人的储蓄卡');
  await inDemo(page, '填入银行卡');
  await word(page, '下一步');
  await seeText(page, '银行预留的手机号');
  await inDemo(page, '填入手机号');
  await word(page, '提交核验');
  await word(page, '核对学籍');
  await seeText(page, '这是你的信息吗？');
  await word(page, '同意把照片和身份信息用于学历注册');
  await word(page, '信息无误，确认');
}

async function bookAndPay(page: Page): Promise<void> {
  await word(page, '去选时段');
  await tap(page, '#take-session');
  await word(page, '微信支付 30.00 元');
  await page.locator('[data-choice=pay]').click();
  await page.locator('[data-choice=reject]').click();
  await word(page, '看我的二维码');
  await see(page, '#state-booked');
  await see(page, 'canvas');
}

it('1–3: two students verify, book and pay', async () => {
  student = await phoneOf(0);
  await travel(student, 'open');
  absent = await phoneOf(1);
  for (const page of [student, absent]) {
    await verify(page);
    await bookAndPay(page);
  }
});

it('4–5: on the day the office gives out a code, staff scan the first student and photograph them', async () => {
  office = await signInAt(browser, firstApi(stack), 'office');
  await travelAtDesk(office, 'day');
  await open(office, '现场');
  await tab(office, '现场手机');
  await press(office, '发登记码');
  await fill(office, '这台手机叫什么', '一号机');
  await confirm(office, '生成登记码');
  const code = (await office.locator('.code').textContent()) ?? '';
  await confirm(office, '完成');

  await student.reload();
  await unfold(student);
  await see(student, 'canvas');
  await tap(student, '[data-action="copy-code"]');
  await seeText(student, '已复制，到签到页粘贴');
  const shown = await student.evaluate<string>('navigator.clipboard.readText()');

  staff = await phoneOf(5);
  await word(staff, '工作人员入口');
  await type(staff, 'code', code);
  await tap(staff, '#enrol');
  await tap(staff, '#room-0');
  await tap(staff, '#start');
  await type(staff, 'scanned', shown);
  await staff.locator('[data-field="scanned"]:visible input').press('Enter');
  await see(staff, '#verdict-ok');
  await tap(staff, '#next-scan');
  await tap(staff, '#to-queue');
  await see(staff, '.queue__next');
  await tap(staff, '#shot');
  await seeText(staff, '队列空了');
  await staff.goBack();

  await student.reload();
  await see(student, '#state-shot');
});

it('6: the collection ends, two of finance give the absent one the money back', async () => {
  await travelAtDesk(office, 'closing');
  await open(office, '今天');
  await press(office, '去结束采集');
  await press(office, '结束采集');
  await confirm(office, '结束采集');
  await sees(office, /采集已于 2022-11-19 17:\d\d 结束/);

  const maker = await signInAt(browser, firstApi(stack), 'finance1');
  await open(maker, '结算');
  maker.setDefaultTimeout(60_000); // The staff's page tells within twenty seconds that it has nothing left.
  await press(maker, '提交退款 1 人 30.00 元');
  await confirm(maker, '提交审批');
  await sees(maker, '您提交的，请另一位财务同事审批');

  const checker = await signInAt(browser, firstApi(stack), 'finance2');
  await press(checker, '去审批');
  await press(checker, '审批');
  await confirm(checker, '批准并退款 30.00 元');
  await confirmByPhone(checker, stack, 'finance2');
  await sees(checker, '已到账 1 笔 30.00 元');

  await absent.reload();
  await seeText(absent, '30.00 元');
  await see(absent, '#state-not_collected');
});

it('7: the next morning the bills of both days agree with our records', async () => {
  const maker = await signInAt(browser, firstApi(stack), 'finance1');
  await travelAtDesk(maker, 'next');
  await open(maker, '对账');
  for (const day of ['2022-11-15', '2022-11-19']) {
    const bills = await fetchBillDay(maker, day);
    await bills.getByText('已核对，0 差异').waitFor();
  }
});
