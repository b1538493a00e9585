import { BillChunks } from '../../server/modules/reconciliation/chunk-model';
import { Differences } from '../../server/modules/reconciliation/difference-model';
import { fetchBills } from '../../server/modules/reconciliation/fetch-bills';
import { fetchDueBills } from '../../server/modules/reconciliation/fetch-due-bills';
import { differencesOf } from '../../server/modules/reconciliation/find-difference';
import { listDays, presentDay } from '../../server/modules/reconciliation/list-days';
import { type BillDay, BillDays } from '../../server/modules/reconciliation/model';
import { presentDifference } from '../../server/modules/reconciliation/present-difference';
import { BillDayView, DifferenceView } from '../../shared/contract/reconciliation';
import { type MerchantWorld, openMerchantWorld } from '../support/merchant-world';

jest.setTimeout(60_000);

/** Days of March 2027, one after the other: the demo clock only moves forward. */
const march = (date: number) => `2027-03-${String(date).padStart(2, '0')}`;

let shop: MerchantWorld;
beforeAll(async () => {
  shop = await openMerchantWorld();
});
afterAll(() => shop.close());
afterEach(() => shop.sandbox.control('DELETE', '/faults'));

const READER = { userId: 'nobody' };
const listed = async (date: number) =>
  (await differencesOf(shop.merchant._id, march(date))).map((record) => presentDifference(READER, record));
const fetchDay = (date: number) =>
  fetchBills(shop.world, 'user:finance', { merchant: shop.merchant, day: march(date) });
const dayOf = (date: number) => BillDays.findOne({ day: march(date) }).lean<BillDay>();
/** Whether the calendar says that somebody is at the day. */
async function isShownBusy(date: number): Promise<boolean | undefined> {
  const [shown] = await listDays(shop.world, READER, shop.merchant, { from: march(date), to: march(date) });
  return shown?.busy;
}
const unsettled = async (date: number) => (await listed(date)).filter(({ status }) => status !== 'settled');
const plant = (facts: object) =>
  shop.sandbox.control('POST', '/books/entries', { mchid: shop.merchant.mchid, ...facts });
const strikeOut = (orderNo: string) =>
  shop.sandbox.control('DELETE', `/books/entries/${shop.merchant.mchid}/${orderNo}`);
const fault = (operation: string, kind: string, more: object = {}) =>
  shop.sandbox.control('POST', '/faults', { service: 'pay', operation, kind, times: 1, ...more });
const instant = (date: number, time: string) => new Date(`${march(date)}T${time}+08:00`).toISOString();

describe('a day of payments and refunds', () => {
  let orders: string[];

  it('agrees with both bills the next morning', async () => {
    await shop.setClock(march(1), '09:00:00');
    orders = [await shop.sell(), await shop.sell(), await shop.sell(600)];
    await shop.setClock(march(1), '12:00:00');
    await shop.refund(orders[0] ?? '');
    await shop.setClock(march(1), '13:00:00');
    await shop.world.effects.sweep();

    await shop.setClock(march(2), '09:59:59');
    await expect(fetchDay(1)).rejects.toMatchObject({ code: 'BILL_NOT_READY' });
    await shop.setClock(march(2), '10:30:00');
    expect(await fetchDay(1)).toMatchObject({
      state: 'matched',
      differences: 0,
      ours: { payments: 3, paidFen: 6600, refunds: 1, refundedFen: 3000 },
      theirs: { rows: 4, payments: 3, paidFen: 6600, refunds: 1, refundedFen: 3000, feeFen: 22 },
      moved: { rows: 8, inFen: 6618, outFen: 3040 },
      trouble: null,
      busyUntil: null,
    });
    expect(await listed(1)).toEqual([]);
  });

  it('is not imported a second time from the same files', async () => {
    const before = await dayOf(1);
    await fetchDay(1);
    expect(await dayOf(1)).toEqual(before);
  });

  it('is imported anew from another file, and keeps the rows of that one only', async () => {
    const { body } = await plant({
      kind: 'payment',
      at: instant(1, '15:00:00'),
      totalFen: 4500,
      outTradeNo: 'NotOurs0001',
    });
    expect(await fetchDay(1)).toMatchObject({ state: 'differences', differences: 1 });
    const { transactionId } = (body as { payment: { transactionId: string } }).payment;
    expect(await unsettled(1)).toMatchObject([
      { type: 'surplus', orderNo: 'NotOurs0001', transactionId, oursFen: null, theirsFen: 4500 },
    ]);
    const imports = await BillChunks.distinct('importId');
    expect(imports).toEqual([(await dayOf(1))?.importId]);
  });

  it('takes a difference back when it is gone, and remembers that it was there', async () => {
    await strikeOut('NotOurs0001');
    expect(await fetchDay(1)).toMatchObject({ state: 'matched', differences: 0 });
    const [difference] = await Differences.find({ day: march(1) }).lean();
    expect(difference).toMatchObject({ status: 'settled', clearedAt: expect.any(Date) });
    expect(difference?.trail.map(({ verb }) => verb)).toEqual(['difference.find', 'difference.clear']);
  });

  it('tells a payment that WeChat does not have (短款)', async () => {
    await strikeOut(orders[1] ?? '');
    await fetchDay(1);
    expect(await unsettled(1)).toMatchObject([
      { type: 'shortage', orderNo: orders[1], oursFen: 3000, theirsFen: null },
    ]);
  });

  it('once closed takes the same files as no news and refuses others', async () => {
    await BillDays.updateOne({ day: march(1) }, { $set: { state: 'closed' } });
    const before = await dayOf(1);
    expect(await fetchDay(1)).toEqual(before);
    await plant({ kind: 'payment', at: instant(1, '16:00:00'), totalFen: 100 });
    await expect(fetchDay(1)).rejects.toMatchObject({ code: 'DAY_CLOSED' });
    expect(await dayOf(1)).toEqual(before);
  });
});

