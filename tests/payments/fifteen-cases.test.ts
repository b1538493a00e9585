import { OrphanNotifications } from '../../server/modules/payments/orphan-model';
import { fen as fenOf } from '../../shared/domain/money';
import type { Payer } from '../support/payment-ground';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';
import type { Letter } from '../support/postman';
import { twoPeople } from '../support/two-people';

jest.setTimeout(60_000);

/** The fifteen ways in which a payment or refund comes otherwise than hoped; what must be true at the end of each. */

const MINUTE = 60_000;
const PAID = { channel: 3000, 'income:shooting': -1500, 'income:web_page': -1500 };
/** Audit lines of an order that WeChat has heard of. */
const BEGUN = ['order.create', 'order.prepaid'];
const GIVEN_BACK = ['refund.request', 'refund.accepted', 'refund.succeeded'];
/** Nobody needs to hear of it. */
const QUIET = { alerts: [], waiting: [] };
const BOOKED = { place: 'booked', payment: 'paid', order: 'paid', accounts: PAID, refunds: [], ...QUIET };
/** Put aside: an operator hears of it, and it stands in finance's work list. */
const CRIED_OUT = { alerts: ['payment quarantined'], waiting: ['quarantined'] };

let w: PaymentWorld;
let session: string;
/** Of one seat. */
let small: string;

beforeAll(async () => {
  w = await openPaymentWorld();
  session = await w.session();
  small = await w.session(1);
});
afterAll(() => w?.close());
afterEach(() => w.control('DELETE', '/faults'));

const paying = (sessionId = session) => w.paying(sessionId);

async function paid(sessionId = session) {
  const order = await paying(sessionId);
  expect(await order.payer.cashier(order.parameters)).toBe('requestPayment:ok');
  await w.called(order.orderNo);
  return order;
}

const { propose, byTwo } = twoPeople(() => w);

const callback = (kind: string, orderNo?: string, more: object = {}) =>
  w.fault({ service: 'callback', operation: 'transaction', kind, match: { outTradeNo: orderNo }, ...more });

const lettersTo = (from: number): Letter[] => w.postman.letters.slice(from);
const statuses = (from: number): number[] => lettersTo(from).map(({ status }) => status);
const cancel = (payer: Payer, id: string) =>
  payer.api.call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });

describe('1: the callback is quicker than the answer to the prepay', () => {
  it('wins: the order is paid, and the late answer changes nothing', async () => {
    const payer = await w.payer(session);
    const { id } = await payer.hold();
    await w.fault({ service: 'pay', operation: 'prepay', kind: 'late-answer', delayMs: 4_000 });
    const beginning = payer.begin(id);
    const before = await w.lastOrderNo();
    let orderNo = before;
    while (orderNo === before) orderNo = await w.lastOrderNo();
    await w.payAnyhow(orderNo);
    await w.called(orderNo);
    expect(await beginning).toBeNull();
    expect(await w.truth(orderNo)).toEqual({ ...BOOKED, audit: ['order.create', 'order.paid'] });
  });
});

describe('2: paid after the hold has expired or the order was closed', () => {
  const late = async (sessionId: string) => {
    const order = await paying(sessionId);
    await w.advance(16 * MINUTE);
    expect(await w.truth(order.orderNo)).toEqual({
      place: 'released',
      payment: 'unpaid',
      order: 'closed',
      accounts: {},
      refunds: [],
      audit: [...BEGUN, 'order.close'],
      ...QUIET,
    });
    return order;
  };

  it('gives the place back while one is free', async () => {
    const { orderNo } = await late(session);
    await w.payAnyhow(orderNo);
    await w.called(orderNo);
    expect(await w.truth(orderNo)).toEqual({
      ...BOOKED,
      audit: ['order.create', 'order.prepaid', 'order.close', 'order.paid'],
    });
  });

  it('goes back by itself when the place is taken', async () => {
    const { orderNo } = await late(small);
    await paid(small);
    const from = w.postman.letters.length;
    await w.payAnyhow(orderNo);
    await w.called(orderNo);
    expect(statuses(from)).toEqual([204]);
    await w.advance(2_000);
    await w.called(orderNo, 2);
    expect(await w.truth(orderNo)).toEqual({
      place: 'released',
      payment: 'unpaid',
      order: 'paid',
      accounts: {},
      refunds: [{ state: 'succeeded', fen: 3000 }],
      audit: [
        'order.create',
        'order.prepaid',
        'order.close',
        'order.paid',
        'refund.request',
        'refund.accepted',
        'refund.succeeded',
      ],
      ...QUIET,
    });
  });
});

