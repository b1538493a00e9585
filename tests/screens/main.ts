import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser, PHONE } from '../support/browser';
import { cameraFilmOf } from '../support/camera-film';
import { FakeApi, Refuse } from '../support/fake-api';
import { serveFakeSite } from '../support/fake-api/serve';
import { type FakeState, FRESH } from '../support/fake-api/state';
import { booking, HOME_SCENES, hold, ready } from './scenes';

/**
 * Writes a picture of every state to docs/screens/: `node scripts/screens.mjs [--only PART,PART] [--width PX] [--dark] [--long]
 * [--text SCALE] [--to FOLDER]`. `--long` gives everybody the longest names there are, `--text 1.4` WeChat's largest letters.
 */
interface Shot {
  name: string;
  state: FakeState;
  page: string;
  /** Taps and typing that lead to the state. */
  play?: (page: Page, fake: FakeApi) => Promise<void>;
  /** More than the first screenful. */
  full?: boolean;
}

const HOME = 'pages/home/index';

const tap = (selector: string) => (page: Page) => page.locator(selector).first().click();

async function inTurn(page: Page, ...selectors: string[]): Promise<void> {
  for (const selector of selectors) await page.locator(selector).first().click();
}

async function toIdentity(page: Page): Promise<void> {
  await inTurn(page, '#consent-id_photo', '#consent-bank_check', '#agree', '#by-hand');
}

async function type(page: Page, field: string, text: string): Promise<void> {
  await page.locator(`[data-field="${field}"] input`).fill(text);
}

async function toBankCard(page: Page): Promise<void> {
  await toIdentity(page);
  await type(page, 'name', '李青禾');
  await type(page, 'documentNumber', '11010519491231002X');
  await page.locator('#next').click();
}

async function toPhone(page: Page): Promise<void> {
  await toBankCard(page);
  await type(page, 'bankCard', '6222021234567890128');
  await page.locator('#next').click();
  await type(page, 'phone', '13800138000');
}

async function asStaff(page: Page): Promise<void> {
  await type(page, 'code', 'DEMO2022');
  await page.locator('#enrol').click();
  await page.locator('#room-0').click();
}

const scan = (text: string) => async (page: Page) => {
  await asStaff(page);
  await page.locator('#start').click();
  await type(page, 'scanned', text);
  await page.locator('[data-field="scanned"] input').press('Enter');
  await page.locator('.verdict').waitFor();
};

const staffPage = (name: string, ...selectors: string[]): Shot => ({
  name,
  state: FRESH,
  page: 'staff/enrol/index',
  async play(page) {
    await asStaff(page);
    await inTurn(page, '#start', ...selectors);
  },
});

