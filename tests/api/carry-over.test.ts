import type { BillDayView, DifferenceView } from '../../shared/contract/reconciliation';
import { addDays, shanghaiDay } from '../../shared/domain/time';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

/** 跨日: WeChat books a payment of 23:58 after midnight. Its day is closed before the next day's bill is there. */

let w: PaymentWorld;
let first: string;
let session: string;

const [maker, checker] = [() => w.finance[0], () => w.finance[1]];
const next = (days = 1) => addDays(first, days);
const clock = (day: string, time: string) => w.control('POST', '/clock', { now: `${day}T${time}+08:00` });

beforeAll(async () => {
  w = await openPaymentWorld();
  first = shanghaiDay(w.world.clock.now());
  session = await w.session();
});
afterAll(() => w?.close());

async function sell(): Promise<string> {
  const payer = await w.payer(session);
  const { id } = await payer.hold();
  const parameters = await payer.begin(id);
  const orderNo = await w.lastOrderNo();
  await payer.cashier(parameters);
  await w.called(orderNo);
  return orderNo;
}

const rebook = (orderNo: string, at: string) =>
  w.control('POST', `/books/entries/${w.merchant.mchid}/${orderNo}/rebook`, { at });
const fetchDay = (day: string): Promise<BillDayView> =>
  maker().call('POST /api/console/merchants/:merchantId/days/:day/fetch', {
    params: { merchantId: w.merchantId, day },
  });
const dayOf = async (day: string): Promise<BillDayView> => {
  const { days } = await maker().call('GET /api/console/merchants/:merchantId/days', {
    params: { merchantId: w.merchantId },
    query: { from: day, to: day },
  });
  if (!days[0]) throw new Error(`no day ${day}`);
  return days[0];
};
const differencesOf = async (day: string): Promise<DifferenceView[]> =>
  (
    await maker().call('GET /api/console/merchants/:merchantId/days/:day/differences', {
      params: { merchantId: w.merchantId, day },
    })
  ).differences;
async function closeDay(day: string): Promise<BillDayView> {
  const params = { merchantId: w.merchantId, day };
  const { version } = await maker().call('POST /api/console/merchants/:merchantId/days/:day/sign-off', {
    params,
    body: { kind: 'close', version: (await dayOf(day)).version },
  });
  return checker().call('POST /api/console/merchants/:merchantId/days/:day/sign-off/decide', {
    params,
    body: { version, decision: 'approve' },
  });
}

let late: string;
let lost: string;

it('is in doubt on its day, explains itself and keeps nobody from closing the day', async () => {
  await sell();
  await clock(first, '23:57:00');
  late = await sell();
  lost = await sell();
  await rebook(late, `${next()}T00:00:04+08:00`);
  // And one that will not turn up on the next day either.
  await w.control('DELETE', `/books/entries/${w.merchant.mchid}/${lost}`);
  await clock(next(), '10:30:00');
  expect(await fetchDay(first)).toMatchObject({
    state: 'differences',
    differences: 2,
    unexplainedFen: 0,
    inDoubt: { count: 2, fen: 6000 },
    carried: 0,
  });
  const found = await differencesOf(first);
  expect(found.map(({ type, orderNo }) => [type, orderNo]).sort()).toEqual(
    [
      ['cross_day', late],
      ['cross_day', lost],
    ].sort(),
  );
});

it('cannot be repaired by anybody: it waits', async () => {
  const [waiting] = await differencesOf(first);
  if (!waiting) throw new Error('nothing waits');
  await expect(
    maker().call('POST /api/console/differences/:id/propose', {
      params: { id: waiting.id },
      body: { version: waiting.version, repair: 'suspend', note: '先挂着' },
    }),
  ).rejects.toMatchObject({ code: 'REPAIR_NOT_POSSIBLE' });
});

it('is carried over by the closing of its day', async () => {
  expect(await closeDay(first)).toMatchObject({
    state: 'closed',
    unexplainedFen: 0,
    carried: 2,
    inDoubt: { count: 2, fen: 6000 },
  });
  for (const { status } of await differencesOf(first)) expect(status).toBe('carried');
});

it('clears itself with the next day’s bill, through the closed day, which stays closed', async () => {
  await clock(next(2), '10:30:00');
  const closedBefore = (await dayOf(first)).closed;
  expect(await fetchDay(next())).toMatchObject({ state: 'matched', differences: 0 });
  const cleared = (await differencesOf(first)).find(({ orderNo }) => orderNo === late);
  expect(cleared).toMatchObject({
    status: 'settled',
    resolution: { repair: null, by: null, result: '相邻一天的账单里有了对方，自动销账' },
  });
  expect(await dayOf(first)).toMatchObject({ state: 'closed', closed: closedBefore });
});

it('that did not turn up is a shortage of the closed day, for two people to decide on', async () => {
  const [missing] = (await differencesOf(first)).filter(({ orderNo }) => orderNo === lost);
  expect(missing).toMatchObject({ type: 'shortage', status: 'open', oursFen: 3000 });
  expect(await dayOf(first)).toMatchObject({ state: 'closed', unexplainedFen: 3000, carried: 0 });
  if (!missing) throw new Error('it is gone');
  const params = { id: missing.id };
  const proposed = await maker().call('POST /api/console/differences/:id/propose', {
    params,
    body: { version: missing.version, repair: 'reverse', note: '微信查无此款' },
  });
  const settled = await checker().call('POST /api/console/differences/:id/decide', {
    params,
    body: { version: proposed.version, decision: 'approve' },
  });
  expect(settled).toMatchObject({ status: 'settled', resolution: { repair: 'reverse' } });
  expect(await dayOf(first)).toMatchObject({ state: 'closed', unexplainedFen: 0 });
});

it('without a day in between that is closed is the same', async () => {
  const third = next(2);
  await clock(third, '23:58:30');
  const again = await sell();
  await rebook(again, `${next(3)}T00:00:01+08:00`);
  await clock(next(4), '10:30:00');
  expect(await fetchDay(third)).toMatchObject({ inDoubt: { count: 1, fen: 3000 } });
  await fetchDay(next(3));
  expect(await dayOf(third)).toMatchObject({ state: 'matched', differences: 0 });
  expect(await differencesOf(third)).toMatchObject([{ orderNo: again, status: 'settled' }]);
});
