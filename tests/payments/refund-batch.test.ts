import { setTimeout as sleep } from 'node:timers/promises';
import { registerEffects } from '../../server/effects';
import { findBooking } from '../../server/modules/bookings/find-booking';
import { endAsNoShow } from '../../server/modules/bookings/no-show';
import { type Merchant, Merchants } from '../../server/modules/campaigns/merchant-model';
import { RefundBatches } from '../../server/modules/settlement/model';
import { createEffectRunner } from '../../server/platform/effects/runner';
import { insertRecord } from '../../server/platform/mongo/record';
import type { RefundBatchView } from '../../shared/contract/settlement';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';
import { twoPeople } from '../support/two-people';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const STUDENTS = 44;
/** The keys of an account are read again after five seconds. */
const KEYS_KNOWN_MS = 5_100;

let w: PaymentWorld;
const bookings: { id: string; orderNo: string }[] = [];

/** One day, 44 who paid and were not photographed; the batches of this file one after another. */
beforeAll(async () => {
  w = await openPaymentWorld();
  const session = await w.session();
  for (let n = 0; n < STUDENTS; n += 1) {
    const payer = await w.payer(session);
    const { id } = await payer.hold();
    const parameters = await payer.begin(id);
    const orderNo = await w.lastOrderNo();
    await payer.cashier(parameters);
    bookings.push({ id, orderNo });
  }
  for (const { orderNo } of bookings) await w.called(orderNo);
  await w.settle();
  await w.control('POST', '/clock', { now: '2022-11-19T17:00:00+08:00' });
  await closeCollection();
});
afterAll(() => w?.close());
afterEach(() => w.control('DELETE', '/faults'));

async function closeCollection() {
  const params = { id: w.campaignId };
  const { version } = await w.office.call('GET /api/console/campaigns/:id', { params });
  await w.office.call('POST /api/console/campaigns/:id/close-collection', { params, body: { version } });
}

const [maker, checker] = [() => w.finance[0], () => w.finance[1]];

/** All bookings but these few are left out for another batch. */
const submit = async (only: readonly { id: string }[]): Promise<RefundBatchView> => {
  const wanted = new Set(only.map(({ id }) => id));
  const { bookings: due } = await maker().call('GET /api/console/campaigns/:id/uncollected', {
    params: { id: w.campaignId },
  });
  const exclude = due
    .filter(({ bookingId }) => !wanted.has(bookingId))
    .map(({ bookingId }) => ({ bookingId, reason: '留待下一批' }));
  return maker().call('POST /api/console/campaigns/:id/refund-batches', {
    params: { id: w.campaignId },
    body: { exclude },
  });
};

const approve = ({ id, version }: RefundBatchView, by = checker()) =>
  by.call('POST /api/console/refund-batches/:id/decide', {
    params: { id },
    body: { version, decision: 'approve' },
  });

const pause = (id: string, paused: boolean) =>
  maker().call('POST /api/console/refund-batches/:id/pause', { params: { id }, body: { paused } });

const look = async (id: string) => {
  await w.settle();
  return maker().call('GET /api/console/refund-batches/:id', { params: { id } });
};

/** WeChat settles, tells, and the batch looks again. */
async function finished(id: string): Promise<RefundBatchView> {
  for (let round = 0; round < 20; round += 1) {
    await w.advance(MINUTE);
    const batch = await look(id);
    if (batch.state === 'done') return batch;
  }
  throw new Error(`the batch does not end: ${JSON.stringify(await look(id))}`);
}

async function refundsAtWeChat(orders: readonly { orderNo: string }[]): Promise<number> {
  const numbers = new Set(orders.map(({ orderNo }) => orderNo));
  const { items } = await w.control<{ items: { outTradeNo: string }[] }>('GET', '/books/refunds?limit=10000');
  return items.filter(({ outTradeNo }) => numbers.has(outTradeNo)).length;
}

const take = (count: number) => bookings.splice(0, count);

