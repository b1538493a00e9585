import type { Browser, Page } from 'playwright-core';
import { signBookingToken } from '../../shared/domain/booking-token';
import { phoneKeyPair } from '../../shared/domain/ed25519';
import { sealSnapshot } from '../../shared/domain/sealed-snapshot';
import type { SnapshotBooking } from '../../shared/domain/snapshot';
import { launchBrowser, PATIENCE_MS, PHONE } from '../support/browser';
import { FakeApi } from '../support/fake-api';
import { CAMPAIGN_ID } from '../support/fake-api/campaign';
import { type FakeSite, serveFakeSite } from '../support/fake-api/serve';
import { STAFF_TOKEN } from '../support/fake-api/staff-handlers';
import { H5, see, seeText, tap, type } from './phone';

jest.setTimeout(120_000);

const STUDENTS = 6_000;
/** A phone of some years ago, as Chromium's own tools play it. */
const SLOWER = 4;
const DAY = '2022-11-19';
const KEYS = phoneKeyPair(new Uint8Array(32).fill(9));
const idOf = (number: number) => number.toString(16).padStart(24, 'b');

let site: FakeSite;
let browser: Browser;
const fake = new FakeApi();

beforeAll(async () => {
  fake.sealedList = sealSnapshot(
    {
      campaignId: CAMPAIGN_ID,
      takenAt: new Date(`${DAY}T09:05:00+08:00`),
      expiresAt: new Date(`${DAY}T21:05:00+08:00`),
      publicKeys: { 1: KEYS.publicKey },
      collectionDays: [DAY],
      collectionClosed: false,
      lineUpLeadMinutes: 15,
      sessions: [
        {
          day: DAY,
          room: 'C区202',
          startsAt: new Date(`${DAY}T09:10:00+08:00`),
          endsAt: new Date(`${DAY}T09:30:00+08:00`),
        },
      ],
      bookings: Array.from({ length: STUDENTS }, (_, number) => bookingOf(number)),
    },
    STAFF_TOKEN,
    new Uint8Array(24).fill(3),
  );
  site = await serveFakeSite(fake, H5);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const bookingOf = (number: number): SnapshotBooking => ({
  bookingId: idOf(number),
  studentNo: String(2019300000 + number),
  name: '李**',
  className: `计科 2019-${number % 170} 班`,
  session: 0,
  place: 'booked',
  payment: 'paid',
  attendance: 'expected',
  seeOriginal: false,
  refunded: false,
  arrival: null,
});

const codeOf = (number: number) =>
  signBookingToken(
    { kind: 'static', keyId: 1, campaignId: CAMPAIGN_ID, bookingId: idOf(number), day: DAY },
    KEYS.sign,
  );

/** From the Enter of the scanner to the verdict on the screen. */
async function millisecondsOf(page: Page, code: string): Promise<number> {
  await type(page, 'scanned', code);
  const measured = page.evaluate<number>(`new Promise((resolve) => {
    let begun = 0;
    addEventListener('keydown', (event) => { if (event.key === 'Enter') begun = performance.now(); }, { once: true, capture: true });
    new MutationObserver((_, observer) => {
      if (!begun || !document.querySelector('.verdict')) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - begun));
    }).observe(document.body, { childList: true, subtree: true });
  })`);
  await page.locator('[data-field="scanned"]:visible input').press('Enter');
  return measured;
}

it('judges a code of one of 6,000 students without network, on a slow phone', async () => {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${site.origin}/#/staff/enrol/index`);
  await type(page, 'code', 'DEMO2022');
  await tap(page, '#enrol');
  await tap(page, '#room-0');
  await tap(page, '#start');
  await seeText(page, /离线名单 \d+ 人/);
  fake.isCutOff = true;
  await page.reload();
  await see(page, '#offline');
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER });

  const times: number[] = [];
  for (let number = 0; number < 12; number += 1) {
    times.push(await millisecondsOf(page, codeOf(number * 499)));
    await see(page, '#verdict-recorded');
    await tap(page, '#next-scan');
  }
  const [first = 0, ...others] = times.map(Math.round);
  others.sort((a, b) => a - b);
  console.log(
    `离线判定（${STUDENTS} 人名单，CPU 慢 ${SLOWER} 倍）：第一次 ${first} ms，之后中位 ${others[5]} ms，最慢 ${others.at(-1)} ms；` +
      `名单 ${Math.round((fake.sealedList ?? '').length / 1000)} KB`,
  );
});
