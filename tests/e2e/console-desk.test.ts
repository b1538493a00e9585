import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { layTodoScene, type TodoScene } from '../../server/demo/todo-scene';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import {
  choose,
  confirm,
  confirmByPhone,
  fill,
  open,
  press,
  sees,
  seriousProblems,
  signInAt,
  tab,
} from './desk';

jest.setTimeout(120_000);

let stack: Stack;
let demo: Demo;
let scene: TodoScene;
let browser: Browser;
let office: Page;
let colleague: Page;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 60);
  scene = await layTodoScene(stack, demo);
  browser = await launchBrowser();
  office = await signInAt(browser, firstApi(stack), 'office');
  colleague = await signInAt(browser, firstApi(stack), 'office2');
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it('today leads to what will go wrong, and to the next step', async () => {
  await office.getByRole('link', { name: '1 名学生的专业没有对应时段，他们约不到' }).click();
  await sees(office, scene.unmatched.major);
  await open(office, '今天');
  await press(office, '看各时段预约情况');
  await office.getByRole('tab', { name: '采集时段', selected: true }).waitFor();
});

describe('one item of each queue', () => {
  it('says on every page how much waits', async () => {
    await office.getByRole('menuitem', { name: /待办.*5/ }).waitFor();
    await open(office, '待办');
  });

  it('a document: looks at the photos, sees who it is on the roster, lets it pass', async () => {
    await press(office, `审核 ${scene.review.name}`);
    await sees(office, scene.review.person.idNumber);
    await sees(office, '证件号码一致');
    const photos = office.getByRole('img', { name: /证件.面照片/ });
    expect(await photos.count()).toBe(2);
    expect(
      await photos.first().evaluate((image) => Number(Reflect.get(image, 'naturalWidth'))),
    ).toBeGreaterThan(200);
    await press(office, '证件属实，通过');
    await sees(office, '没有等待审核的证件');
  });

  it('a conflict: gives the student to whom it believes; the colleague who looks at it still is told', async () => {
    await tab(office, '微信绑定冲突');
    await open(colleague, '待办');
    await tab(colleague, '微信绑定冲突');
    await press(colleague, '维持原绑定');
    await press(office, '交给这个微信');
    await fill(office, '原因', '已核对身份证原件');
    await confirm(office, '转交');
    await sees(office, '没有冲突');
    await fill(colleague, '原因', '申请人不是本人');
    await confirm(colleague, '维持');
    await sees(colleague, '刚被别人改过，没有保存');
  });

  it('a correction: agrees, and the data are changed', async () => {
    await tab(office, '信息更正');
    await press(office, `看照片：${scene.correction.name} 附的`);
    await sees(office, '这次查看已记入审计');
    const photo = office.getByRole('img', { name: '学生附的照片' });
    await photo.waitFor();
    expect(await photo.evaluate((image) => Number(Reflect.get(image, 'naturalWidth')))).toBeGreaterThan(200);
    const drawer = office.getByRole('dialog', { name: /的更正申请/ });
    await drawer.getByRole('button', { name: `同意 ${scene.correction.name} 的更正`, exact: true }).click();
    await press(office, '同意更正');
    await sees(office, '请写明原因，会记入经过');
    await office.getByRole('dialog').getByText('已核对学籍系统').click();
    await confirm(office, '同意更正');
    await sees(office, '没有等待处理的更正申请');
  });

  it('a debt: one asks for the waiver, another approves it', async () => {
    await tab(office, '待缴');
    await sees(office, '1 人待缴 30.00 元');
    await press(office, `申请免缴 ${scene.owed.name}`);
    await fill(office, '原因', '学院证明家庭困难');
    await confirm(office, '提交申请');
    await sees(office, '等另一位同事');
    await colleague.reload();
    await tab(colleague, '待缴');
    await press(colleague, '批准');
    await colleague.locator('.ant-popconfirm').getByRole('button', { name: '批准' }).click();
    await confirmByPhone(colleague, stack, 'office2');
    await sees(colleague, '没有人欠费');
  });

  it('a student without a session: is given one', async () => {
    await tab(office, '没有时段的学生');
    await sees(office, scene.unmatched.name);
    await choose(office, `${scene.unmatched.major} 的时段`, '茶学');
    await press(office, '安排 1 人');
    await sees(office, '每名学生都有自己的时段');
  });
});