describe('what went wrong on a day', () => {
  let unheard: string;

  it('is told by its type: payment not heard of, wrong amount, money that nothing explains', async () => {
    await shop.setClock(march(3), '09:00:00');
    await shop.sell();
    unheard = await shop.order();
    await shop.pay(unheard);
    const wrong = await shop.order();
    await shop.pay(wrong, { wrongAmount: 1000 });
    await shop.hearOf(wrong);
    await plant({
      kind: 'fund-flow',
      at: instant(3, '11:00:00'),
      type: '充值',
      direction: '收入',
      amountFen: 50_000,
    });
    await shop.setClock(march(4), '10:30:00');
    expect(await fetchDay(3)).toMatchObject({ state: 'differences', differences: 3 });
    const found = await unsettled(3);
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'status', orderNo: unheard, theirsFen: 3000 }),
        expect.objectContaining({ type: 'amount', orderNo: wrong, oursFen: 3000, theirsFen: 1000 }),
        expect.objectContaining({ type: 'unknown_flow', orderNo: null, theirsFen: 50_000 }),
      ]),
    );
  });

  it('settles when we have heard of the payment after all and the day is fetched again', async () => {
    await shop.hearOf(unheard);
    expect(await fetchDay(3)).toMatchObject({ differences: 2 });
    expect((await unsettled(3)).map(({ type }) => type).sort()).toEqual(['amount', 'unknown_flow']);
  });

  it('stays settled when people have settled it', async () => {
    await Differences.updateOne({ day: march(3), type: 'unknown_flow' }, { $set: { status: 'settled' } });
    expect(await fetchDay(3)).toMatchObject({ differences: 1 });
  });
});

describe('a refund that WeChat took before midnight and we heard of after it, by its callback alone', () => {
  it('is in doubt on its day, and cleared when the next day is reconciled', async () => {
    await shop.setClock(march(5), '20:00:00');
    const orderNo = await shop.sell();
    await shop.setClock(march(5), '23:59:50');
    await fault('refund', 'timeout-after-effect', { delayMs: 50 });
    const refundNo = await shop.refund(orderNo);
    await shop.setClock(march(6), '00:05:00');
    await shop.hearOfRefund(orderNo, refundNo);

    await shop.setClock(march(6), '10:30:00');
    expect(await fetchDay(5)).toMatchObject({ state: 'differences', differences: 1 });
    expect(await unsettled(5)).toMatchObject([
      { type: 'cross_day', refundNo, oursFen: 3000, theirsFen: 3000 },
    ]);

    await shop.setClock(march(7), '10:30:00');
    expect(await fetchDay(6)).toMatchObject({
      state: 'matched',
      differences: 0,
      ours: { refunds: 1 },
      theirs: { refunds: 0 },
    });
    expect(await dayOf(5)).toMatchObject({ state: 'matched', differences: 0 });
  });
});