it('refunds every line once, with what is left of a partly refunded order', async () => {
  const lines = take(4);
  const [partly] = lines;
  if (!partly) throw new Error('no booking');
  const wish = { kind: 'refund' as const, reason: '未制作网页', items: ['web_page'] };
  await twoPeople(() => w).byTwo(partly.orderNo, wish);
  await w.advance(MINUTE);

  const batch = await submit(lines);
  expect(batch).toMatchObject({ state: 'submitted', lines: { total: 4 }, amountFen: 3 * 3000 + 1500 });
  await expect(approve(batch, maker())).rejects.toMatchObject({ code: 'TWO_PEOPLE_NEEDED' });
  await approve(batch);
  expect(await finished(batch.id)).toMatchObject({
    lines: { total: 4, waiting: 0, cancelled: 0, refunded: 4, skipped: 0, failed: 0 },
    refundedFen: 3 * 3000 + 1500,
  });
  expect(await refundsAtWeChat(lines)).toBe(5);
  for (const { orderNo } of lines)
    expect(await w.truth(orderNo)).toMatchObject({ place: 'no_show', accounts: {} });
});

it('is taken back by whoever submitted it, who may not approve it; nothing is refunded, and it can be submitted anew', async () => {
  const lines = bookings.slice(0, 2);
  const batch = await submit(lines);
  await expect(submit(lines)).rejects.toMatchObject({ code: 'BATCH_STATE' });
  await maker().call('POST /api/console/refund-batches/:id/decide', {
    params: { id: batch.id },
    body: { version: batch.version, decision: 'reject' },
  });
  expect(await look(batch.id)).toMatchObject({ state: 'rejected', decidedBy: batch.submittedBy });
  await expect(approve(batch)).rejects.toMatchObject({ code: 'BATCH_STATE' });
  expect(await refundsAtWeChat(lines)).toBe(0);
  const { lines: told } = await w.auditor.call('GET /api/console/audit', {
    query: { verb: 'refund-batch.withdraw' },
  });
  expect(told).toMatchObject([{ subject: `refund-batch:${batch.id}` }]);
  const again = await submit(lines);
  await checker().call('POST /api/console/refund-batches/:id/decide', {
    params: { id: again.id },
    body: { version: again.version, decision: 'reject' },
  });
});

it('is not approved while the account cannot cover it, or WeChat does not say whether it can', async () => {
  const lines = bookings.slice(0, 2);
  await w.control('POST', '/balance', { mchid: w.merchant.mchid, availableFen: 5999 });
  const batch = await submit(lines);
  await w.fault({ service: 'pay', operation: 'balance', kind: 'http-500', times: 9 });
  await expect(approve(batch)).rejects.toMatchObject({ status: 502, code: 'UPSTREAM_UNAVAILABLE' });
  await w.control('DELETE', '/faults');
  await expect(approve(batch)).rejects.toMatchObject({
    code: 'BALANCE_TOO_LOW',
    details: { need: '60.00', have: '59.99' },
  });
  await checker().call('POST /api/console/refund-batches/:id/decide', {
    params: { id: batch.id },
    body: { version: batch.version, decision: 'reject' },
  });
  await w.control('POST', '/balance', { mchid: w.merchant.mchid, availableFen: 10_000_000 });
});

it('is not approved while the account’s keys do not work, and says who can mend that', async () => {
  const lines = bookings.slice(0, 2);
  const batch = await submit(lines);
  const { certificatePem } = (await Merchants.findById(w.merchantId).lean<Merchant>()) ?? {};
  const keep = (pem: string | undefined) =>
    Merchants.updateOne({ _id: w.merchantId }, { $set: { certificatePem: pem } });
  await keep('no certificate');
  await sleep(KEYS_KNOWN_MS);
  await expect(approve(batch)).rejects.toMatchObject({
    status: 502,
    code: 'ACCOUNT_UNUSABLE',
    message: expect.stringContaining('请系统管理员更换'),
  });
  expect((await maker().call('GET /api/console/money-tasks')).accounts).toMatchObject([
    { mchid: w.merchant.mchid, what: 'keys', task: 'unusable' },
  ]);
  expect(await look(batch.id)).toMatchObject({ state: 'submitted' });
  await keep(certificatePem);
  expect((await maker().call('GET /api/console/money-tasks')).accounts).toEqual([]);
  await checker().call('POST /api/console/refund-batches/:id/decide', {
    params: { id: batch.id },
    body: { version: batch.version, decision: 'reject' },
  });
});

