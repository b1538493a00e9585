import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { eventually } from '../../server/demo/eventually';
import { layMoneyScene } from '../../server/demo/money-scene';
import { DEMO_CAMPAIGN, noticeTableText } from '../../server/demo/notice-2023';
import { noticeAround2023 } from '../../server/demo/notice-around';
import { demoRosterCsv } from '../../server/demo/roster';
import { createOwners, DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import { type Stack, startStack } from '../../server/demo/stack';
import { layTodoScene } from '../../server/demo/todo-scene';
import { certify, makeKeyPair } from '../../server/sandbox/credentials/certificate';
import { type FinanceScene, layFinanceScene } from '../../server/tryout/finance-scene';
import { launchBrowser } from '../support/browser';
import { type DayScene, layDayScene, layPhotoChecks } from '../support/day-scene';
import { layMakeUpScene } from '../support/make-up-scene';

/**
 * `npm run screens -- --console [--only PART,PART] [--width PX,PX] [--to FOLDER] [--long | --empty] [--paper | --dark]`:
 * the console's pages with a demo of 300 students, as docs/screens/console-*.png (with another width than 1280, -PX is
 * added). `--long` gives everybody the longest names there are, `--empty` looks at a campaign in which nothing has been
 * filled in; `--paper` writes what is printed, as PDF; `--dark` adds the dark look. A scene that cannot be played is
 * said at the end; the others go on.
 */
interface Shot {
  name: string;
  page: string;
  play?: (page: Page) => Promise<void>;
  /** Who looks; the office unless said. */
  as?: Viewer;
  /** Made to be printed. */
  paper?: true;
}

type Viewer = 'office' | 'college' | 'support' | 'finance2' | 'auditor' | 'operator';

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

const SHOTS: readonly Shot[] = [
  { name: 'today-booking', page: 'today' },
  {
    name: 'wizard',
    page: 'batch/notice',
    async play(page) {
      await page.getByRole('textbox', { name: '通知正文' }).fill(noticeAround2023(noticeTableText()));
      await press('保存并检查')(page);
      await page.getByText('植物保护').first().waitFor();
      await page
        .getByRole('button', { name: '保存并检查' })
        .and(page.locator(':not(.ant-btn-loading)'))
        .waitFor();
      await page.evaluate('scrollTo(0, 0)');
    },
  },
  ...['school', 'fees', 'rooms', 'timetable', 'roster', 'matching', 'window', 'make-up', 'open'].map(
    (step) => ({
      name: `step-${step}`,
      page: `batch/${step}`,
    }),
  ),
  { name: 'rules', page: 'batch/rules' },
  { name: 'facts', page: 'batch/facts' },
  { name: 'sessions', page: 'batch/sessions', paper: true },
  { name: 'move', page: 'batch/sessions', play: moveBooked },
  { name: 'students', page: 'students?standing=booked', paper: true },
  {
    name: 'student',
    page: 'students?standing=booked',
    play: (page) => page.locator('tr.ant-table-row').first().click(),
  },
  { name: 'review', page: 'todo/reviews', play: press(/^审核/) },
  { name: 'conflicts', page: 'todo/conflicts' },
  { name: 'corrections', page: 'todo/corrections' },
  { name: 'correction', page: 'todo/corrections', play: press(/^看照片/) },
  { name: 'owed', page: 'todo/owed' },
  { name: 'unmatched', page: 'todo/unmatched' },
  { name: 'money', page: 'todo/money', as: 'finance2' },
  { name: 'redirect', page: 'todo/money', as: 'finance2', play: press(/^改退/) },
  { name: 'caller', page: 'caller', as: 'support' },
  { name: 'messages', page: 'messages/sent' },
  { name: 'announce', page: 'messages/announcements', play: press('发通知') },
  { name: 'retention', page: 'retention' },
  { name: 'code', page: 'onsite/phones', play: press('发登记码') },
  { name: 'scans', page: 'onsite/offline' },
  { name: 'kit', page: 'kit/notice', paper: true },
  { name: 'timetables', page: 'kit/timetables', paper: true },
  { name: 'doors', page: 'kit/doors', paper: true },
  { name: 'bills', page: 'reconciliation', as: 'finance2' },
  { name: 'work-days', page: 'work-days', play: press('加一天') },
  { name: 'accounts', page: 'settings' },
  {
    name: 'approve',
    page: 'todo/money',
    as: 'finance2',
    async play(page) {
      await page.getByRole('button', { name: '批准' }).first().click();
      await page.locator('.ant-popconfirm').getByRole('button', { name: '批准' }).click();
      await page.getByRole('dialog', { name: '用手机验证器确认' }).waitFor();
    },
  },
  {
    name: 'authenticator',
    page: 'today',
    async play(page) {
      await page.locator('.account').click();
      await page.getByText('手机验证器').click();
      await press('换一部手机')(page);
      await page.getByLabel('先确认是您本人：登录密码').fill(DEMO_PASSWORD);
      await press('下一步')(page);
      const question = page.getByRole('dialog', { name: '用手机验证器确认' });
      await question.getByRole('button', { name: '填入' }).click();
      await question.getByRole('button', { name: '确认' }).click();
      await page.getByRole('img', { name: '绑定用的二维码' }).waitFor();
    },
  },
  { name: 'audit', page: 'audit' },
  { name: 'clock', page: 'today', play: press(/演示时钟/) },
  { name: 'dates', page: 'work-days', play: openDay },
  { name: 'as-college', page: 'today', as: 'college' },
  { name: 'as-college-students', page: 'students', as: 'college' },
  { name: 'as-college-kit', page: 'kit/notice', as: 'college' },
  { name: 'as-support', page: 'today', as: 'support' },
  { name: 'as-support-todo', page: 'todo', as: 'support' },
  { name: 'as-finance', page: 'today', as: 'finance2' },
  { name: 'as-finance-students', page: 'students?standing=booked', as: 'finance2' },
  { name: 'as-auditor', page: 'today', as: 'auditor' },
  { name: 'as-auditor-todo', page: 'todo', as: 'auditor' },
  { name: 'as-auditor-retention', page: 'retention', as: 'auditor' },
  { name: 'as-operator', page: 'today', as: 'operator' },
  { name: 'as-operator-work-days', page: 'work-days', as: 'operator' },
];

/** Half past nine on the collection day. */
const DAY_SHOTS: readonly Shot[] = [
  { name: 'today', page: 'today' },
  { name: 'board', page: 'onsite/board' },
  { name: 'phones', page: 'onsite/phones' },
  { name: 'shot-list', page: 'onsite/shots' },
  { name: 'progress', page: 'progress', paper: true },
  { name: 'students-day', page: 'students?standing=arrived' },
  { name: 'sessions-day', page: 'batch/sessions' },
  { name: 'as-college-today', page: 'today', as: 'college' },
  { name: 'as-college-progress', page: 'progress', as: 'college' },
  { name: 'as-college-board', page: 'onsite/board', as: 'college' },
  { name: 'as-operator-board', page: 'onsite/board', as: 'operator' },
];

/** Forty days later. */
const LATER_SHOTS: readonly Shot[] = [
  { name: 'photo-checks', page: 'messages/photos' },
  {
    name: 'photo-unchecked',
    page: 'messages/photos',
    play: (page) => page.getByText(/^还没有核对/).click(),
  },
  { name: 'messages-sent', page: 'messages/sent' },
  { name: 'as-support-messages', page: 'messages/photos', as: 'support' },
  { name: 'as-auditor-photos', page: 'messages/photos', as: 'auditor' },
];
const ROOT = path.resolve(__dirname, '../..');
const STUDENTS = 300;

const { values: wanted } = parseArgs({
  options: {
    console: { type: 'boolean' },
    only: { type: 'string', default: '' },
    width: { type: 'string', default: '1280' },
    to: { type: 'string', default: path.join(ROOT, 'docs/screens') },
    long: { type: 'boolean', default: false },
    empty: { type: 'boolean', default: false },
    paper: { type: 'boolean', default: false },
    dark: { type: 'boolean', default: false },
  },
});

const WIDTHS = wanted.width.split(',');
/** What could not be played, and why. */
const failures: string[] = [];

/** After the collection, on a demo of their own: what finance looks at. */
const FINANCE_SHOTS: readonly Shot[] = [
  { name: 'settlement', page: 'settlement', as: 'finance2', paper: true },
  { name: 'unpaid', page: 'settlement/unpaid', as: 'finance2' },
  { name: 'agency', page: 'settlement/agency', as: 'finance2', paper: true },
  {
    name: 'day-differences',
    page: 'reconciliation/2022-11-19',
    as: 'finance2',
    play: fetchDay,
    paper: true,
  },
  { name: 'reports', page: 'reports/daily', as: 'finance2', paper: true },
  { name: 'difference', page: 'reconciliation/2022-11-19', as: 'finance2', play: proposeReversal },
  { name: 'month', page: 'reports/monthly', as: 'finance2', paper: true },
  { name: 'fees', page: 'reports/fees', as: 'finance2' },
  { name: 'refund-report', page: 'reports/refunds', as: 'finance2' },
  { name: 'campaign-report', page: 'reports/campaigns', as: 'finance2', paper: true },
  { name: 'receipt', page: 'reports/detail', as: 'finance2', play: openOrder },
  { name: 'work-list', page: 'reconciliation/differences', as: 'finance2' },
  { name: 'unexplained', page: 'whereabouts', as: 'finance2', play: proveNow },
  {
    name: 'upload-bills',
    page: 'reconciliation/2022-11-19',
    as: 'finance2',
    play: (page) => press('上传账单')(page),
  },
];

/** The same, once the batch refund has run and the first day of booking is closed. */
const DONE_SHOTS: readonly Shot[] = [
  {
    name: 'refund-batch',
    page: 'settlement',
    as: 'finance2',
    play: (page) => page.getByText(/^统一退款 \d+ 笔/).scrollIntoViewIfNeeded(),
  },
  { name: 'day-closed', page: 'reconciliation/2022-11-15', as: 'finance2' },
  { name: 'today-after', page: 'today', as: 'finance2' },
];

/** The collection is closed, and make-up places are booked. */
const MAKE_UP_SHOTS: readonly Shot[] = [
  { name: 'make-up', page: 'make-up' },
  {
    name: 'make-up-day',
    page: 'make-up',
    play: (page) => page.locator('.slots tbody tr.ant-table-row').nth(1).click(),
  },
  { name: 'whereabouts', page: 'whereabouts', as: 'finance2', play: proveNow },
];

/** Last of all: with these keys the demo's money stands still. */
const KEY_SHOTS: readonly Shot[] = [{ name: 'merchant-keys', page: 'todo/money', as: 'finance2' }];

/** Both the account's certificate and the only one that WeChat signs with are near their end. */
async function letKeysEnd(stack: Stack, { merchantId }: Demo): Promise<void> {
  const operator = await signedInAs(stack, 'operator');
  const ending = async (name: string, days: number) => {
    const keys = await makeKeyPair();
    const notAfter = new Date((await stack.sandbox.now()).getTime() + days * 24 * 3_600_000);
    return { ...certify(keys, name, notAfter), privateKeyPem: keys.privateKey };
  };
  const [own, platform] = [await ending('1900000109', 26), await ending('Tenpay.com', -2)];
  await operator.call('PUT /api/console/merchants/:merchantId/keys', {
    params: { merchantId },
    body: {
      serialNo: own.serial,
      certificatePem: own.pem,
      privateKeyPem: own.privateKeyPem,
      verificationKeys: [{ serial: platform.serial, pem: platform.pem }],
    },
  });
}

async function openDay(page: Page): Promise<void> {
  await press('加一天')(page);
  await page.getByLabel('日期').click();
  await page.locator('.ant-picker-dropdown').waitFor();
}

async function proveNow(page: Page): Promise<void> {
  await press('现在核对一遍')(page);
  await page.getByText(/每一分钱都有去处|说不清去处/).waitFor();
}

async function openOrder(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /的分录$/ })
    .first()
    .click();
  await page.getByRole('button', { name: '登记已开' }).waitFor();
}