const SHOTS: Shot[] = [
  ...Object.entries(HOME_SCENES).map(([name, state]) => ({ name: `home-${name}`, state, page: HOME })),
  { name: 'home-whole', state: { ...ready, booking }, page: HOME, full: true },
  { name: 'verify-consents', state: FRESH, page: 'pages/verify/index' },
  {
    name: 'verify-front',
    state: FRESH,
    page: 'pages/verify/index',
    play: (page) => inTurn(page, '#consent-id_photo', '#consent-bank_check', '#agree'),
  },
  { name: 'verify-identity', state: FRESH, page: 'pages/verify/index', play: toIdentity },
  {
    name: 'verify-bank-card',
    state: FRESH,
    page: 'pages/verify/index',
    async play(page) {
      await toBankCard(page);
      await type(page, 'bankCard', '6222021234567890128');
    },
  },
  {
    name: 'verify-why-card',
    state: FRESH,
    page: 'pages/verify/index',
    async play(page) {
      await toBankCard(page);
      await page.locator('#why-card').click();
    },
  },
  { name: 'verify-phone', state: FRESH, page: 'pages/verify/index', play: toPhone },
  {
    name: 'verify-refused',
    state: FRESH,
    page: 'pages/verify/index',
    async play(page, fake) {
      await toPhone(page);
      const reason = '姓名、证件号、银行卡号和手机号对不上。请逐项核对，手机号要填银行预留的那个。';
      fake.troubles.set('POST /api/me/verification', [
        new Refuse('VERIFICATION_FAILED', { reason, attemptsLeft: 1, next: 'check_data' }),
      ]);
      await page.locator('#verify').click();
    },
  },
  {
    name: 'verify-document-refused',
    state: HOME_SCENES['document-refused'] ?? FRESH,
    page: 'pages/verify/index',
  },
  { name: 'verify-other-ways', state: FRESH, page: 'pages/verify/index', play: tap('#other-ways') },
  { name: 'other-document', state: FRESH, page: 'pages/other-document/index' },
  {
    name: 'enrolment-find',
    state: HOME_SCENES['find-enrolment'] ?? FRESH,
    page: 'pages/enrolment/index',
  },
  { name: 'enrolment-check', state: HOME_SCENES.confirm ?? FRESH, page: 'pages/enrolment/index' },
  {
    name: 'enrolment-correction',
    state: HOME_SCENES.confirm ?? FRESH,
    page: 'pages/enrolment/index',
    play: tap('#wrong'),
  },
  {
    name: 'sessions',
    state: ready,
    page: 'pages/sessions/index',
    play: tap('#show-others'),
  },
  {
    name: 'make-up',
    state: HOME_SCENES['make-up'] ?? FRESH,
    page: 'pages/make-up/index',
    play: (page) => inTurn(page, '.make-up-days__day:nth-child(2)', '.make-up-times__time:nth-child(3)'),
  },
  { name: 'sessions-cannot-come', state: ready, page: 'pages/sessions/index', play: tap('#cannot-come') },
  { name: 'pay', state: { ...ready, booking: hold }, page: 'pages/pay/index' },
  { name: 'code', state: { ...ready, booking }, page: 'pages/code/index' },
  { name: 'orders', state: { ...ready, booking }, page: 'pages/orders/index' },
  { name: 'orders-refund', state: HOME_SCENES['not-collected'] ?? FRESH, page: 'pages/orders/index' },
  {
    name: 'timetable',
    state: FRESH,
    page: 'pages/timetable/index',
    async play(page) {
      await type(page, 'major', '土木');
      await page.waitForTimeout(600);
    },
  },
  { name: 'enrolment-code', state: ready, page: 'pages/enrolment/index', full: true },
  { name: 'my-data', state: ready, page: 'pages/my-data/index', full: true },
  {
    name: 'check-photo',
    state: HOME_SCENES['check-photo'] ?? FRESH,
    page: 'pages/guide/index?part=check',
  },
  { name: 'guide', state: FRESH, page: 'pages/guide/index', full: true },
  { name: 'staff-enrol', state: FRESH, page: 'staff/enrol/index' },
  { name: 'staff-room', state: FRESH, page: 'staff/enrol/index', play: asStaff },
  {
    name: 'staff-scan',
    state: FRESH,
    page: 'staff/enrol/index',
    async play(page) {
      await asStaff(page);
      await page.locator('#start').click();
    },
  },
  { name: 'staff-verdict-ok', state: FRESH, page: 'staff/enrol/index', play: scan('ok') },
  { name: 'staff-verdict-late', state: FRESH, page: 'staff/enrol/index', play: scan('late_same_day') },
  { name: 'staff-verdict-arrived', state: FRESH, page: 'staff/enrol/index', play: scan('already_arrived') },
  { name: 'staff-verdict-wrong-day', state: FRESH, page: 'staff/enrol/index', play: scan('wrong_day') },
  {
    name: 'staff-lookup',
    state: FRESH,
    page: 'staff/enrol/index',
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-lookup');
    },
  },
  {
    name: 'staff-queue',
    state: FRESH,
    page: 'staff/enrol/index',
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-queue');
      await page.locator('.queue__row').first().waitFor();
    },
  },
  {
    ...staffPage('staff-renumber'),
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-queue', '#renumber-next');
      await page.locator('.sheet__panel').waitFor();
    },
  },
  {
    ...staffPage('staff-collection-code'),
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-queue', '#show-collection-code');
      await page.locator('#collection-code canvas').waitFor();
    },
  },
  {
    name: 'staff-walk-in',
    state: FRESH,
    page: 'staff/enrol/index',
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-walk-in');
      await type(page, 'query', '李青禾');
      await inTurn(page, '#search', '.person');
    },
  },
  {
    name: 'staff-board',
    state: FRESH,
    page: 'staff/enrol/index',
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-board');
      await page.locator('.board__row').first().waitFor();
    },
  },
  {
    ...staffPage('staff-offline'),
    async play(page, fake) {
      await asStaff(page);
      await page.locator('#start').click();
      await page.getByText(/离线名单 \d/).waitFor();
      fake.isCutOff = true;
      await type(page, 'scanned', '2019310412');
      await page.locator('[data-field="scanned"] input').press('Enter');
      await page.locator('#verdict-recorded').waitFor();
    },
  },
  {
    ...staffPage('staff-offline-bar'),
    async play(page, fake) {
      await asStaff(page);
      await page.locator('#start').click();
      await page.getByText(/离线名单 \d/).waitFor();
      fake.isCutOff = true;
      await type(page, 'scanned', '2019310412');
      await page.locator('[data-field="scanned"] input').press('Enter');
      await inTurn(page, '#next-scan');
      await page.locator('#offline').waitFor();
    },
  },
  {
    ...staffPage('staff-set-aside'),
    async play(page, fake) {
      await asStaff(page);
      await page.locator('#start').click();
      await page.getByText(/离线名单 \d/).waitFor();
      fake.isCutOff = true;
      await type(page, 'scanned', '2019310412');
      await page.locator('[data-field="scanned"] input').press('Enter');
      await inTurn(page, '#next-scan');
      fake.troubles.set('POST /api/onsite/offline-scans', [new Refuse('BAD_REQUEST')]);
      fake.isCutOff = false;
      await inTurn(page, '#set-aside');
      await page.locator('.sheet__panel').waitFor();
    },
  },
  {
    ...staffPage('staff-camera'),
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#toggle-camera');
      await page.locator('.aim').waitFor();
      await page.waitForTimeout(600);
    },
  },
  {
    ...staffPage('staff-pay-code'),
    state: { ...ready, booking: hold },
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-walk-in');
      await type(page, 'query', '李青禾');
      await inTurn(page, '#search', '.person', '#evidence-id_card', '#payment-by_phone', '#walk-in');
      await page.locator('.pay-code canvas').waitFor();
    },
  },
  {
    ...staffPage('staff-new-student'),
    full: true,
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-walk-in');
      await type(page, 'query', '无此人');
      await inTurn(page, '#search', '#not-listed');
    },
  },
  {
    ...staffPage('staff-correct'),
    full: true,
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-correct');
      await type(page, 'query', '李青禾');
      await inTurn(page, '#search', '.person', '#field-className');
      await type(page, 'value', '计科 2019-1 班');
      await inTurn(page, '#reason-1');
    },
  },
  {
    ...staffPage('staff-correct-document'),
    async play(page) {
      await asStaff(page);
      await inTurn(page, '#start', '#to-correct');
      await type(page, 'query', '李青禾');
      await inTurn(page, '#search', '.person', '#field-documentNumber');
      await type(page, 'value', '53010220010101002X');
      await inTurn(page, '#reason-0', '#correct');
    },
  },
  staffPage('staff-display', '#to-queue', '#to-display'),
  {
    name: 'pay-for',
    state: FRESH,
    page: 'pages/pay-for/index?scene=Tb4nQ8yXw2Lk7Rf3Vh9Zc5Gm1Ps6Jd0A',
  },
];