it('stops when the money runs out, says so, and goes on after a top-up', async () => {
  const lines = take(8);
  const batch = await submit(lines);
  await approve(batch);
  await w.control('POST', '/balance', { mchid: w.merchant.mchid, availableFen: 0 });
  expect(await look(batch.id)).toMatchObject({
    state: 'stopped',
    stoppedBecause: '商户可用余额不足，请充值后继续',
  });
  await w.control('POST', '/balance', { mchid: w.merchant.mchid, availableFen: 10_000_000 });
  await pause(batch.id, false);
  expect(await finished(batch.id)).toMatchObject({ lines: { refunded: 8, failed: 0 }, stoppedBecause: null });
  expect(await refundsAtWeChat(lines)).toBe(8);
});

it('stops after repeated errors and names the last one', async () => {
  const lines = take(8);
  const batch = await submit(lines);
  await w.fault({ service: 'pay', operation: 'refund', kind: 'http-500', times: 1000 });
  await approve(batch);
  const stopped = await look(batch.id);
  expect(stopped.state).toBe('stopped');
  expect(stopped.stoppedBecause).toMatch(/连续 \d+ 笔退款没有被微信受理（微信系统繁忙）/);
  await w.control('DELETE', '/faults');
  await pause(batch.id, false);
  expect(await finished(batch.id)).toMatchObject({ lines: { refunded: 8 } });
  expect(await refundsAtWeChat(lines)).toBe(8);
});

it('stops when the account’s keys do not work, before more than a few places are given up', async () => {
  const lines = take(8);
  const batch = await submit(lines);
  await approve(batch);
  const row = await Merchants.findById(w.merchantId).lean<Merchant>();
  if (!row) throw new Error('no merchant');
  await Merchants.deleteOne({ _id: w.merchantId });
  await sleep(KEYS_KNOWN_MS);
  const stopped = await look(batch.id);
  await insertRecord(Merchants, row);
  expect(stopped.state).toBe('stopped');
  expect(stopped.stoppedBecause).toMatch(/连续 \d+ 笔退款没有被微信受理（商户的密钥或证书不能用）/);
  await pause(batch.id, false);
  expect(await finished(batch.id)).toMatchObject({ lines: { refunded: 8 } });
  expect(await refundsAtWeChat(lines)).toBe(8);
});

it('sends each line once though two instances run it at the same time, the clock having jumped past the lease', async () => {
  const lines = take(8);
  // Another instance, as far as effects and their leases go.
  const ran: string[] = [];
  const metrics = { ...w.world.metrics, effect: ({ kind }: { kind: string }) => void ran.push(kind) };
  const second = { ...w.world, effects: createEffectRunner({ ...w.world, metrics }) };
  registerEffects(second);
  const batch = await submit(lines);
  await w.fault({ service: 'pay', operation: 'refund', kind: 'late-answer', delayMs: 1_500, times: 8 });
  await approve(batch);
  let isFirstOver = false;
  const first = w.world.effects.sweep().finally(() => {
    isFirstOver = true;
  });
  while ((await refundsAtWeChat(lines)) === 0);
  await w.advance(21_000);
  const sweeping = second.effects.sweep();
  expect(isFirstOver).toBe(false);
  await Promise.all([first, sweeping]);
  expect(ran).toEqual(expect.arrayContaining(['run-batch', 'send-refund']));
  expect(await finished(batch.id)).toMatchObject({
    lines: { total: 8, refunded: 8, failed: 0, skipped: 0 },
    refundedFen: 8 * 3000,
  });
  expect(await refundsAtWeChat(lines)).toBe(8);
  for (const { orderNo } of lines)
    expect(await w.truth(orderNo)).toMatchObject({ accounts: {}, refunds: [{ fen: 3000 }] });
});

