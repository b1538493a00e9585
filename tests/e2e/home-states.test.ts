import type { Browser, Page } from 'playwright-core';
import { createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { launchBrowser } from '../support/browser';
import { bookedStudent, nonce, nowOf, staffPhone, studentPhone } from '../support/site';
import { eventually, startTestStack } from '../support/stack';
import { H5, openPhone, programOf, readyToBook, see, seeText, studentOf, tap, type } from './phone';

jest.setTimeout(300_000);

let stack: Stack;
let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  stack = await startTestStack({ env: { STATIC_H5: H5 } });
  demo = await seedDemo(stack, 12);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** The state card that a phone shows on opening, and its words; each visit opens the app anew. */
async function opened(index: number, card: string, words: string | RegExp): Promise<Page> {
  const page = await openPhone(browser, stack, demo, index);
  await see(page, `#state-${card}`);
  await seeText(page, words);
  return page;
}
const visit = async (index: number, card: string, words: string | RegExp) =>
  (await opened(index, card, words)).close();

it('answers “what do I do now?” from before the opening to the fortieth day, each time the app is opened', async () => {
  // Before the opening: when it opens, and the timetable without any login.
  const early = await opened(0, 'not_open', '11月15日 8:00 开放预约');
  await tap(early, '#next-step');
  await type(early, 'major', studentOf(demo, 0).major.slice(0, 2));
  await seeText(early, /找到 \d+ 个时段/);
  await early.close();

  await stack.sandbox.setClock(phase('open'));
  await visit(0, 'verify', '第一次登录');

  const onSite = await studentPhone(stack, demo, 1);
  await onSite.api.call('POST /api/me/verification/on-site', {
    body: { campaignId: demo.campaign.id, reason: 'lost_id' },
  });
  await visit(1, 'on_site', '到现场办理即可');

  const foreign = await studentPhone(stack, demo, 2);
  await foreign.consent();
  const { photoId } = await foreign.api.upload(
    'POST /api/me/evidence-photos',
    {},
    await stack.sandbox.idPhoto(foreign.person.id, 'back'),
  );
  await foreign.api.call('POST /api/me/verification/manual', {
    body: {
      campaignId: demo.campaign.id,
      name: 'MARIA SILVA',
      documentType: 'passport',
      documentNumber: 'E12345678',
      photoIds: [photoId],
    },
  });
  await visit(2, 'manual_review', '证件正在人工核对');
  await refuseDocument('号码反光看不清');
  const refused = await opened(2, 'verify', '教务处答复：号码反光看不清');
  await tap(refused, '#next-step');
  await tap(refused, '#document-again');
  await see(refused, '#send-document');
  await seeText(refused, '号码反光看不清');
  await refused.close();

  const verified = programOf(stack, demo, 3);
  await verified.login();
  await verified.consent();
  await verified.verify();
  await visit(3, 'confirm', '请核对学籍信息');

  // Somebody else's WeChat with the same person's papers.
  const second = programOf(stack, demo, 4);
  await second.login();
  await second.consent();
  const { person } = verified;
  await second.verify({
    name: person.name,
    documentNumber: person.idNumber,
    bankCard: person.bankCard,
    phone: person.phone,
  });
  await visit(4, 'taken', '已绑定另一个微信');

  const ready = await readyToBook(stack, demo, 5);
  await visit(5, 'book', '选择采集时段');
  const held = await ready.hold();
  await visit(5, 'pay', '名额已占好');

  // The callback is lost and the phone dead: when the time is over, the money is looked for before the place is given up.
  const { payment } = await ready.api.call('POST /api/me/bookings/:id/pay', { params: { id: held.id } });
  if (!payment) throw new Error('nothing to hand to the cashier');
  await stack.sandbox.cashier({ ...payment, openid: ready.person.openid, outcome: 'pay' });
  await visit(5, 'booked', '预约成功');

  const [absent, present] = [await bookedStudent(stack, demo, 6), await bookedStudent(stack, demo, 7)];
  await visit(7, 'booked', '点击放大');

  await stack.sandbox.setClock(phase('day'));
  await visit(8, 'booking_over', '网上预约已经结束');
  const desk = await staffPhone(stack, demo);
  await desk.call('POST /api/onsite/redeem', {
    body: {
      nonce: nonce(),
      room: present.session.room,
      scannedAt: await nowOf(present.phone),
      by: { kind: 'code', text: present.code },
      admitAnyway: true,
    },
  });
  await visit(7, 'arrived', '拍摄序号');
  await desk.call('POST /api/onsite/bookings/:id/shot', {
    params: { id: present.bookingId },
    body: { nonce: nonce() },
  });
  await visit(7, 'shot', '拍摄完成');

  await stack.sandbox.setClock(phase('closing'));
  await refundNoShows();
  await eventually('the refund of the no-show', async () => {
    const { booking } = await absent.phone.home();
    return booking?.order?.refunds[0]?.status === 'arrived' ? true : null;
  });
  await visit(6, 'not_collected', '已退回原支付账户');

  await stack.sandbox.setClock(phase('later'));
  const later = await opened(7, 'check_photo', '请到学信网核对照片');
  await tap(later, '#next-step');
  await seeText(later, '复制学信网网址');
  await later.close();
});

/** The office looks at the one document that waits, and sends it back. */
async function refuseDocument(reason: string): Promise<void> {
  const params = { id: demo.campaign.id };
  const { reviews } = await demo.office.call('GET /api/console/campaigns/:id/reviews', { params });
  const [review] = reviews;
  if (!review) throw new Error('no document waits for a review');
  const { accountId, version } = review;
  await demo.office.call('POST /api/console/campaigns/:id/reviews/:accountId/decide', {
    params: { ...params, accountId },
    body: { decision: 'reject', version, nonce: nonce(), reason },
  });
}

/** The office closes the collection; finance refunds with two people. */
async function refundNoShows(): Promise<void> {
  const params = { id: demo.campaign.id };
  const { version } = await demo.office.call('GET /api/console/campaigns/:id', { params });
  await demo.office.call('POST /api/console/campaigns/:id/close-collection', { params, body: { version } });
  const [maker, checker] = [await signedIn('finance1'), await signedIn('finance2')];
  const batch = await maker.call('POST /api/console/campaigns/:id/refund-batches', { params, body: {} });
  await checker.call('POST /api/console/refund-batches/:id/decide', {
    params: { id: batch.id },
    body: { version: batch.version, decision: 'approve' },
  });
}

async function signedIn(login: string) {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, DEMO_PASSWORD);
  return client;
}
