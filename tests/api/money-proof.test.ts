import { MoneyProofs } from '../../server/modules/money-proof/model';
import { wantDueProofs } from '../../server/modules/money-proof/want-proof';
import { Orders } from '../../server/modules/payments/model';
import type { MoneyPlaceView } from '../../shared/contract/money-proof';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';
import { FIRST, layReportScene, type ReportScene } from '../support/report-scene';
import { twoPeople } from '../support/two-people';

jest.setTimeout(120_000);

let w: PaymentWorld;
let scene: ReportScene;

beforeAll(async () => {
  w = await openPaymentWorld();
  scene = await layReportScene(w);
});
afterAll(() => w?.close());

const shown = async () => (await w.finance[0].call('GET /api/console/money-proof')).proof;

/** Asks for a proof and waits until it is there. */
async function proved() {
  await w.advance(1_000);
  await w.finance[0].call('POST /api/console/money-proof');
  await w.settle();
  const proof = await shown();
  if (!proof) throw new Error('nothing was proved');
  return proof;
}

const ordersAt = ({ place, campaignId, code }: MoneyPlaceView) =>
  w.auditor.call('GET /api/console/money-proof/orders', { query: { place, campaignId, code } });

it('says that nothing was proved yet', async () => {
  expect(await w.auditor.call('GET /api/console/money-proof')).toEqual({
    isRunning: false,
    trouble: null,
    proof: null,
  });
});

it('tells where every fen is that WeChat ever took, with when and by whom', async () => {
  const before = w.world.clock.now();
  const proof = await proved();
  const { items } = await w.control<{ items: { payment: { totalFen: number } | null }[] }>(
    'GET',
    '/books/orders?limit=1000',
  );
  expect(proof.receivedFen).toBe(items.reduce((sum, { payment }) => sum + (payment?.totalFen ?? 0), 0));
  expect(proof).toMatchObject({ by: expect.any(String), inTransitFen: 0, unexplainedFen: 0, problems: [] });
  expect(new Date(proof.begunAt).getTime()).toBeGreaterThan(before.getTime());
  expect(proof.places.map(({ place, item, orders, fen }) => [place, item, orders, fen])).toEqual([
    ['aside', '', 1, 2900],
    ['kept', '拍摄费', 2, 3000],
    ['kept', '上网信息网页制作费', 1, 1500],
    ['refunded', '拍摄费', 1, 1500],
    ['refunded', '上网信息网页制作费', 2, 3000],
  ]);
});

it('leads from each place to its orders, whose parts add up to it, and on to the ledger', async () => {
  const places = (await shown())?.places ?? [];
  for (const place of places) {
    const { lines } = await ordersAt(place);
    expect([place.place, place.code, lines.length]).toEqual([place.place, place.code, place.orders]);
    expect(lines.reduce((sum, { fen }) => sum + fen, 0)).toBe(place.fen);
  }
  const aside = places.find(({ place }) => place === 'aside');
  if (!aside) throw new Error('nothing is aside');
  const { lines } = await ordersAt(aside);
  expect(lines).toMatchObject([{ orderNo: scene.aside, fen: 2900, isAside: true, name: '王*' }]);
  const { ledger } = await w.auditor.call('GET /api/console/orders/:orderNo', {
    params: { orderNo: scene.aside },
  });
  expect(ledger.flatMap((entry) => entry.lines)).toEqual([
    { account: 'channel', fen: 2900 },
    { account: 'suspense', fen: -2900 },
  ]);
});

it('comes in pages that hold each order once', async () => {
  const [kept] = ((await shown())?.places ?? []).filter(({ place }) => place === 'kept');
  if (!kept) throw new Error('nothing is kept');
  const page = (after?: string) =>
    w.auditor.call('GET /api/console/money-proof/orders', {
      query: {
        place: 'kept',
        campaignId: kept.campaignId,
        code: kept.code,
        limit: 1,
        ...(after && { after }),
      },
    });
  const first = await page();
  const second = await page(first.next ?? '');
  expect(second.next).toBeNull();
  expect(new Set([first, second].flatMap(({ lines }) => lines.map(({ orderNo }) => orderNo)))).toEqual(
    new Set([scene.partly, scene.whole]),
  );
});

it('puts a refund that WeChat cannot deliver, and one that it gave up, where they are', async () => {
  const session = await w.session();
  for (const outcome of ['ABNORMAL', 'CLOSED']) {
    const { orderNo } = await w.paid(session);
    await w.fault({ service: 'pay', operation: 'refund', kind: 'refund-outcome', code: outcome });
    await twoPeople(() => w).byTwo(orderNo, { kind: 'refund', reason: '不再拍摄', endsPlace: true });
    await w.advance(2_000);
    await w.called(orderNo, 2);
    await w.settle();
  }
  const { places, receivedFen, unexplainedFen } = await proved();
  const at = (name: string) =>
    places.filter(({ place }) => place === name).map(({ code, fen }) => [code, fen]);
  expect(unexplainedFen).toBe(0);
  expect(at('abnormal')).toEqual([
    ['shooting', 1500],
    ['web_page', 1500],
  ]);
  expect(at('refused')).toEqual(at('abnormal'));
  expect(receivedFen).toBe(places.reduce((sum, { fen }) => sum + fen, 0));
  for (const place of places) {
    const { lines } = await ordersAt(place);
    expect([place.place, lines.reduce((sum, { fen }) => sum + fen, 0)]).toEqual([place.place, place.fen]);
  }
});