describe('3: the wrong amount or currency', () => {
  it.each([
    ['amount', { wrongAmount: 2999 }, 2999],
    ['currency', { transactionCurrency: 'USD' }, 3000],
  ])('is put aside, never paid: %s', async (reason, plan, fen) => {
    const { orderNo } = await paying();
    await w.payAnyhow(orderNo, plan);
    await w.called(orderNo);
    expect(await w.truth(orderNo)).toEqual({
      place: 'held',
      payment: 'unpaid',
      order: 'quarantined',
      accounts: { channel: fen, suspense: -fen },
      refunds: [],
      audit: ['order.create', 'order.prepaid', 'order.quarantine'],
      ...CRIED_OUT,
    });
    const { quarantined } = await w.finance[0].call('GET /api/console/money-tasks');
    expect(quarantined.find((order) => order.orderNo === orderNo)?.quarantine).toMatchObject({ reason });
  });
});

describe('4: another app, another merchant, another payer than this order’s', () => {
  it.each([
    ['app', { otherAppid: 'wx0000000000000000' }],
    ['merchant', { otherMchid: '1900000999' }],
    ['payer', { otherOpenid: 'oSomebodyElse' }],
  ])('is put aside: %s', async (reason, plan) => {
    const { orderNo } = await paying();
    await w.payAnyhow(orderNo, plan);
    await w.called(orderNo);
    expect(await w.truth(orderNo)).toEqual({
      place: 'held',
      payment: 'unpaid',
      order: 'quarantined',
      accounts: { channel: 3000, suspense: -3000 },
      refunds: [],
      audit: ['order.create', 'order.prepaid', 'order.quarantine'],
      ...CRIED_OUT,
    });
    const { quarantined } = await w.finance[0].call('GET /api/console/money-tasks');
    expect(quarantined.find((order) => order.orderNo === orderNo)?.quarantine).toMatchObject({ reason });
  });
});

describe('5: a replay', () => {
  it('is answered 204 without a second effect, and 401 once it is stale', async () => {
    const from = w.postman.letters.length;
    const { orderNo } = await paid();
    const [letter] = lettersTo(from);
    if (!letter) throw new Error('no callback came');
    const once = await w.truth(orderNo);
    expect(once).toEqual({ ...BOOKED, audit: [...BEGUN, 'order.paid'] });

    expect(await w.postman.deliver(letter)).toMatchObject({ status: 204 });
    expect(await w.truth(orderNo)).toEqual(once);

    await w.advance(6 * MINUTE);
    expect(await w.postman.deliver(letter)).toMatchObject({ status: 401 });
    expect(await w.truth(orderNo)).toEqual(once);
  });
});

describe('6: two callbacks at once, and five', () => {
  it('are one transition, and all are answered 204', async () => {
    const { payer, parameters, orderNo } = await paying();
    await callback('duplicate', orderNo, { copies: 4 });
    const from = w.postman.letters.length;
    await payer.cashier(parameters);
    await w.called(orderNo, 5);
    expect(statuses(from)).toEqual([204, 204, 204, 204, 204]);
    expect(await w.truth(orderNo)).toEqual({
      ...BOOKED,
      audit: ['order.create', 'order.prepaid', 'order.paid'],
    });
  });
});

describe.each([
  ['7: a bad signature', 'wrong-key'],
  ['7: a signature that is changed', 'tamper-signature'],
  ['7: a SIGNTEST probe', 'signtest'],
  ['8: ciphertext that was tampered with', 'tamper'],
  ['8: associated data that were tampered with', 'tamper-aad'],
])('%s', (_, kind) => {
  it('is refused with 401 and writes nothing; the sound one that follows is taken', async () => {
    const { payer, parameters, orderNo } = await paying();
    await callback(kind, orderNo);
    const from = w.postman.letters.length;
    await payer.cashier(parameters);
    await w.called(orderNo);
    expect(statuses(from)).toEqual([401]);
    expect(await w.truth(orderNo)).toEqual({
      place: 'held',
      payment: 'unpaid',
      order: 'prepaid',
      accounts: {},
      refunds: [],
      audit: ['order.create', 'order.prepaid'],
      ...QUIET,
    });

    await w.advance(15_000);
    await w.called(orderNo, 2);
    expect(statuses(from)).toEqual([401, 204]);
    expect(await w.truth(orderNo)).toEqual({
      ...BOOKED,
      audit: ['order.create', 'order.prepaid', 'order.paid'],
    });
  });
});