const option = (name: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const textScale = option('text');

async function main(): Promise<void> {
  const only = option('only') ?? '';
  const width = Number(option('width') ?? PHONE.viewport.width);
  const folder = path.resolve(option('to') ?? 'docs/screens');
  mkdirSync(folder, { recursive: true });
  const fake = new FakeApi();
  const site = await serveFakeSite(fake, path.resolve('dist/h5'));
  // A code that says nothing: the camera's picture stays.
  const browser = await launchBrowser({ cameraFilm: cameraFilmOf('') });
  try {
    for (const shot of SHOTS.filter(({ name }) => only.split(',').some((part) => name.includes(part)))) {
      const context = await browser.newContext({
        ...PHONE,
        viewport: { ...PHONE.viewport, width },
        colorScheme: process.argv.includes('--dark') ? 'dark' : 'light',
      });
      if (process.argv.includes('--long')) await lengthenNames(context);
      await takeShot(context, shot, fake, site.origin, folder);
      await context.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Names as long as rosters have them. */
const LONG_NAMES: readonly [RegExp, string][] = [
  [/李青禾/g, '阿卜杜拉·买买提江·吐尔逊'],
  [/李\*禾/g, '阿***********逊'],
  [/计算机科学与技术/g, '数据科学与大数据技术（智能计算与信息处理方向、中外合作办学）'],
  [/大数据学院/g, '国际联合大数据与人工智能工程学院'],
  [/计科 2019-2 班/g, '数据科学与大数据技术（中外合作办学）2019-2 班'],
];

async function lengthenNames(context: BrowserContext): Promise<void> {
  await context.route('**/api/**', async (route) => {
    const response = await route.fetch().catch(() => null);
    if (!response) return route.abort();
    let body = await response.text();
    for (const [short, long] of LONG_NAMES) body = body.replace(short, long);
    await route.fulfill({ response, body });
  });
}

async function takeShot(
  context: BrowserContext,
  shot: Shot,
  fake: FakeApi,
  origin: string,
  folder: string,
): Promise<void> {
  fake.state = shot.state;
  fake.troubles.clear();
  fake.isCutOff = false;
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  // A signed-in phone: without WeChat and without a sandbox the browser could not sign in.
  await page.addInitScript("localStorage.setItem('session.student', JSON.stringify('student-token'))");
  page.on('pageerror', (error) => console.error(`${shot.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`${shot.name}: ${message.text()}`);
  });
  await page.goto(`${origin}/#/${shot.page}`);
  await page.locator('.screen').first().waitFor();
  await page.locator('.skeleton').waitFor({ state: 'detached' });
  if (textScale) await page.addStyleTag({ content: `.screen { --text-scale: ${textScale} !important; }` });
  await shot.play?.(page, fake);
  await page.waitForTimeout(350);
  if (shot.full) await growToContent(page);
  await page.screenshot({ path: path.join(folder, `${shot.name}.png`) });
  console.log(shot.name);
}

/** Taro scrolls inside the page, so the window has to grow. */
async function growToContent(page: Page): Promise<void> {
  const { width } = page.viewportSize() ?? PHONE.viewport;
  const height = await page
    .locator('.screen')
    .last()
    .evaluate((screen) => screen.scrollHeight);
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(200);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
