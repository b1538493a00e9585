import type { Browser } from 'playwright-core';
import { DEMO_CAMPAIGN, noticeTableText } from '../../server/demo/notice-2023';
import { demoRosterCsv } from '../../server/demo/roster';
import { type Demo, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { startTestStack } from '../support/stack';
import { H5, openPhone, readyToBook, see, seeText, studentOf, tap } from './phone';

jest.setTimeout(180_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 8);
  await onePlaceFor(0);
  await stack.sandbox.setClock(phase('open'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Everybody may choose any session, and the one of this student's group has a single place. */
async function onePlaceFor(index: number): Promise<void> {
  const { campaign, merchantId, office, students } = demo;
  const params = { id: campaign.id };
  const { version } = await office.call('GET /api/console/campaigns/:id', { params });
  const rules = { ...DEMO_CAMPAIGN.rules, allowOtherSessions: true };
  await office.call('PUT /api/console/campaigns/:id', {
    params,
    body: { version, draft: { ...DEMO_CAMPAIGN, merchantId, rules } },
  });
  const text = noticeTableText()
    .split('\n')
    .map((row) => {
      const cells = row.split('\t');
      return cells[0] === studentOf(demo, index).major ? [cells[0], '1', ...cells.slice(2)].join('\t') : row;
    })
    .join('\n');
  await office.call('POST /api/console/campaigns/:id/timetable', { params, body: { text } });
  await office.call('POST /api/console/campaigns/:id/roster', {
    params,
    body: { csv: demoRosterCsv(students) },
  });
}

it('says at once when the last place goes to somebody else, and shows it as full', async () => {
  await readyToBook(stack, demo, 0);
  const quicker = await readyToBook(stack, demo, 1);
  const page = await openPhone(browser, stack, demo, 0, '#/pages/sessions/index');
  await seeText(page, '仅余 1');
  await page.getByText('仅余 1').first().click();
  const own = await quicker.api.call('GET /api/me/sessions', { query: { campaignId: demo.campaign.id } });
  const last = own.sessions.find(({ left, closedBecause }) => left === 1 && closedBecause === null);
  await quicker.hold(last?.id);
  await tap(page, '#take-session');
  await seeText(page, '刚刚约满');
  await seeText(page, '已约满');
});

it('lets nobody be stuck who refuses the consents', async () => {
  const page = await openPhone(browser, stack, demo, 2);
  await tap(page, '#next-step');
  await tap(page, '#refuse');
  await tap(page, '#way-on-site');
  await tap(page, '#on-site-now');
  await see(page, '#state-on_site');
  await tap(page, '#next-step');
  await seeText(page, '三步完成');
});

it('opens the home page for an address that is no more, and each page once for a double tap', async () => {
  const page = await openPhone(browser, stack, demo, 4, '#/pages/poster/index');
  await see(page, '#state-verify');
  await page.locator('#next-step:visible').dblclick();
  await see(page, '#refuse');
  await page.goBack();
  await see(page, '#state-verify');
});

it('moves to another session with the rules said first, and the money where it was', async () => {
  const student = await readyToBook(stack, demo, 3);
  await student.pay((await student.hold()).id);
  const page = await openPhone(browser, stack, demo, 3, '#/pages/orders/index');
  await tap(page, '#reschedule');
  await page.locator('.option:not(.option--closed):visible').first().click();
  await tap(page, '#take-session');
  await seeText(page, '不收费，已付的钱不动');
  await tap(page, '#move-now');
  await see(page, '#state-booked');
  const { booking } = await student.home();
  expect(booking).toMatchObject({ place: 'booked', payment: 'paid' });
});
