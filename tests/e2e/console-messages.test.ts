import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { type AfterScene, layAfterScene } from '../support/after-scene';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { choose, confirm, fill, open, press, sees, seriousProblems, signInAt, tab } from './desk';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;
let scene: AfterScene;
let browser: Browser;
let office: Page;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 4);
  scene = await layAfterScene(stack, demo);
  browser = await launchBrowser();
  office = await signInAt(browser, firstApi(stack), 'office');
  await open(office, '消息与核对');
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const row = (page: Page, studentNo: string) => page.getByRole('row').filter({ hasText: studentNo });

describe('what was sent to whom', () => {
  it('leads from a count to its messages, and from a reason to those that did not go out', async () => {
    await office
      .getByRole('row', { name: /预约成功/ })
      .first()
      .waitFor();
    expect(await seriousProblems(office)).toEqual([]);
    await choose(office, '没有发出的原因', '学生没有同意接收');
    await row(office, scene.silent.studentNo).first().waitFor();
    await row(office, scene.right.studentNo).filter({ hasText: '预约成功' }).waitFor({ state: 'hidden' });
  });

  it('is taken away as a workbook', async () => {
    const [file] = await Promise.all([office.waitForEvent('download'), press(office, '导出 Excel')]);
    expect(file.suggestedFilename()).toMatch(/^订阅消息-.*\.xlsx$/);
  });
});

describe('what students say of their portraits', () => {
  it('a wrong one is seen to, and leaves the list', async () => {
    await tab(office, '照片核对');
    await sees(office, '不是本人的照片');
    expect(await seriousProblems(office)).toEqual([]);
    await press(office, `记为已处理 ${scene.wrong.name}`);
    await confirm(office, '记为已处理');
    await sees(office, '请写明原因，会记入经过');
    await office.getByRole('dialog').getByText('已联系摄影方更换').click();
    await confirm(office, '记为已处理');
    await sees(office, '没有等着处理的');
    await office.getByText('已处理 1').click();
    await sees(office, /已联系摄影方更换/);
  });
});

describe('an announcement', () => {
  it('is counted while the group is chosen, shown as on the phone, sent, and taken back', async () => {
    await tab(office, '学校通知');
    await sees(office, '还没有发过通知');
    await press(office, '发通知');
    await sees(office, '发给 4 人');
    expect(await seriousProblems(office)).toEqual([]);
    await choose(office, '学院', scene.wrong.college);
    await fill(office, '标题', '请核对照片');
    await confirm(office, '发给 1 人');
    await sees(office, '请写清楚要学生做什么、到什么时候');
    await fill(office, '内容', '请在本周内登录学信网核对照片。');
    await confirm(office, '发给 1 人');
    await sees(office, '已发给 1 名学生');
    await row(office, '请核对照片').getByText(scene.wrong.college).waitFor();
    expect((await scene.wrong.phone.home()).announcements).toMatchObject([{ title: '请核对照片' }]);
    await press(office, '撤回 请核对照片');
    await office.getByRole('dialog').getByText('发错了范围').click();
    await confirm(office, '撤回');
    await sees(office, '已撤回');
    expect((await scene.wrong.phone.home()).announcements).toEqual([]);
  });
});

it('the office sees what is kept of documents and consents, and that nothing outlives its cap', async () => {
  await open(office, '个人信息');
  await sees(office, '没有照片超过保存期');
  await sees(office, '还没有学生要求删除');
  expect(await seriousProblems(office)).toEqual([]);
});

it('support opens a file only for a caller who knows two things, and can read out how it stands', async () => {
  const support = await signInAt(browser, firstApi(stack), 'support');
  await open(support, '来电');
  expect(await support.getByRole('menuitem', { name: '学生与预约' }).count()).toBe(0);
  await fill(support, '学号', scene.silent.studentNo);
  await support.getByRole('button', { name: '还要 1 项' }).waitFor();
  await fill(support, '证件号码后四位', '0000');
  await press(support, '核对并打开资料');
  await sees(support, '对不上唯一的一名学生');
  expect(await seriousProblems(support)).toEqual([]);
  await fill(support, '证件号码后四位', scene.silent.phone.person.idNumber.slice(-4));
  await press(support, '核对并打开资料');
  await sees(support, /已经拍摄/);
  await sees(support, /满 40 天后到学信网核对照片/);
  await sees(support, '核对来电人，打开资料');
});

it('the registry notes who has brought the paper photo of a made-up portrait', async () => {
  const absent = demo.students[3]?.name ?? '';
  await open(office, '补拍');
  await sees(office, '现在开放');
  await sees(office, /采集结束之后，没有拍的学生列在这里/);
  await open(office, '结算');
  await press(office, '结束采集');
  await confirm(office, '结束采集');
  await open(office, '补拍');
  await press(office, `已交来 ${absent}`);
  await sees(office, '纸质照片都交来了');
  await office.getByText('纸质照片已交 1').click();
  await press(office, `撤销登记 ${absent}`);
  await sees(office, '还没有人交来纸质照片');
  expect(await seriousProblems(office)).toEqual([]);
});