async function fetchDay(page: Page): Promise<void> {
  await press(/下载账单并核对|重新核对/)(page);
  await page.getByText('跨日，等次日账单').waitFor();
}

async function proposeReversal(page: Page): Promise<void> {
  await press(/短款/)(page);
  await page.locator('.ant-radio-button-wrapper', { hasText: '冲正' }).click();
  await page.getByText('复核同意后会这样做').waitFor();
  await page.getByRole('textbox', { name: '说明' }).fill('微信客服确认没有收到这笔付款');
}

async function main(): Promise<void> {
  await takeScenes();
  if (failures.length > 0) throw new Error(`scenes that could not be played:\n${failures.join('\n')}`);
}

async function takeScenes(): Promise<void> {
  if (wanted.empty) {
    const all = [...SHOTS, ...DAY_SHOTS, ...LATER_SHOTS, ...MAKE_UP_SHOTS, ...FINANCE_SHOTS, ...DONE_SHOTS];
    await takeAll({ shots: all, lay: nothingYet });
    return;
  }
  await takeAll({ shots: SHOTS, lay: fullDemo });
  await takeAll(...collectionDay());
  await takeAll({
    shots: MAKE_UP_SHOTS,
    async lay(stack) {
      const demo = await seedDemo(stack, 60);
      const { booked } = await layTodoScene(stack, demo);
      await layMakeUpScene(stack, demo, booked);
      if (wanted.long) await lengthen(demo);
      return demo.campaign.id;
    },
  });
  await takeAll(...settlement());
  await takeAll({
    shots: KEY_SHOTS,
    async lay(stack) {
      const demo = await seedDemo(stack, 10);
      await letKeysEnd(stack, demo);
      return demo.campaign.id;
    },
  });
}