describe('a caller', () => {
  it('is found by name, moved to another session, and the file tells it', async () => {
    const [student] = scene.booked;
    if (!student) throw new Error('nobody has booked');
    await open(office, '学生与预约');
    await fill(office, '查找学生', student.studentNo);
    await office.keyboard.press('Enter');
    await office.getByRole('row', { name: `打开 ${student.name}` }).focus();
    await office.keyboard.press('Enter');
    await sees(office, '付款到账');
    await press(office, '改时段');
    await fill(office, '原因', '和实习冲突');
    await confirm(office, '改到这个时段');
    await sees(office, '请选一个时段');
    await choose(office, '新的时段', '茶学');
    await confirm(office, '改到这个时段');
    await sees(office, '代为改时段');
    await sees(office, /C区202 · \d+ 号/);
  });

  it('leaves the name that was looked for in no address, and it is there again for who comes back', async () => {
    const [student] = scene.booked;
    if (!student) throw new Error('nobody has booked');
    const asked: string[] = [];
    const note = (request: { url: () => string }) => asked.push(decodeURIComponent(request.url()));
    await office.goto(`${firstApi(stack)}/console/${demo.campaign.id}/students`);
    office.on('request', note);
    await office.getByRole('button', { name: /^未拍/ }).click();
    await fill(office, '查找学生', student.name);
    await office.keyboard.press('Enter');
    const rows = office.locator('.students-table tr.ant-table-row');
    const onlyThey = async () => {
      await rows.filter({ hasText: student.name }).first().waitFor();
      await rows.filter({ hasNotText: student.name }).first().waitFor({ state: 'detached' });
    };
    await onlyThey();
    const address = office.url();
    expect(address).toMatch(/standing=booked$/);
    await open(office, '学院进度');
    await office.getByRole('heading', { name: '学院进度' }).waitFor();
    await office.goBack();
    await onlyThey();
    expect(await office.getByRole('textbox', { name: '查找学生' }).inputValue()).toBe(student.name);
    await office.reload();
    await onlyThey();
    expect(office.url()).toBe(address);
    office.off('request', note);
    expect(asked.filter((url) => url.includes('find-students')).length).toBeGreaterThan(1);
    expect([...asked, decodeURIComponent(address)].filter((url) => url.includes(student.name))).toEqual([]);

    await fill(office, '查找学生', '查无此人');
    await office.keyboard.press('Enter');
    await press(office, '清除筛选');
    await office.getByRole('textbox', { name: '查找学生' }).and(office.locator('[value=""]')).waitFor();
    await fill(office, '查找学生', student.studentNo);
    await office.keyboard.press('Enter');
    await office.getByRole('row', { name: `打开 ${student.name}` }).click();
  });

  it('cancels, and sees that the money is on its way', async () => {
    await press(office, '取消预约');
    await office.getByRole('dialog').getByText('学生来电要求取消').click();
    await confirm(office, '取消并退款');
    await sees(office, /退款中|已到账/);
  });
});

describe('a session of booked students', () => {
  it('moves to another room, with a preview of whom it concerns', async () => {
    await office.goto(office.url().replace(/students.*/, 'batch/sessions'));
    const { sessions } = await demo.office.call('GET /api/console/campaigns/:id/sessions', {
      params: { id: demo.campaign.id },
    });
    const booked = sessions.find((session) => session.booked > 0 && session.room !== 'C区207');
    if (!booked) throw new Error('no session is booked');
    await press(office, `调整 ${booked.title} 的时间或教室`);
    await office.getByRole('combobox', { name: '改到教室' }).fill('C区301');
    await sees(office, /1 个时段，影响 [1-9]\d* 名已预约的学生/);
    await fill(office, '告诉学生的原因', '教室停电');
    await office.getByRole('button', { name: /调整 1 个时段，通知/ }).click();
    await sees(office, '预约开始后的调整');
    await sees(office, /教室停电/);
  });
});

