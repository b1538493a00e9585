import type { Browser, Page } from 'playwright-core';
import { launchBrowser, PATIENCE_MS, PHONE } from '../support/browser';
import { cameraFilmOf } from '../support/camera-film';
import { FakeApi } from '../support/fake-api';
import { codeAt } from '../support/fake-api/people';
import { type FakeSite, serveFakeSite } from '../support/fake-api/serve';
import { H5, see, tap, type } from './phone';

jest.setTimeout(120_000);

let site: FakeSite;
let browser: Browser;
let page: Page;
const fake = new FakeApi();
/** As large as a booking's code is. */
const CODE = codeAt(fake.state.now).fixed;

beforeAll(async () => {
  site = await serveFakeSite(fake, H5);
  browser = await launchBrowser({ cameraFilm: cameraFilmOf(CODE) });
  page = await browser.newPage(PHONE);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${site.origin}/#/staff/enrol/index`);
  await type(page, 'code', 'DEMO2022');
  await tap(page, '#enrol');
  await tap(page, '#room-0');
  await tap(page, '#start');
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it("reads a student's code off the camera, once while it stays in view", async () => {
  const asked: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/onsite/redeem')) asked.push(request.postDataJSON());
  });
  await tap(page, '#toggle-camera');
  await see(page, '.aim');
  await see(page, '#verdict-ok');
  expect(asked).toMatchObject([{ by: { kind: 'code', text: CODE } }]);
  await tap(page, '#next-scan');
  await page.locator('.verdict').waitFor({ state: 'hidden' });
  expect(asked).toHaveLength(1);
});

it('lets the camera go when it is switched off', async () => {
  const cameras = () => page.evaluate<number>("document.querySelectorAll('video').length");
  expect(await cameras()).toBe(1);
  await tap(page, '#toggle-camera');
  await page.locator('.aim').waitFor({ state: 'hidden' });
  expect(await cameras()).toBe(0);
});