it('pauses and goes on; a crash between the place and the line leaves one refund', async () => {
  const lines = take(2);
  const [crashed] = lines;
  const batch = await submit(lines);
  await approve(batch);
  await pause(batch.id, true);
  expect(await look(batch.id)).toMatchObject({ state: 'paused', lines: { waiting: 2 } });
  expect(await refundsAtWeChat(lines)).toBe(0);

  // As a process that died after the booking was written and before its line was.
  const booking = await findBooking(crashed?.id ?? '');
  if (booking) await endAsNoShow(w.world, 'system', booking, batch.id);

  await pause(batch.id, false);
  expect(await finished(batch.id)).toMatchObject({ lines: { refunded: 2, skipped: 0 } });
  expect(await refundsAtWeChat(lines)).toBe(2);
});

it('counts a refund that somebody had to help along, when it arrives late', async () => {
  const lines = take(1);
  const [line] = lines;
  const batch = await submit(lines);
  await w.fault({ service: 'pay', operation: 'refund', kind: 'refund-outcome', code: 'CLOSED' });
  await approve(batch);
  expect(await finished(batch.id)).toMatchObject({ lines: { refunded: 0, failed: 1 } });

  const params = { orderNo: line?.orderNo ?? '' };
  const { order } = await maker().call('GET /api/console/orders/:orderNo', { params });
  await maker().call('POST /api/console/orders/:orderNo/refunds/:refundNo/renew', {
    params: { ...params, refundNo: order.refunds[0]?.refundNo ?? '' },
  });
  await w.advance(2 * MINUTE);
  await w.settle();
  await w.advance(60 * MINUTE);
  expect(await look(batch.id)).toMatchObject({ state: 'done', lines: { refunded: 1, failed: 0 } });
});

describe('approved in one window and rejected in another, at once', () => {
  const reject = ({ id, version }: RefundBatchView) =>
    checker().call('POST /api/console/refund-batches/:id/decide', {
      params: { id },
      body: { version, decision: 'reject' },
    });
  const bothAtOnce = async (batch: RefundBatchView) => {
    const answers = await Promise.allSettled([approve(batch), reject(batch)]);
    const told = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value.state] : []));
    const refusals = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    return { told, refusals };
  };
  /** Both have looked before either writes. */
  function writesThatMeet(without: readonly string[]): void {
    const { collection } = RefundBatches;
    const write = collection.findOneAndUpdate;
    let waiting = 0;
    let begin = (): void => undefined;
    const bothHaveLooked = new Promise<void>((resolve) => {
      begin = resolve;
    });
    jest
      .spyOn(collection, 'findOneAndUpdate')
      .mockImplementation(async (filter: object, ...rest: unknown[]) => {
        waiting += 1;
        if (waiting === 2) begin();
        await bothHaveLooked;
        const left = Object.entries(filter).filter(([name]) => !without.includes(name));
        return Reflect.apply(write, collection, [Object.fromEntries(left), ...rest]);
      });
  }
  afterEach(() => jest.restoreAllMocks());

  it('one word counts, and the money follows it', async () => {
    const lines = take(2);
    const batch = await submit(lines);
    writesThatMeet([]);
    const { told, refusals } = await bothAtOnce(batch);
    jest.restoreAllMocks();
    expect([told.length, refusals]).toEqual([1, ['CHANGED_MEANWHILE']]);
    const isApproved = told[0] === 'approved';
    const end = isApproved ? await finished(batch.id) : await look(batch.id);
    expect(end.state).toBe(isApproved ? 'done' : 'rejected');
    expect(await refundsAtWeChat(lines)).toBe(isApproved ? 2 : 0);
  });

  it('control: where neither state nor version is compared both are told that theirs counts', async () => {
    const batch = await submit(take(2));
    writesThatMeet(['state', 'version']);
    const { told } = await bothAtOnce(batch);
    expect(told.sort()).toEqual(['approved', 'rejected']);
  });
});