function collectionDay(): Act[] {
  let day: DayScene | undefined;
  return [
    {
      shots: DAY_SHOTS,
      async lay(stack) {
        day = await layDayScene(stack);
        if (wanted.long) await lengthen(day.demo);
        return day.demo.campaign.id;
      },
    },
    {
      shots: LATER_SHOTS,
      async lay(stack) {
        if (!day) throw new Error('nobody has been photographed');
        await layPhotoChecks(stack, day);
        return day.demo.campaign.id;
      },
    },
  ];
}

function settlement(): Act[] {
  let scene: FinanceScene | undefined;
  return [
    {
      shots: FINANCE_SHOTS,
      async lay(stack) {
        scene = await layFinanceScene(stack);
        await fetchBill(await signedInAs(stack, 'finance1'), scene.demo);
        if (wanted.long) await lengthen(scene.demo);
        return scene.demo.campaign.id;
      },
    },
    {
      shots: DONE_SHOTS,
      async lay(stack) {
        if (!scene) throw new Error('there is nothing to settle');
        await settle(stack, scene);
        return scene.demo.campaign.id;
      },
    },
  ];
}

const FIRST_DAY = '2022-11-15';

const fetchBill = (finance: ApiClient, { merchantId }: Demo) =>
  finance.call('POST /api/console/merchants/:merchantId/days/:day/fetch', {
    params: { merchantId, day: FIRST_DAY },
  });

