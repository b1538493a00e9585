import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser, PATIENCE_MS, PHONE } from '../support/browser';
import { startTestStack } from '../support/stack';
import { scanCode } from './phone';

jest.setTimeout(180_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: path.resolve(__dirname, '../../dist/h5') } });
  demo = await seedDemo(stack, 20);
  await stack.sandbox.setClock(phase('open'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

function studentOf(index: number) {
  const student = demo.students[index];
  if (!student) throw new Error(`no student ${index}`);
  return student;
}

/** A phone in the hands of one demo person. */
async function openPhone(index: number): Promise<Page> {
  const student = studentOf(index);
  const page = await browser.newPage(PHONE);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(`localStorage.setItem('demo.person', ${JSON.stringify(student.person.id)})`);
  await page.goto(firstApi(stack));
  return page;
}

const shot = (page: Page, name: string) =>
  process.env.SHOTS ? page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) }) : null;

const tap = async (page: Page, text: string) => {
  await page.getByText(text, { exact: true }).locator('visible=true').last().click();
};

it('takes a student from 第一次登录 to the QR in the browser', async () => {
  const page = await openPhone(0);
  await page.getByText('第一次登录').first().waitFor();
  await shot(page, '01-home');
  await tap(page, '第一次登录');
  await tap(page, '同意识别身份证照片');
  await tap(page, '同意核验银行卡与手机号');
  await shot(page, '02-consents');
  await tap(page, '同意并开始');
  for (const side of ['人像面', '国徽面']) {
    await page.getByText(`拍身份证${side}`).first().waitFor();
    await shot(page, `03-photo-${side}`);
    await tap(page, '从相册选');
    await page.locator('[data-choice=specimen]').click();
  }
  await page.getByText('核对姓名和证件号').first().waitFor();
  await shot(page, '04-identity');
  await tap(page, '下一步');
  await page.getByText('填一张本人的储蓄卡').first().waitFor();
  const { person } = studentOf(0);
  await page.locator('[data-field=bankCard] input').pressSequentially(person.bankCard, { delay: 60 });
  await shot(page, '05-card');
  await tap(page, '下一步');
  await page.locator('[data-field=phone] input').pressSequentially(person.phone, { delay: 60 });
  await shot(page, '06-phone');
  await tap(page, '提交核验');
  await tap(page, '核对学籍');
  await page.getByText('这是你的信息吗？').first().waitFor();
  await shot(page, '07-enrolment');
  await tap(page, '同意把照片和身份信息用于学历注册');
  await tap(page, '信息无误，确认');
  await tap(page, '去选时段');
  await page.getByText('你的时段').first().waitFor();
  await shot(page, '08-sessions');
  await page
    .getByText(/^余 \d+$/)
    .first()
    .click();
  await tap(page, '约这个时段');
  await page.getByText('微信支付 30.00 元').first().waitFor();
  await shot(page, '09-pay');
  await tap(page, '微信支付 30.00 元');
  await shot(page, '10-cashier');
  await page.locator('[data-choice=pay]').click();
  await page.locator('[data-choice=reject]').click();
  await tap(page, '看我的二维码');
  await shot(page, '11-booked');
  expect(await scanCode(page)).toMatch(/^TC1/);
});