describe('a bill that cannot be had or trusted', () => {
  /** A changed byte of a compressed file shows in its hash, or earlier. */
  const BROKEN = /校验值|压缩文件损坏/;

  it('is refused with the reason, leaves nothing behind, and can be fetched again', async () => {
    await shop.setClock(march(8), '09:00:00');
    await shop.sell();
    await shop.setClock(march(9), '10:30:00');
    await fault('bill-download', 'tamper-body');
    await expect(fetchDay(8)).rejects.toMatchObject({
      code: 'BILL_REFUSED',
      details: { reason: expect.stringMatching(BROKEN) },
    });
    expect(await dayOf(8)).toMatchObject({
      state: 'waiting',
      importId: null,
      busyUntil: null,
      trouble: expect.stringMatching(BROKEN),
    });
    expect(await BillChunks.countDocuments({ dayId: (await dayOf(8))?._id })).toBe(0);
    expect(await fetchDay(8)).toMatchObject({ state: 'matched', trouble: null });
  });

  it('is awaited while WeChat makes it, or does not answer', async () => {
    await fault('bill', 'error', { code: 'STATEMENT_CREATING', message: '账单生成中', status: 400 });
    await expect(fetchDay(7)).rejects.toMatchObject({ code: 'BILL_NOT_READY' });
    await fault('bill', 'http-500', { times: 10 });
    await expect(fetchDay(7)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

describe('a crash', () => {
  it('between import and match is repaired by fetching again', async () => {
    const ours = { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 };
    const expected = await dayOf(8);
    await BillDays.updateOne({ day: march(8) }, { $set: { state: 'matching', differences: 0, ours } });
    expect(await fetchDay(8)).toMatchObject({ state: 'matched', ours: expected?.ours });
  });

  it('of someone who held the day keeps others out for ten minutes only', async () => {
    const until = new Date(shop.world.clock.now().getTime() + 600_000);
    await BillDays.updateOne({ day: march(8) }, { $set: { state: 'matching', busyUntil: until } });
    await expect(fetchDay(8)).rejects.toMatchObject({ code: 'DAY_BUSY' });
    expect(await isShownBusy(8)).toBe(true);
    await shop.setClock(march(9), '10:41:00');
    expect(await isShownBusy(8)).toBe(false);
    expect(await fetchDay(8)).toMatchObject({ state: 'matched', busyUntil: null });
  });
});

describe('the daily fetching', () => {
  const trades = async (date: number) =>
    (await dayOf(date))?.trail.filter(({ verb }) => verb === 'bill.import').length;

  it('takes every past day on which money moved, after 10:00, once, however many do it at once', async () => {
    await shop.setClock(march(10), '09:00:00');
    await shop.sell();
    await shop.setClock(march(12), '09:00:00');
    await shop.sell();
    await shop.setClock(march(13), '09:59:00');
    await fetchDueBills(shop.world);
    expect(await trades(10)).toBe(1);
    expect(await dayOf(11)).toBeNull();
    expect(await dayOf(12)).toBeNull();

    await shop.setClock(march(13), '10:00:30');
    const counts = await Promise.all([1, 2, 3].map(() => fetchDueBills(shop.world)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await trades(12)).toBe(1);
    expect(await dayOf(12)).toMatchObject({ state: 'matched', differences: 0 });
    expect(await fetchDueBills(shop.world)).toBe(0);
  });

  it('comes back half an hour later for a bill that was not ready', async () => {
    await shop.setClock(march(14), '09:00:00');
    await shop.sell();
    await shop.setClock(march(15), '10:05:00');
    await fault('bill', 'error', { code: 'STATEMENT_CREATING', message: '账单生成中', status: 400 });
    expect(await fetchDueBills(shop.world)).toBe(0);
    await shop.setClock(march(15), '10:20:00');
    expect(await fetchDueBills(shop.world)).toBe(0);
    await shop.setClock(march(15), '10:36:00');
    expect(await fetchDueBills(shop.world)).toBe(1);
    expect(await dayOf(14)).toMatchObject({ state: 'matched' });
  });

  it('fetches also the days beside one that has something in doubt, though nothing moved on them', async () => {
    await shop.setClock(march(16), '23:58:00');
    const orderNo = await shop.sell();
    await shop.setClock(march(17), '10:30:00');
    await strikeOut(orderNo);
    expect(await fetchDueBills(shop.world)).toBe(1);
    expect(await unsettled(16)).toMatchObject([{ type: 'cross_day', orderNo, theirsFen: null }]);
    await shop.setClock(march(18), '10:30:00');
    expect(await fetchDueBills(shop.world)).toBe(2);
    expect(await unsettled(16)).toMatchObject([{ type: 'shortage', orderNo }]);
  });
});

it('lists the days of a span with their states, also those without a record, and none to come', async () => {
  const days = await listDays(shop.world, READER, shop.merchant, { from: march(14), to: march(25) });
  expect(days.map(({ day, state, bills }) => [day, state, bills])).toEqual([
    [march(14), 'matched', 'in'],
    [march(15), 'matched', 'in'],
    [march(16), 'differences', 'in'],
    [march(17), 'matched', 'in'],
    [march(18), 'waiting', 'not_yet'],
  ]);
});

it('leaves the server as the contract says', async () => {
  const days = await listDays(shop.world, READER, shop.merchant, { from: march(1), to: march(18) });
  const fetched = await dayOf(16);
  const found = await listed(3);
  expect(found).not.toHaveLength(0);
  if (!fetched) throw new Error('no such day');
  for (const view of [...days, await presentDay(shop.world, READER, fetched)])
    expect(BillDayView.parse(view)).toEqual(view);
  for (const view of found) expect(DifferenceView.parse(view)).toEqual(view);
});