async function signedInAs(stack: Stack, login: string): Promise<ApiClient> {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, DEMO_PASSWORD);
  return client;
}

/** Two people at finance refund those who were not photographed, but for one, and close the first day of booking. */
async function settle(stack: Stack, { demo }: FinanceScene): Promise<void> {
  const [maker, checker] = [await signedInAs(stack, 'finance1'), await signedInAs(stack, 'finance2')];
  const params = { id: demo.campaign.id };
  const { bookings, phones } = await maker.call('GET /api/console/campaigns/:id/uncollected', { params });
  for (const { id } of phones) {
    const waived = { params: { id }, body: { reason: '手机进水，记录已由现场负责人核对' } };
    await demo.office.call('POST /api/console/devices/:id/waive', waived);
  }
  const exclude = bookings
    .filter(({ arrived }) => arrived)
    .map(({ bookingId }) => ({ bookingId, reason: '现场说拍过，核对照片后再定' }));
  const submitted = await maker.call('POST /api/console/campaigns/:id/refund-batches', {
    params,
    body: { exclude },
  });
  const batch = { id: submitted.id };
  const { version } = await checker.call('GET /api/console/refund-batches/:id', { params: batch });
  await checker.call('POST /api/console/refund-batches/:id/decide', {
    params: batch,
    body: { version, decision: 'approve' },
  });
  await eventually('the batch is done', async () => {
    await stack.sandbox.advance(2_000);
    const { state } = await maker.call('GET /api/console/refund-batches/:id', { params: batch });
    return state === 'done' ? state : null;
  });
  const fetched = await fetchBill(maker, demo);
  const bill = { merchantId: demo.merchantId, day: FIRST_DAY };
  const asked = await maker.call('POST /api/console/merchants/:merchantId/days/:day/sign-off', {
    params: bill,
    body: { kind: 'close', version: fetched.version },
  });
  await checker.call('POST /api/console/merchants/:merchantId/days/:day/sign-off/decide', {
    params: bill,
    body: { version: asked.version, decision: 'approve' },
  });
}

const isWanted = ({ name, paper }: Shot): boolean =>
  wanted.only.split(',').some((part) => name.includes(part)) && (paper === true || !wanted.paper);

/** What is laid on what was there before, and what is looked at then. */
interface Act {
  shots: readonly Shot[];
  /** Answers the campaign's id. */
  lay: (stack: Stack) => Promise<string>;
}