it('sets our records of a day beside both bills of it', async () => {
  await w.control('POST', '/clock', { now: '2022-11-17T10:30:00+08:00' });
  const key = 'POST /api/console/merchants/:merchantId/days/:day/fetch';
  await w.finance[0].call(key, { params: { merchantId: w.merchantId, day: FIRST } });
  const { days } = await proved();
  expect(days).toMatchObject([
    {
      merchantId: w.merchantId,
      day: FIRST,
      isClosed: false,
      ours: { payments: 3, paidFen: 8900, refunds: 1, refundedFen: 1500 },
      trade: { payments: 3, paidFen: 8900, refunds: 1, refundedFen: 1500 },
      flowOffFen: 0,
    },
  ]);
});

describe('a fen that nothing explains', () => {
  it('is told with its amount, its order and what is wrong, and alarms; gone once it is right again', async () => {
    const alarms = () => w.errors.filter(({ msg }) => msg === 'money unexplained');
    expect(alarms()).toEqual([]);
    const ledger = (await Orders.findById(scene.whole).lean())?.ledger ?? [];
    await Orders.updateOne({ _id: scene.whole }, { $inc: { 'ledger.0.lines.0.fen': 1 } });
    const proof = await proved();
    expect(proof.unexplainedFen).toBe(2);
    expect(alarms()).toMatchObject([{ school: expect.any(String), fen: 2 }]);
    expect(proof.problems).toEqual([
      { title: '分录借贷不平或无来源', subject: `order ${scene.whole}`, orderNo: scene.whole, fen: 1 },
      { title: '账户余额与订单不符', subject: `order ${scene.whole}`, orderNo: scene.whole, fen: 1 },
    ]);
    await Orders.updateOne({ _id: scene.whole }, { $set: { ledger } });
    expect((await proved()).unexplainedFen).toBe(0);
    expect(alarms()).toHaveLength(1);
  });
});

describe('two who ask at once', () => {
  it('are answered by one proof that began after both', async () => {
    await w.advance(1_000);
    const [a, b] = await Promise.all(w.finance.map((one) => one.call('POST /api/console/money-proof')));
    expect([a?.isRunning, b?.isRunning]).toEqual([true, true]);
    await Promise.all([w.world.effects.sweep(), w.world.effects.sweep()]);
    await w.advance(6_000);
    await w.settle();
    const { isRunning, proof } = await w.auditor.call('GET /api/console/money-proof');
    expect(isRunning).toBe(false);
    const record = await MoneyProofs.findOne().lean();
    expect(new Date(proof?.begunAt ?? 0).getTime()).toBeGreaterThanOrEqual(record?.wantedAt.getTime() ?? 1);
    expect(record).toMatchObject({ busyUntil: null, effects: [] });
  });
});

describe('whoever dies while proving', () => {
  it('keeps others waiting until it is taken for dead, then another proves', async () => {
    const before = await shown();
    const now = w.world.clock.now();
    await MoneyProofs.updateOne({}, { $set: { busyUntil: new Date(now.getTime() + 600_000) } });
    await w.finance[0].call('POST /api/console/money-proof');
    await w.settle();
    expect(await w.auditor.call('GET /api/console/money-proof')).toMatchObject({
      isRunning: true,
      proof: { begunAt: before?.begunAt },
    });
    await w.advance(601_000);
    await w.settle();
    const after = await w.auditor.call('GET /api/console/money-proof');
    expect(after.isRunning).toBe(false);
    expect(after.proof?.begunAt).not.toBe(before?.begunAt);
  });
});

describe('by itself', () => {
  it('is proved once an hour, however many processes think of it', async () => {
    const wished = async () => (await MoneyProofs.findOne().lean())?.wantedAt.getTime() ?? 0;
    const before = await wished();
    await wantDueProofs(w.world);
    expect(await wished()).toBe(before);
    await w.advance(3_600_000);
    await Promise.all([wantDueProofs(w.world), wantDueProofs(w.world)]);
    await w.settle();
    expect(await wished()).toBeGreaterThan(before);
    expect(await shown()).toMatchObject({ by: null, unexplainedFen: 0 });
  });
});

it('is for finance and the auditor', async () => {
  await expect(w.office.call('GET /api/console/money-proof')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
});
