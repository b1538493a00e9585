import { forgetCampaign } from '../../server/modules/campaigns/find-campaign';
import { createMerchant } from '../../server/modules/campaigns/merchants';
import { Campaigns } from '../../server/modules/campaigns/model';
import { onePaymentWorld } from '../support/one-payment-world';
import type { PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

const MINUTE = 60_000;

let w: PaymentWorld;
let session: string;

onePaymentWorld((opened, sessionId) => {
  w = opened;
  session = sessionId;
});

const paying = () => w.paying(session);

const silence = (orderNo: string) =>
  w.fault({ service: 'callback', operation: 'transaction', kind: 'drop', match: { outTradeNo: orderNo } });

const stateThere = async (orderNo: string) => {
  const { items } = await w.control<{ items: { outTradeNo: string; state: string }[] }>(
    'GET',
    '/books/orders?limit=10000',
  );
  return items.filter((order) => order.outTradeNo === orderNo).map(({ state }) => state);
};

it('goes on under the same number, however often it is begun, also at once', async () => {
  const { payer, id, parameters } = await paying();
  const again = await Promise.all([payer.begin(id), payer.begin(id)]);
  expect(again.map((one) => one?.package)).toEqual([parameters?.package, parameters?.package]);
  expect(await payer.cashier(parameters, { outcome: 'cancel' })).toBe('requestPayment:fail cancel');
  expect((await payer.begin(id))?.package).toBe(parameters?.package);
});

it('answers with the booking and its order as they are: begun for the first time, and gone on with', async () => {
  const payer = await w.payer(session);
  const { id } = await payer.hold();
  for (const turn of ['begun', 'gone on with']) {
    const { booking } = await payer.api.call('POST /api/me/bookings/:id/pay', { params: { id } });
    const order = { orderNo: await w.lastOrderNo(), status: 'to_pay' };
    expect({ turn, ...booking }).toMatchObject({ turn, place: 'held', payment: 'unpaid', order });
    expect(booking).toEqual(await payer.api.call('GET /api/me/bookings/:id', { params: { id } }));
  }
});

it('takes the phone’s word as a hint: WeChat is asked, and the place is kept without a callback', async () => {
  const { payer, id, parameters, orderNo } = await paying();
  expect((await payer.check(id)).place).toBe('held');
  await silence(orderNo);
  await payer.cashier(parameters);
  expect(await payer.check(id)).toMatchObject({ place: 'booked', payment: 'paid' });
});

it('asks by itself after 30 seconds when neither the phone nor WeChat says anything', async () => {
  const { parameters, payer, orderNo } = await paying();
  await silence(orderNo);
  await payer.cashier(parameters);
  await w.advance(29_000);
  expect(await w.truth(orderNo)).toMatchObject({ order: 'prepaid', place: 'held' });
  await w.advance(2_000);
  expect(await w.truth(orderNo)).toMatchObject({ order: 'paid', place: 'booked' });
});

it('is asked about again 1, 3 and 5 minutes later, as long as nobody pays', async () => {
  const { orderNo } = await paying();
  const counter = { service: 'pay', operation: 'query', kind: 'slow', delayMs: 0 };
  await w.control('POST', '/faults', { ...counter, match: { outTradeNo: orderNo } });
  const asked = async () => {
    await w.settle();
    const [counting] = await w.control<{ hits: number }[]>('GET', '/faults');
    return counting?.hits;
  };
  for (const [times, seconds] of [30, 60, 180, 300].entries()) {
    await w.advance((seconds - 10) * 1000);
    expect(await asked()).toBe(times);
    await w.advance(15_000);
    expect(await asked()).toBe(times + 1);
  }
  expect(await w.truth(orderNo)).toMatchObject({ order: 'prepaid', place: 'held' });
});

it('is not given up while WeChat does not answer: the student is told to try again, and the place stays', async () => {
  const { payer, id, orderNo } = await paying();
  const cancel = () => payer.api.call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });
  // As often as the client asks again by itself, and more.
  await w.fault({ service: 'pay', operation: 'close', kind: 'http-500', times: 9 });
  await w.fault({ service: 'pay', operation: 'query', kind: 'http-500', times: 9 });
  await expect(cancel()).rejects.toMatchObject({ status: 502, code: 'UPSTREAM_UNAVAILABLE' });
  expect(await w.truth(orderNo)).toMatchObject({ order: 'prepaid', place: 'held' });
  await w.control('DELETE', '/faults');
  expect((await cancel()).place).toBe('cancelled');
  expect(await stateThere(orderNo)).toEqual(['CLOSED']);
});

it('is closed at WeChat too when the hold ends, since time_expire alone leaves it open there', async () => {
  const { orderNo, payer, parameters } = await paying();
  await w.advance(14 * MINUTE);
  expect(await stateThere(orderNo)).toEqual(['NOTPAY']);
  await w.advance(2 * MINUTE);
  expect(await w.truth(orderNo)).toMatchObject({ order: 'closed', place: 'released' });
  expect(await stateThere(orderNo)).toEqual(['CLOSED']);
  expect(await payer.cashier(parameters)).toMatch(/requestPayment:fail/);
});

it('costs nothing: booked at once, and there is no order at all', async () => {
  const { feeItems } = await w.office.call('GET /api/console/campaigns/:id', {
    params: { id: w.campaignId },
  });
  const price = async (items: unknown[]) => {
    await Campaigns.updateOne({ _id: w.campaignId }, { $set: { feeItems: items } });
    forgetCampaign(w.campaignId);
  };
  const before = await w.lastOrderNo();
  await price([]);
  const payer = await w.payer(session);
  const booking = await payer.hold();
  expect(booking).toMatchObject({ place: 'booked', payment: 'waived', amountFen: 0, order: null });
  await expect(payer.begin(booking.id)).rejects.toMatchObject({ code: 'NOTHING_TO_PAY' });
  expect(await w.lastOrderNo()).toBe(before);
  await price(feeItems);
});

it('of one merchant is no business of another: keys and addresses do not mix', async () => {
  const [, second] = w.sandbox.credentials.merchants;
  if (!second) throw new Error('the sandbox has one merchant only');
  await createMerchant(w.world, 'test', {
    schoolId: '1'.repeat(24),
    mchid: second.mchid,
    name: second.name,
    appid: second.appid,
    serialNo: second.serialNo,
    apiV3Key: second.apiV3Key,
    certificatePem: second.certificate,
    privateKeyPem: second.privateKey,
    verificationKeys: [{ serial: second.platform.publicKeyId, pem: second.platform.publicKey }],
  });
  const from = w.postman.letters.length;
  const { payer, parameters, orderNo } = await paying();
  await payer.cashier(parameters);
  await w.called(orderNo);
  const once = await w.truth(orderNo);
  const letter = w.postman.letters[from];
  if (!letter) throw new Error('no callback came');
  const astray = { ...letter, path: `/callbacks/wechat-pay/${second.mchid}/payment` };
  expect(await w.postman.deliver(astray)).toMatchObject({ status: 401 });
  expect(await w.truth(orderNo)).toEqual(once);
});