/** One act after the other on one stack, as far as something is wanted of them. */
async function takeAll(...acts: Act[]): Promise<void> {
  const last = acts.filter(({ shots }) => shots.some(isWanted)).at(-1);
  if (!last) return;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tucai-screens-'));
  const stack = await startStack({
    dataDir,
    builtDir: path.join(ROOT, 'dist/server'),
    apis: 1,
    env: { STATIC_CONSOLE: path.join(ROOT, 'dist/console') },
  });
  // The browser's own words, in date fields and beside files, are Chinese as at the office.
  process.env.LANGUAGE = 'zh_CN';
  const browser = await launchBrowser();
  try {
    mkdirSync(wanted.to, { recursive: true });
    for (const { shots, lay } of acts.slice(0, acts.indexOf(last) + 1)) {
      const campaignId = await lay(stack);
      await takeOf(shots.filter(isWanted), browser, stack, campaignId);
    }
  } finally {
    await browser.close();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function takeOf(
  shots: readonly Shot[],
  browser: Browser,
  stack: Stack,
  campaignId: string,
): Promise<void> {
  const pages = new Map<Viewer, Page>();
  for (const shot of shots) {
    const viewer = shot.as ?? 'office';
    const page = pages.get(viewer) ?? (await signedIn(browser, firstApi(stack), viewer));
    pages.set(viewer, page);
    await take(page, `${firstApi(stack)}/console/${campaignId}`, shot);
  }
}

async function take(page: Page, address: string, { name, page: at, play }: Shot): Promise<void> {
  await page.setViewportSize(viewport(WIDTHS[0]));
  await page.goto(`${address}/${at}`);
  await page.locator('.page h1').waitFor();
  await page.waitForTimeout(1_500);
  const file = path.join(wanted.to, `console-${name}`);
  try {
    // Where nothing is, there is nothing to press.
    if (!wanted.empty) await play?.(page);
  } catch (error) {
    failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (wanted.paper) await page.pdf({ path: `${file}.pdf`, preferCSSPageSize: true });
  for (const width of wanted.paper ? [] : WIDTHS) {
    await page.setViewportSize(viewport(width));
    await picture(page, width === '1280' ? file : `${file}-${width}`);
  }
  console.log(file);
}

async function picture(page: Page, file: string): Promise<void> {
  await page.waitForTimeout(1_000);
  await page.screenshot({ path: `${file}.png` });
  if (!wanted.dark) return;
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${file}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
}

const viewport = (width = '1280') => ({ width: Number(width), height: width === '1280' ? 800 : 1080 });

async function fullDemo(stack: Stack): Promise<string> {
  const demo = await seedDemo(stack, STUDENTS);
  await layTodoScene(stack, demo);
  // The scenes of the queues and of money have students of their own.
  await layMoneyScene(stack, { ...demo, students: demo.students.slice(100) });
  if (wanted.long) await lengthen(demo);
  return demo.campaign.id;
}

/** The longest names that a school has, in every field that a table shows. */
async function lengthen({ office, campaign, students }: Demo): Promise<void> {
  const params = { id: campaign.id };
  const long = students.map((student, index) => ({
    ...student,
    name: index % 2 === 0 ? '阿卜杜热合曼·买买提依明·吐尔逊江·艾力' : '欧阳司徒诸葛明月',
    college: `${student.college}与乡村振兴国际联合培养卓越工程师创新学院`,
    className: `${student.className}（中外合作办学国际课程实验班）`,
  }));
  await office.call('POST /api/console/campaigns/:id/roster', { params, body: { csv: demoRosterCsv(long) } });
}

/** A draft in which only the name is filled in. */
async function nothingYet(stack: Stack): Promise<string> {
  await stack.sandbox.setClock(phase('before'), true);
  const { merchantId } = await createOwners(stack);
  const office = createApiClient(firstApi(stack));
  await office.signIn('office', DEMO_PASSWORD);
  const nothing = { feeBasis: '', place: '', rooms: [], collectionDays: [], contacts: [], makeUp: null };
  const draft = {
    ...DEMO_CAMPAIGN,
    ...nothing,
    announced: false,
    bookingOpensAt: null,
    bookingClosesAt: null,
  };
  return (await office.call('POST /api/console/campaigns', { body: { ...draft, merchantId } })).id;
}

async function moveBooked(page: Page): Promise<void> {
  await page
    .getByRole('row')
    .filter({ hasText: '应用化学' })
    .getByRole('button', { name: /的时间或教室/ })
    .click();
  await page.getByRole('combobox', { name: '改到教室' }).fill('C区301');
  await page.getByText(/个时段，影响/).waitFor();
  // The rooms that there are lie over it while one types.
  await page.getByRole('textbox', { name: '告诉学生的原因' }).fill('C区204 空调故障');
}

async function signedIn(browser: Browser, api: string, login: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: viewport(WIDTHS[0]),
    locale: 'zh-CN',
    colorScheme: 'light',
    // A picture of something that is fading in shows what nobody sees.
    reducedMotion: 'reduce',
  });
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