describe('9: an order number that nobody here knows', () => {
  it('is kept with an alert, once, and only then answered 204; a person says what it was', async () => {
    const orderNo = await orderOfAnotherSystem();
    const from = w.postman.letters.length;
    await w.payAnyhow(orderNo);
    await w.called(orderNo);
    expect(statuses(from)).toEqual([204]);
    const [letter] = lettersTo(from);
    if (!letter) throw new Error('no callback came');
    expect(await w.postman.deliver(letter)).toMatchObject({ status: 204 });
    expect(w.alerts(orderNo)).toEqual(['notification that fits no order']);
    expect(await w.waiting(orderNo)).toEqual(['notice unknown']);
    await nothingIsKnownOf(orderNo);

    const [finance, colleague] = w.finance;
    const { notices } = await finance.call('GET /api/console/money-tasks');
    const ofThis = notices.filter((notice) => notice.orderNo === orderNo);
    expect(ofThis).toMatchObject([{ kind: 'payment', reason: 'unknown', amountFen: 800 }]);
    const noticeId = ofThis[0]?.id ?? '';
    const explain = (by: typeof finance, note: string) =>
      by.call('POST /api/console/payment-notices/:noticeId/resolve', {
        params: { noticeId },
        body: { note },
      });
    await explain(finance, '图书馆赔书款，已转交');
    expect(await w.waiting(orderNo)).toEqual([]);
    // Whoever lost the answer says it again; a second opinion does not replace the first.
    await explain(finance, '图书馆赔书款，已转交');
    await expect(explain(finance, '不知道')).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await expect(explain(colleague, '图书馆赔书款，已转交')).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    await w.settle();
    const { lines } = await w.auditor.call('GET /api/console/audit', {
      query: { subject: `notice:${noticeId}` },
    });
    expect(lines.map(({ verb }) => verb)).toEqual(['notice.resolve', 'notice.keep']);
  });

  it('is answered 5XX while it cannot be kept, and kept when it comes again', async () => {
    const orderNo = await orderOfAnotherSystem();
    const keep = jest.spyOn(OrphanNotifications.collection, 'insertOne');
    keep.mockRejectedValueOnce(new Error('no space left'));
    const from = w.postman.letters.length;
    await w.payAnyhow(orderNo);
    await w.called(orderNo);
    keep.mockRestore();
    expect(statuses(from)).toEqual([500]);
    expect([w.alerts(orderNo), await w.waiting(orderNo)]).toEqual([[], []]);

    await w.advance(15_000);
    await w.called(orderNo, 2);
    expect(statuses(from)).toEqual([500, 204]);
    expect(w.alerts(orderNo)).toEqual(['notification that fits no order']);
    expect(await w.waiting(orderNo)).toEqual(['notice unknown']);
    await nothingIsKnownOf(orderNo);
    await w.settle();
    const kept = await w.auditor.call('GET /api/console/audit', { query: { verb: 'notice.keep' } });
    expect(kept.lines.filter(({ facts }) => facts.outTradeNo === orderNo)).toHaveLength(1);
  });
});

/** Kept beside the orders, it has made none. */
const nothingIsKnownOf = (orderNo: string) =>
  expect(
    w.finance[0].call('GET /api/console/orders/:orderNo', { params: { orderNo } }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });

/** Somebody uses the same merchant account, with our notify_url. */
async function orderOfAnotherSystem(): Promise<string> {
  const pay = await w.world.pay.merchantGateway(w.merchant.mchid);
  const outTradeNo = w.world.ids.number();
  await pay.prepayJsapi({
    outTradeNo,
    description: '别的系统的订单',
    total: fenOf(800),
    payerOpenid: 'oAnybody',
    notifyUrl: `${w.postman.url}/callbacks/wechat-pay/${pay.mchid}/payment`,
    expiresAt: new Date(w.world.clock.now().getTime() + 15 * MINUTE),
  });
  return outTradeNo;
}

describe('10: the prepay times out', () => {
  it.each(['timeout-before-effect', 'timeout-after-effect', 'http-500'])(
    'is asked about, and sent again under the same number: %s',
    async (kind) => {
      const payer = await w.payer(session);
      const { id } = await payer.hold();
      await w.fault({ service: 'pay', operation: 'prepay', kind, delayMs: 50 });
      const parameters = await payer.begin(id);
      const orderNo = await w.lastOrderNo();
      expect(await payer.begin(id)).toMatchObject({ package: parameters?.package });
      expect(await w.lastOrderNo()).toBe(orderNo);
      await payer.cashier(parameters);
      await w.called(orderNo);
      expect(await w.truth(orderNo)).toEqual({
        ...BOOKED,
        audit: ['order.create', 'order.prepaid', 'order.paid'],
      });
    },
  );
});

