import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { layMoneyScene, type MoneyScene } from '../../server/demo/money-scene';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { confirm, confirmByPhone, fill, open, press, sees, seriousProblems, signInAt, tab } from './desk';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;
let scene: MoneyScene;
let browser: Browser;
let office: Page;
let maker: Page;
let checker: Page;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 10);
  await stack.sandbox.setClock(phase('open'));
  scene = await layMoneyScene(stack, demo);
  browser = await launchBrowser();
  office = await signInAt(browser, firstApi(stack), 'office');
  maker = await signInAt(browser, firstApi(stack), 'finance1');
  checker = await signInAt(browser, firstApi(stack), 'finance2');
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const row = (page: Page, studentNo: string) => page.getByRole('row').filter({ hasText: studentNo });

describe('money that waits for a person', () => {
  it('is one queue of four lists, counted on every page, without a serious problem for axe', async () => {
    await checker.getByRole('menuitem', { name: /待办.*5/ }).waitFor();
    await open(checker, '待办');
    await tab(checker, '款项');
    for (const title of ['等审批的退款（1）', '卡住的退款（2）', '存疑的到账（1）', '对不上的微信通知（1）'])
      await sees(checker, title);
    expect(await seriousProblems(checker)).toEqual([]);
  });

  it('a proposal: the proposer may only take it back, the colleague approves and the money moves', async () => {
    await open(maker, '待办');
    await tab(maker, '款项');
    await sees(maker, '等另一位财务同事');
    expect(await row(maker, scene.asked).getByRole('button', { name: '批准' }).count()).toBe(0);
    await row(checker, scene.asked).getByRole('button', { name: '批准' }).click();
    await checker.locator('.ant-popconfirm').getByRole('button', { name: '批准' }).click();
    await confirmByPhone(checker, stack, 'finance2');
    await sees(checker, '已批准');
    await row(checker, scene.asked).waitFor({ state: 'hidden' });
  });

  it('a refund that WeChat gave up goes on under a new number', async () => {
    // WeChat takes one refund of an order a minute.
    await stack.sandbox.advance(60_000);
    await press(checker, '重新退款');
    await checker.locator('.ant-popconfirm').getByRole('button', { name: '重新退款' }).click();
    await row(checker, scene.closed).waitFor({ state: 'hidden' });
  });

  it('an abnormal refund goes where two people say; a wrong card number is said at the field', async () => {
    await row(checker, scene.abnormal).getByRole('button', { name: '改退' }).click();
    await fill(checker, '卡号', '6222');
    await confirm(checker, '改退');
    await sees(checker, '卡号是 16 到 19 位数字');
    await sees(checker, '请选开户银行');
    await checker.getByRole('dialog').getByText('学校的商户账户').click();
    await confirm(checker, '改退');
    await confirmByPhone(checker, stack, 'finance2');
    await row(checker, scene.abnormal).getByText('已提交改退到学校的商户账户').waitFor();

    await maker.reload();
    await row(maker, scene.abnormal).getByRole('button', { name: '改退' }).click();
    await sees(maker, '已提交改退到学校的商户账户，请您核对后再提交一遍');
    await confirm(maker, '改退');
    await confirmByPhone(maker, stack, 'finance1');
    await row(maker, scene.abnormal).waitFor({ state: 'hidden' });
    await checker.reload();
    await row(checker, scene.abnormal).waitFor({ state: 'hidden' });
  });

  it('news that fits no order: whoever has found out writes down what it was', async () => {
    await press(checker, `写明 ${scene.strange}`);
    await sees(checker, '需要退钱的，请先在微信商户平台核实');
    await checker.getByRole('dialog').getByText('学校其他系统的订单').click();
    await confirm(checker, '记下');
    await row(checker, scene.strange).waitFor({ state: 'hidden' });
  });

  it('money that was put aside: one asks to give it back, the other refuses and says why', async () => {
    await row(maker, scene.quarantined).getByRole('button', { name: '申请退回' }).click();
    await confirm(maker, '提交申请');
    await sees(maker, '请写明原因，会记入经过');
    await maker.getByRole('dialog').getByText('付款不符，请重新付款').click();
    await confirm(maker, '提交申请');
    await row(maker, scene.quarantined).getByRole('button', { name: '撤回' }).waitFor();
    await checker.reload();
    await row(checker, scene.quarantined).getByRole('button', { name: '驳回' }).click();
    await fill(checker, '原因', '差额由学校承担，请申请入账');
    await confirm(checker, '驳回');
    await row(checker, scene.quarantined).getByRole('button', { name: '申请入账' }).waitFor();
  });
});

describe('a refund from the student’s file', () => {
  it('of one fee item is asked for by the office and approved by finance', async () => {
    await open(office, '学生与预约');
    await fill(office, '查找学生', scene.booked);
    await office.keyboard.press('Enter');
    await row(office, scene.booked).click();
    await press(office, '申请退款…');
    await office.getByRole('checkbox', { name: /拍摄费/ }).uncheck();
    await sees(office, /申请退还 .+ 15\.00 元？/);
    await fill(office, '原因', '网页未制作');
    await confirm(office, '提交申请');
    await sees(office, '等财务同事审批');
    await checker.reload();
    await row(checker, scene.booked).getByRole('button', { name: '批准' }).click();
    await checker.locator('.ant-popconfirm').getByRole('button', { name: '批准' }).click();
    await confirmByPhone(checker, stack, 'finance2');
    await sees(office, /15\.00 元 (退款中|已到账)/);
  });
});

describe('what was promised to students', () => {
  it('is counted at the settlement: what has arrived, and nothing late', async () => {
    await open(checker, '结算');
    await sees(checker, '没有超期的退款');
    await checker.getByText(/^已到账 [1-9]/).click();
    await sees(checker, '2022-11-18');
    expect(await seriousProblems(checker)).toEqual([]);
  });

  it('is said on every page the working day before it is due, and 今天 leads to the refund', async () => {
    await stack.sandbox.plantFault({
      service: 'pay',
      operation: 'refund',
      kind: 'refund-outcome',
      code: 'ABNORMAL',
      times: 1,
    });
    await row(maker, scene.quarantined).getByRole('button', { name: '申请退回' }).click();
    await maker.getByRole('dialog').getByText('付款不符，请重新付款').click();
    await confirm(maker, '提交申请');
    await row(maker, scene.quarantined).getByRole('button', { name: '撤回' }).waitFor();
    await open(checker, '待办');
    await tab(checker, '款项');
    await row(checker, scene.quarantined).getByRole('button', { name: '批准' }).click();
    await checker.locator('.ant-popconfirm').getByRole('button', { name: '批准' }).click();
    await confirmByPhone(checker, stack, 'finance2');
    await sees(checker, '已批准');
    await stack.sandbox.setClock(new Date('2022-11-17T10:00:00+08:00'));
    const later = await signInAt(browser, firstApi(stack), 'finance2');
    await later.getByRole('menuitem', { name: /结算.*1/ }).waitFor();
    await later.getByRole('link', { name: /^1 笔退款（29\.00 元）最迟下一个工作日到账/ }).click();
    await row(later, scene.quarantined).waitFor();
  });
});
