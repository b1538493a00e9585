import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { bookedStudent, nonce, staffPhone } from '../support/site';
import { startTestStack } from '../support/stack';
import { confirm, open, press, sees, signInAt, tab } from './desk';

jest.setTimeout(180_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;
let office: Page;

/** Two phones let one student in without network; a third one has not been heard of since it took its list. */
beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_CONSOLE: path.resolve(__dirname, '../../dist/console') } });
  demo = await seedDemo(stack, 10);
  await stack.sandbox.setClock(phase('open'));
  const student = await bookedStudent(stack, demo, 0);
  await stack.sandbox.setClock(phase('day'));
  const sentAt = (await stack.sandbox.now()).toISOString();
  for (const label of ['一号机', '二号机']) {
    const phone = await staffPhone(stack, demo, { label });
    const scan = {
      kind: 'scan' as const,
      nonce: nonce(),
      room: student.session.room,
      scannedAt: sentAt,
      text: student.code,
      originalSeen: false,
      shown: 'ok',
    };
    await phone.call('POST /api/onsite/offline-scans', { body: { sentAt, pending: 0, scans: [scan] } });
    await phone.call('POST /api/onsite/bookings/:id/shot', {
      params: { id: student.bookingId },
      body: { nonce: nonce() },
    });
  }
  await (await staffPhone(stack, demo, { label: '没电的手机' })).call('GET /api/onsite/snapshot');
  browser = await launchBrowser();
  office = await signInAt(browser, firstApi(stack), 'office');
  await open(office, '现场');
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it('lists the student whom two phones let in, with both', async () => {
  await tab(office, '离线记录');
  await sees(office, '两台手机');
  await sees(office, /一号机/);
});

it('waits for a phone until the office says not to', async () => {
  await tab(office, '现场手机');
  await sees(office, '等它联网报到');
  await press(office, '不再等 没电的手机');
  await office.getByRole('dialog').getByText('手机损坏').click();
  await confirm(office, '不再等');
  await office.getByText('等它联网报到').waitFor({ state: 'hidden' });
});

it('gives the photographer’s list as a file, and says which portraits did not come back', async () => {
  await tab(office, '拍摄名单');
  const [file] = await Promise.all([
    office.waitForEvent('download'),
    office.getByRole('button', { name: '下载 Excel' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/拍摄名单\.xlsx$/);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'portraits-'));
  writeFileSync(path.join(folder, '陌生人.jpg'), 'not looked at');
  await office.getByTestId('portrait-folder').setInputFiles(folder);
  await sees(office, /已拍 1 人，对上 0 人/);
  await sees(office, '缺 1 人');
  await sees(office, '多 1 个文件');
  rmSync(folder, { recursive: true });
});