describe('11: two payments for one booking', () => {
  it('keep one and give the other back', async () => {
    const { payer, id, orderNo: first } = await paying();
    await w.payAnyhow(first, { otherOpenid: 'oSomebodyElse' });
    await w.called(first);
    await byTwo(first, { kind: 'refund', reason: '付款人不符，原路退回' });
    const parameters = await payer.begin(id);
    const second = await w.lastOrderNo();
    expect(second).not.toBe(first);
    await payer.cashier(parameters);
    await w.called(second);
    await w.advance(2_000);
    await w.called(first, 2);
    expect(await w.truth(second)).toEqual({ ...BOOKED, audit: [...BEGUN, 'order.paid'] });
    expect(await w.truth(first)).toEqual({
      place: 'booked',
      payment: 'paid',
      order: 'quarantined',
      accounts: {},
      refunds: [SUCCEEDED],
      audit: [...BEGUN, 'order.quarantine', 'order.propose-refund', ...GIVEN_BACK],
      alerts: ['payment quarantined'],
      waiting: [],
    });
  });

  it('keep the first and give the late one of an order that was replaced back', async () => {
    const { payer, id, orderNo: first } = await paying();
    await w.world.pay.merchantGateway(w.merchant.mchid).then((pay) => pay.closeOrder(first));
    await payer.check(id);
    await payer.cashier(await payer.begin(id));
    const second = await w.lastOrderNo();
    await w.called(second);
    await w.payAnyhow(first);
    await w.called(first);
    await w.advance(2_000);
    await w.called(first, 2);
    expect(await w.truth(second)).toEqual({ ...BOOKED, audit: [...BEGUN, 'order.paid'] });
    expect(await w.truth(first)).toEqual({
      place: 'booked',
      payment: 'paid',
      order: 'paid',
      accounts: {},
      refunds: [SUCCEEDED],
      audit: [...BEGUN, 'order.close', 'order.paid', ...GIVEN_BACK],
      ...QUIET,
    });
  });
});

describe('12: a refund while the payment is unknown', () => {
  it('asks WeChat first: what was paid is given back', async () => {
    const { payer, id, parameters, orderNo } = await paying();
    await callback('drop', orderNo);
    await payer.cashier(parameters);
    await byTwo(orderNo, { kind: 'refund', reason: '学生申请退款', endsPlace: true });
    await w.settle();
    await w.advance(2_000);
    await w.called(orderNo, 1);
    expect(await w.truth(orderNo)).toEqual({
      place: 'cancelled',
      payment: 'paid',
      order: 'paid',
      accounts: {},
      refunds: [SUCCEEDED],
      audit: [...BEGUN, 'order.paid', 'order.propose-refund', ...GIVEN_BACK],
      ...QUIET,
    });
    expect((await payer.check(id)).place).toBe('cancelled');
  });

  it('and what was not paid is refused, with nothing written', async () => {
    const { orderNo } = await paying();
    await expect(propose(orderNo, { kind: 'refund', reason: '学生申请退款' })).rejects.toMatchObject({
      code: 'ORDER_NOT_PAID',
    });
    expect(await w.truth(orderNo)).toEqual({
      place: 'held',
      payment: 'unpaid',
      order: 'prepaid',
      accounts: {},
      refunds: [],
      audit: BEGUN,
      ...QUIET,
    });
  });

  it('and a place that is being paid at this moment is not given up', async () => {
    const { payer, id, parameters, orderNo } = await paying();
    await callback('drop', orderNo);
    await payer.cashier(parameters);
    await expect(cancel(payer, id)).rejects.toMatchObject({ code: 'ALREADY_PAID' });
    expect(await w.truth(orderNo)).toEqual({ ...BOOKED, audit: [...BEGUN, 'order.paid'] });
  });
});

