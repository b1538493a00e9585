import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Bookings } from '../../server/modules/bookings/model';
import { paymentEntry } from '../../server/modules/payments/ledger';
import { type Order, Orders } from '../../server/modules/payments/model';
import { untouched } from '../../server/modules/payments/new-order';
import { newRecord } from '../../server/platform/mongo/record';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

const LINES = Number(process.env.LINES ?? 1_000);
const PER_SECOND = 80;
const PIECE = 500;
/** Three times what it grew by over 5,000 lines: the sandbox keeps its books in this process. */
const MOST_GROWTH_MB = 16;

setFlagsFromString('--expose-gc');
/** Clears up first, so that a look at the heap shows what is held and not what has only not gone yet. */
const collect: () => void = runInNewContext('gc');

const FEE_ITEMS = [{ code: 'shooting', name: '拍摄费', amountFen: 3000 }];

jest.setTimeout(30 * 60_000);

/** The batch of a whole day: `LINES=5000 npm run test:long -- refund-batch` for the largest day. */

let w: PaymentWorld;

beforeAll(async () => {
  w = await openPaymentWorld({ REFUNDS_PER_SECOND: String(PER_SECOND) });
  await w.control('POST', '/books/bulk', { mchid: w.merchant.mchid, day: '2022-11-15', count: LINES });
  await w.control('POST', '/clock', { now: '2022-11-19T17:00:00+08:00' });
  await w.control('POST', '/balance', { mchid: w.merchant.mchid, availableFen: LINES * 3_000 });
  await layPaidBookings(await w.session());
});
afterAll(() => w?.close());

interface PaidThere {
  outTradeNo: string;
  openid: string;
  appid: string;
  payment: { transactionId: string; successMs: number };
}

/** What students would have done over HTTP, laid straight into the database: this is about the batch alone. */
async function layPaidBookings(sessionId: string): Promise<void> {
  const { items } = await w.control<{ items: PaidThere[] }>('GET', `/books/orders?limit=${LINES}`);
  const facts = await w.office.call('GET /api/console/campaigns/:id', { params: { id: w.campaignId } });
  const { schoolId } = facts;
  for (let start = 0; start < items.length; start += PIECE) {
    const rows = items.slice(start, start + PIECE).map((there) => rowsOf(there, schoolId, sessionId));
    await Orders.insertMany(
      rows.map(({ order }) => order),
      { lean: true },
    );
    await Bookings.insertMany(
      rows.map(({ booking }) => booking),
      { lean: true },
    );
  }
}

function rowsOf(there: PaidThere, schoolId: string, sessionId: string) {
  const { world, campaignId, merchant } = w;
  const line = { id: world.ids.id(), at: world.clock.now(), actor: 'test', verb: 'test.lay', facts: {} };
  const bookingId = world.ids.id();
  const owner = { schoolId, campaignId, studentId: world.ids.id() };
  const paidAt = new Date(there.payment.successMs);
  const order: Order = {
    ...newRecord(there.outTradeNo, line),
    ...untouched(),
    ...owner,
    bookingId,
    mchid: merchant.mchid,
    appid: there.appid,
    payerOpenid: there.openid,
    description: '毕业生图像采集费',
    feeItems: FEE_ITEMS,
    totalFen: 3000,
    state: 'paid',
    createdAt: paidAt,
    expiresAt: paidAt,
    prepayId: 'wx',
    transactionId: there.payment.transactionId,
    paidAt,
    payerTotalFen: 3000,
  };
  const booking = {
    ...newRecord(bookingId, line),
    ...owner,
    accountId: null,
    channel: 'walk_in' as const,
    sessionId,
    active: true,
    place: 'booked' as const,
    payment: 'paid' as const,
    attendance: 'expected' as const,
    feeItems: FEE_ITEMS,
    amountFen: 3000,
    holdExpiresAt: null,
    orderNo: order._id,
    orderNos: [order._id],
    paidOrderNo: order._id,
    seeOriginalId: false,
    arrival: null,
    shotAt: null,
    shotKeys: [],
    createdAt: paidAt,
  };
  return { booking, order: { ...order, ledger: [paymentEntry(world, order, there.payment.transactionId)] } };
}

it(`refunds ${LINES} bookings, each once, and keeps the memory flat`, async () => {
  const [maker, checker] = w.finance;
  const params = { id: w.campaignId };
  const { version } = await w.office.call('GET /api/console/campaigns/:id', { params });
  await w.office.call('POST /api/console/campaigns/:id/close-collection', { params, body: { version } });
  const batch = await maker.call('POST /api/console/campaigns/:id/refund-batches', { params, body: {} });
  expect(batch).toMatchObject({ lines: { total: LINES }, amountFen: LINES * 3000 });
  await checker.call('POST /api/console/refund-batches/:id/decide', {
    params: { id: batch.id },
    body: { version: batch.version, decision: 'approve' },
  });

  const begun = performance.now();
  const heaps: number[] = [];
  let look = batch;
  while (look.lines.waiting > 0 || look.state === 'submitted') {
    await w.world.effects.sweep();
    collect();
    heaps.push(Math.round(process.memoryUsage().heapUsed / 2 ** 20));
    look = await maker.call('GET /api/console/refund-batches/:id', { params: { id: batch.id } });
    expect(look.stoppedBecause).toBeNull();
  }
  const rate = LINES / ((performance.now() - begun) / 1000);
  console.log(`${LINES} refunds at ${rate.toFixed(1)} a second (configured ${PER_SECOND}); heap ${heaps} MB`);
  const third = Math.ceil(heaps.length / 3);
  expect(middle(heaps.slice(-third)) - middle(heaps.slice(0, third))).toBeLessThan(MOST_GROWTH_MB);

  for (let round = 0; look.state !== 'done' && round < 60; round += 1) {
    await w.advance(60_000);
    await w.world.effects.sweep();
    look = await maker.call('GET /api/console/refund-batches/:id', { params: { id: batch.id } });
  }
  expect(look).toMatchObject({ state: 'done', lines: { refunded: LINES, failed: 0, skipped: 0 } });
  const { items } = await w.control<{ items: { outTradeNo: string }[] }>(
    'GET',
    `/books/refunds?limit=${LINES * 2}`,
  );
  expect(items).toHaveLength(LINES);
  expect(new Set(items.map(({ outTradeNo }) => outTradeNo)).size).toBe(LINES);
});

const middle = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