describe('accounts', () => {
  it('opens one for a college secretary, who must change the password and sees the own college only', async () => {
    await open(office, '账号');
    await press(office, '开通账号');
    await fill(office, '账号', 'shuili');
    await fill(office, '姓名', '水利学院张老师');
    await choose(office, '负责的学院', '水利学院');
    await office.getByRole('heading', { name: '账号' }).click({ force: true });
    await confirm(office, '开通');
    const password = ((await office.locator('.code').textContent()) ?? '').trim();
    expect(password).toHaveLength(12);
    await press(office, '已转告本人');

    const secretary = await (await browser.newContext()).newPage();
    await secretary.goto(`${firstApi(stack)}/console`);
    await fill(secretary, '账号', 'shuili');
    await fill(secretary, '密码', password);
    await press(secretary, '登录');
    await sees(secretary, '您用的是教务处给的临时密码');
    await fill(secretary, '现在的密码', password);
    await secretary.getByLabel('新密码', { exact: true }).fill('jin-sha-jiang-9');
    await fill(secretary, '再输一次新密码', 'jin-sha-jiang-9');
    await press(secretary, '修改密码');
    await secretary.getByRole('heading', { name: '今天' }).waitFor();
    await open(secretary, '学院进度');
    await secretary.getByRole('link', { name: '水利学院' }).waitFor();
    expect(await secretary.getByRole('link', { name: '茶学院' }).count()).toBe(0);
    await secretary.close();
  });
});

describe('working days', () => {
  it('a day that the school gives off moves what is promised from now on; a second colleague is told', async () => {
    await open(office, '工作日');
    await open(colleague, '工作日');
    await sees(office, '今天（11月15日 周二）申请的退款，答应在 11月18日 周五 前到账');
    await press(colleague, '加一天');
    await press(office, '加一天');
    await confirm(office, '保存');
    await sees(office, '请选日期');
    await sees(office, '请写为什么，例如“校庆放假”');
    await office.getByLabel('日期').fill('2022-11-17');
    await fill(office, '说明', '校庆放假');
    await confirm(office, '保存');
    await sees(office, '答应在 11月21日 周一 前到账');

    await colleague.getByLabel('日期').fill('2022-11-16');
    await fill(colleague, '说明', '运动会');
    await confirm(colleague, '保存');
    await sees(colleague, '刚被别人改过，没有保存');
    await sees(colleague, '校庆放假');
    await press(office, '删除 11月17日 周四');
    await office.locator('.ant-popconfirm').getByRole('button', { name: '删除' }).click();
    await sees(office, '答应在 11月18日 周五 前到账');
  });
});

describe('everybody can use it', () => {
  const PAGES = [
    'today',
    'batch/facts',
    'batch/sessions',
    'students',
    'todo/owed',
    'batch/rules',
    'batch/open',
    'caller',
    'messages/sent',
    'messages/announcements',
    'messages/photos',
    'make-up',
    'kit/timetables',
    'onsite/offline',
    'onsite/shots',
    'work-days',
    'retention',
    'todo/corrections',
    'todo/conflicts',
    'todo/unmatched',
    'onsite/board',
    'onsite/phones',
    'progress',
    'kit/notice',
    'kit/doors',
    'settlement',
    'settings',
    'audit',
  ];
  it.each(PAGES)('axe finds nothing serious on %s', async (page) => {
    await office.goto(`${firstApi(stack)}/console/${demo.campaign.id}/${page}`);
    await office.locator('.page h1').waitFor();
    await office.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    expect(await seriousProblems(office)).toEqual([]);
  });

  it.each(['today', 'students', 'batch/rules', 'todo/owed', 'onsite/board', 'audit'])(
    'nor in the dark on %s',
    async (page) => {
      await office.emulateMedia({ colorScheme: 'dark' });
      await office.goto(`${firstApi(stack)}/console/${demo.campaign.id}/${page}`);
      await office.locator('.page h1').waitFor();
      await office.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
      expect(await office.locator('html').getAttribute('data-look')).toBe('dark');
      expect(await seriousProblems(office)).toEqual([]);
    },
  );

  it('stays light for whoever chose that, whatever the computer is set to', async () => {
    await office.locator('.account').click();
    await office.getByRole('menuitem', { name: '浅色' }).click();
    await office.locator('html[data-look=light]').waitFor();
    await office.reload();
    await office.locator('html[data-look=light]').waitFor();
  });
});