describe('13: the refund times out, fails or is held back', () => {
  it.each([
    ['timeout-before-effect', ['refund.accepted']],
    // Its callback is there before anybody asks.
    ['timeout-after-effect', []],
    ['http-500', ['refund.accepted']],
    ['http-429', ['refund.accepted']],
  ])('goes on under the same number, once: %s', async (kind, learned) => {
    const { payer, id, orderNo } = await paid();
    await w.settle();
    await w.fault({ service: 'pay', operation: 'refund', kind, delayMs: 50 });
    await cancel(payer, id);
    await w.advance(MINUTE + 1_000);
    await w.settle();
    await w.advance(2_000);
    await w.called(orderNo, 2);
    expect(await w.truth(orderNo)).toEqual({
      place: 'cancelled',
      payment: 'paid',
      order: 'paid',
      accounts: {},
      refunds: [SUCCEEDED],
      audit: [...BEGUN, 'order.paid', 'refund.request', 'refund.trouble', ...learned, 'refund.succeeded'],
      ...QUIET,
    });
    const { items } = await w.control<{ items: { outTradeNo: string }[] }>(
      'GET',
      '/books/refunds?limit=10000',
    );
    expect(items.filter(({ outTradeNo }) => outTradeNo === orderNo)).toHaveLength(1);
  });
});

describe('14: the refund’s callback is quicker than its answer', () => {
  it('counts, and nothing that is over begins again', async () => {
    const { payer, id, orderNo } = await paid();
    await w.settle();
    await w.fault({ service: 'pay', operation: 'refund', kind: 'late-answer', delayMs: 4_000 });
    const cancelling = cancel(payer, id);
    let refundNo: string | undefined;
    while (!refundNo) {
      const { items } = await w.control<{ items: { outTradeNo: string; outRefundNo: string }[] }>(
        'GET',
        '/books/refunds?limit=10000',
      );
      refundNo = items.find((refund) => refund.outTradeNo === orderNo)?.outRefundNo;
    }
    await w.control('POST', `/refunds/${refundNo}/outcome`, { outcome: 'SUCCESS' });
    await w.called(orderNo, 2);
    await cancelling;
    expect(await w.truth(orderNo)).toEqual({
      place: 'cancelled',
      payment: 'paid',
      order: 'paid',
      accounts: {},
      refunds: [SUCCEEDED],
      audit: ['order.create', 'order.prepaid', 'order.paid', 'refund.request', 'refund.succeeded'],
      ...QUIET,
    });
  });
});

describe('15: bill and books differ', () => {
  it('is a typed difference on each side, never set right in silence, the same when fetched again', async () => {
    await w.control('POST', '/clock', { now: '2022-11-16T23:30:00+08:00' });
    const ours = await paid();
    const struck = await paid();
    await w.control('PUT', '/settings', { refundSettleMs: 3 * 24 * 3_600_000 });
    await cancel(ours.payer, ours.id);
    await w.control('DELETE', `/books/entries/${w.merchant.mchid}/${struck.orderNo}`);
    await w.control('POST', '/books/entries', {
      kind: 'payment',
      mchid: w.merchant.mchid,
      at: '2022-11-16T23:59:30+08:00',
      totalFen: 700,
    });
    await w.control('POST', '/clock', { now: '2022-11-17T10:30:00+08:00' });

    const [finance] = w.finance;
    const params = { merchantId: w.merchantId, day: '2022-11-16' };
    const fetched = () => finance.call('POST /api/console/merchants/:merchantId/days/:day/fetch', { params });
    const differences = async () =>
      (
        await finance.call('GET /api/console/merchants/:merchantId/days/:day/differences', { params })
      ).differences
        .map(({ type, orderNo, oursFen, theirsFen }) => ({ type, orderNo, oursFen, theirsFen }))
        .sort((a, b) => (a.type < b.type ? -1 : 1));
    await fetched();
    const found = await differences();
    expect(found).toEqual([
      { type: 'shortage', orderNo: struck.orderNo, oursFen: 3000, theirsFen: null },
      { type: 'surplus', orderNo: expect.any(String), oursFen: null, theirsFen: 700 },
    ]);
    await fetched();
    expect(await differences()).toEqual(found);
    // PROCESSING in the bill, and still so here: no difference, and nobody made it succeed.
    expect(await w.truth(ours.orderNo)).toEqual({
      place: 'cancelled',
      payment: 'paid',
      order: 'paid',
      accounts: { channel: 3000, refund_payable: -3000 },
      refunds: [{ state: 'accepted', fen: 3000 }],
      audit: [...BEGUN, 'order.paid', 'refund.request', 'refund.accepted'],
      ...QUIET,
    });
    expect(await w.truth(struck.orderNo)).toEqual({ ...BOOKED, audit: [...BEGUN, 'order.paid'] });
  });
});

const SUCCEEDED = { state: 'succeeded', fen: 3000 };
