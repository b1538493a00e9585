import type { ApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD } from '../../server/demo/seed';
import { findOrder } from '../../server/modules/payments/find-order';
import { Orders } from '../../server/modules/payments/model';
import { requestRefund, requestRefundOf } from '../../server/modules/payments/request-refund';
import { onePaymentWorld } from '../support/one-payment-world';
import type { PaymentWorld } from '../support/payment-world';
import { twoPeople } from '../support/two-people';

jest.setTimeout(60_000);

const MINUTE = 60_000;
let w: PaymentWorld;
let session: string;

onePaymentWorld((opened, sessionId) => {
  w = opened;
  session = sessionId;
});

const paying = () => w.paying(session);

const paid = () => w.paid(session);

async function quarantined(plan: object = { wrongAmount: 2900 }) {
  const order = await paying();
  await w.payAnyhow(order.orderNo, plan);
  await w.called(order.orderNo);
  return order;
}

const { propose, decide, byTwo } = twoPeople(() => w);

/** WeChat settles what it has accepted, and tells. */
async function arrive(orderNo: string, callbacks = 2) {
  await w.advance(2_000);
  await w.called(orderNo, callbacks);
}

const tasks = async (orderNo: string) => {
  await w.settle();
  const { refunds } = await w.finance[0].call('GET /api/console/money-tasks');
  return refunds.flatMap(({ order, task }) => (order.orderNo === orderNo ? [task] : []));
};

it('is of no more than what is left, and of one cause once, also where the order was read before another refund', async () => {
  const { orderNo } = await paid();
  const before = await findOrder(orderNo);
  if (!before) throw new Error('it is paid');
  const wish = (cause: string) => ({ cause, reason: '测试', by: 'test' });
  await requestRefund(w.world, orderNo, { ...wish('first'), items: ['web_page'] });
  // One partial refund a minute per order.
  await w.advance(MINUTE);
  const rest = await requestRefundOf(w.world, before, wish('second'));
  expect(rest.amountFen).toBe(1500);
  expect((await requestRefundOf(w.world, before, wish('second'))).refundNo).toBe(rest.refundNo);
  const third = requestRefundOf(w.world, before, wish('third'));
  await expect(third).rejects.toMatchObject({ code: 'NOTHING_TO_REFUND' });
});

describe('a refund by two people', () => {
  it('is of one fee item, leaves the place, and the rest follows by itself', async () => {
    const { payer, orderNo } = await paid();
    await byTwo(orderNo, { kind: 'refund', reason: '未制作网页', items: ['web_page'] });
    await arrive(orderNo);
    expect(await w.truth(orderNo)).toMatchObject({
      place: 'booked',
      payment: 'paid',
      order: 'paid',
      accounts: { channel: 1500, 'income:shooting': -1500 },
      refunds: [{ state: 'succeeded', fen: 1500 }],
    });
    // One partial refund a minute per order.
    await w.advance(MINUTE);
    await byTwo(orderNo, { kind: 'refund', reason: '不再拍摄', endsPlace: true });
    await w.settle();
    await arrive(orderNo, 3);
    expect(await w.truth(orderNo)).toMatchObject({
      place: 'cancelled',
      accounts: {},
      refunds: [
        { state: 'succeeded', fen: 1500 },
        { state: 'succeeded', fen: 1500 },
      ],
    });
    const { orders } = await payer.api.call('GET /api/me/orders');
    expect(orders[0]?.refunds.map(({ status, reason }) => ({ status, reason }))).toEqual([
      { status: 'arrived', reason: '未制作网页' },
      { status: 'arrived', reason: '不再拍摄' },
    ]);
    await expect(propose(orderNo, { kind: 'refund', reason: '再退一次' })).rejects.toMatchObject({
      code: 'NOTHING_TO_REFUND',
    });
  });

  it('needs another person; the proposer may only take it back, and one waits at a time', async () => {
    const { orderNo } = await paid();
    const { proposals } = await propose(orderNo, { kind: 'refund', reason: '重复付款' });
    const proposalId = proposals[0]?.id ?? '';
    await expect(decide(orderNo, proposalId, 'approve', w.finance[0])).rejects.toMatchObject({
      code: 'TWO_PEOPLE_NEEDED',
    });
    await expect(propose(orderNo, { kind: 'refund', reason: '又一份' }, w.office)).rejects.toMatchObject({
      code: 'PROPOSAL_PENDING',
    });
    await decide(orderNo, proposalId, 'reject', w.finance[0]);
    await expect(decide(orderNo, proposalId, 'approve')).rejects.toMatchObject({ code: 'PROPOSAL_DECIDED' });
    expect(await w.truth(orderNo)).toMatchObject({ place: 'booked', order: 'paid', refunds: [] });
  });

  it('approved twice at once moves the money once', async () => {
    const { orderNo } = await paid();
    const { proposals } = await propose(orderNo, { kind: 'refund', reason: '重复付款' }, w.office);
    const proposalId = proposals[0]?.id ?? '';
    await Promise.allSettled([
      decide(orderNo, proposalId, 'approve', w.finance[0]),
      decide(orderNo, proposalId, 'approve', w.finance[1]),
    ]);
    await arrive(orderNo);
    expect(await w.truth(orderNo)).toMatchObject({
      accounts: {},
      refunds: [{ state: 'succeeded', fen: 3000 }],
    });
  });

  it('promises a day that counts Chinese working days', async () => {
    const { orderNo } = await paid();
    const { refunds } = await byTwo(orderNo, { kind: 'refund', reason: '重复付款' });
    // Tuesday 15 November 2022 and three working days.
    expect(refunds[0]?.dueDay).toBe('2022-11-18');
  });

  it('of an item that the order does not have is refused', async () => {
    const { orderNo } = await paid();
    await expect(
      propose(orderNo, { kind: 'refund', reason: '相册', items: ['album'] }),
    ).rejects.toMatchObject({ code: 'NOT_ITEM_OF_ORDER' });
  });
});

describe('a coupon', () => {
  it('pays a part: the order is worth its price, and all of it can go back', async () => {
    const { payer, parameters, orderNo } = await paying();
    await payer.cashier(parameters, { couponFen: 500 });
    await w.called(orderNo);
    const { order } = await w.finance[0].call('GET /api/console/orders/:orderNo', { params: { orderNo } });
    expect(order).toMatchObject({ state: 'paid', totalFen: 3000, payerTotalFen: 2500, receivedFen: 3000 });
    await byTwo(orderNo, { kind: 'refund', reason: '学生取消', endsPlace: true });
    await arrive(orderNo);
    expect(await w.truth(orderNo)).toMatchObject({
      accounts: {},
      refunds: [{ state: 'succeeded', fen: 3000 }],
    });
  });
});

describe('money that was put aside', () => {
  it('is accepted by two people: it is income by fee item, and gets its place', async () => {
    const { orderNo } = await quarantined();
    const accepted = await byTwo(orderNo, { kind: 'accept', reason: '差一元，学院代付' });
    expect(accepted).toMatchObject({ state: 'paid', receivedFen: 2900, refundableFen: 2900 });
    expect(await w.truth(orderNo)).toMatchObject({
      place: 'booked',
      payment: 'paid',
      order: 'paid',
      accounts: { channel: 2900, 'income:shooting': -1500, 'income:web_page': -1400 },
      audit: ['order.create', 'order.prepaid', 'order.quarantine', 'order.propose-accept', 'order.accept'],
    });
    await byTwo(orderNo, { kind: 'refund', reason: '学生取消', endsPlace: true });
    await arrive(orderNo);
    expect(await w.truth(orderNo)).toMatchObject({
      place: 'cancelled',
      accounts: {},
      refunds: [{ state: 'succeeded', fen: 2900 }],
    });
  });

  it('is given back by two people, and its place is free again', async () => {
    const { payer, orderNo } = await quarantined();
    await w.advance(16 * MINUTE);
    // Nobody has decided yet: the place stays.
    expect(await w.truth(orderNo)).toMatchObject({ place: 'held', order: 'quarantined' });
    await byTwo(orderNo, { kind: 'refund', reason: '金额不符，原路退回' });
    await w.settle();
    await arrive(orderNo);
    expect(await w.truth(orderNo)).toMatchObject({
      place: 'released',
      payment: 'unpaid',
      order: 'quarantined',
      accounts: {},
      refunds: [{ state: 'succeeded', fen: 2900 }],
    });
    expect((await payer.hold()).place).toBe('held');
  });

  it('in another currency can only go back', async () => {
    const { orderNo } = await quarantined({ transactionCurrency: 'USD' });
    await expect(propose(orderNo, { kind: 'accept', reason: '美元' })).rejects.toMatchObject({
      code: 'CURRENCY_NOT_ACCEPTED',
    });
  });
});

const refunding = async (code: string) => {
  const { orderNo } = await paid();
  await w.fault({ service: 'pay', operation: 'refund', kind: 'refund-outcome', code });
  const { refunds } = await byTwo(orderNo, { kind: 'refund', reason: '重复付款' });
  await arrive(orderNo);
  return { orderNo, refundNo: refunds[0]?.refundNo ?? '' };
};

type RedirectBody =
  | { account: 'merchant' }
  | { account: 'payer'; bankType: string; cardNumber: string; holderName: string };

/** Says where an abnormal refund is to go. */
const redirecting =
  (params: { orderNo: string; refundNo: string }) =>
  (by: ApiClient, body: RedirectBody = { account: 'merchant' }) =>
    by.call('POST /api/console/orders/:orderNo/refunds/:refundNo/redirect', { params, body });

const cardOf = (cardNumber: string): RedirectBody => ({
  account: 'payer',
  bankType: 'ICBC_DEBIT',
  cardNumber,
  holderName: '王芳',
});

/** The first of two people's word, corrected once, and the second's. */
const SAID_BY_TWO = ['refund.ask-redirect', 'refund.ask-redirect', 'refund.redirect'];

const refundAtWeChat = async (refundNo: string) => {
  const { items } = await w.control<{ items: { outRefundNo: string; status: string }[] }>(
    'GET',
    '/books/refunds?limit=10000',
  );
  return items.find(({ outRefundNo }) => outRefundNo === refundNo)?.status;
};

describe('a refund that does not arrive', () => {
  it('ABNORMAL waits in the work list, goes to the school’s account once two people say so, and its late result is taken', async () => {
    const { orderNo, refundNo } = await refunding('ABNORMAL');
    expect(await tasks(orderNo)).toEqual(['abnormal']);
    const [first, second] = w.finance;
    const redirect = redirecting({ orderNo, refundNo });
    const asked = await redirect(first);
    expect(asked.refunds[0]).toMatchObject({
      trouble: 'ABNORMAL',
      redirect: { bankType: null, cardEnding: null, mine: true },
    });
    // The same person again is still one person, and a card is not the school's account.
    await redirect(first);
    await expect(redirect(second, cardOf('6222020200001234567'))).rejects.toMatchObject({
      code: 'CARD_DIFFERS',
    });
    expect(await tasks(orderNo)).toEqual(['abnormal']);
    expect(await refundAtWeChat(refundNo)).toBe('ABNORMAL');

    await redirect(second);
    await expect(redirect(first)).rejects.toMatchObject({ code: 'REFUND_STATE' });
    expect(await tasks(orderNo)).toEqual([]);
    await arrive(orderNo, 3);
    const end = await w.truth(orderNo);
    expect(end).toMatchObject({ accounts: {}, refunds: [{ state: 'succeeded', fen: 3000 }] });
    expect(end.audit.filter((verb) => verb.endsWith('redirect'))).toEqual(SAID_BY_TWO);
  });

  it.each([
    ['timeout-before-effect', ['abnormal'], 'abnormal'],
    ['timeout-after-effect', [], 'succeeded'],
  ])('ABNORMAL whose redirection gets no answer is asked about: %s', async (kind, waits, state) => {
    const { orderNo, refundNo } = await refunding('ABNORMAL');
    const redirect = redirecting({ orderNo, refundNo });
    const [first, second] = w.finance;
    await redirect(first);
    await w.fault({ service: 'pay', operation: 'abnormal-refund', kind, delayMs: 50 });
    await expect(redirect(second)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await tasks(orderNo)).toEqual([]);
    await w.advance(MINUTE + 1_000);
    await w.settle();
    await w.advance(2_000);
    expect(await w.truth(orderNo)).toMatchObject({ refunds: [{ state }] });
    expect(await tasks(orderNo)).toEqual(waits);
  });

  it('ABNORMAL goes to another card only once two people have entered the same one', async () => {
    const { orderNo, refundNo } = await refunding('ABNORMAL');
    await tasks(orderNo);
    const redirect = redirecting({ orderNo, refundNo });
    const enter = (by: ApiClient, cardNumber = '6222020200001234567') => redirect(by, cardOf(cardNumber));
    const [first, second] = w.finance;
    const asked = await enter(first);
    expect(asked.refunds[0]).toMatchObject({
      trouble: 'ABNORMAL',
      redirect: { bankType: 'ICBC_DEBIT', cardEnding: '4567', mine: true },
    });
    // The same person again is still one person.
    await enter(first);
    expect(await tasks(orderNo)).toEqual(['abnormal']);
    await expect(enter(second, '6222020200007654321')).rejects.toMatchObject({ code: 'CARD_DIFFERS' });
    const { refunds } = await enter(second);
    expect(refunds[0]).toMatchObject({ trouble: 'REDIRECTED', redirect: null });
    await arrive(orderNo, 3);
    const end = await w.truth(orderNo);
    expect(end).toMatchObject({ accounts: {}, refunds: [{ state: 'succeeded', fen: 3000 }] });
    expect(end.audit.filter((verb) => verb.endsWith('redirect'))).toEqual(SAID_BY_TWO);
    expect(JSON.stringify(await Orders.findById(orderNo).lean())).not.toContain('622202020000');
  });

  it('ABNORMAL that was seen to on WeChat’s own pages is found by asking, though its callback is lost', async () => {
    const { orderNo, refundNo } = await refunding('ABNORMAL');
    expect(await tasks(orderNo)).toEqual(['abnormal']);
    await w.fault({ service: 'callback', operation: 'refund', kind: 'drop' });
    await w.control('POST', `/refunds/${refundNo}/outcome`, { outcome: 'SUCCESS' });
    await w.settle();
    expect(await tasks(orderNo)).toEqual(['abnormal']);
    await w.advance(6 * 60 * MINUTE);
    expect(await w.truth(orderNo)).toMatchObject({ accounts: {}, refunds: [{ state: 'succeeded' }] });
    expect(await tasks(orderNo)).toEqual([]);
  });

  it('CLOSED and then wanted anew by another cause waits for nobody', async () => {
    const { orderNo, payer, id } = await paid();
    await w.fault({ service: 'pay', operation: 'refund', kind: 'refund-outcome', code: 'CLOSED' });
    await byTwo(orderNo, { kind: 'refund', reason: '未制作网页', items: ['web_page'] });
    await arrive(orderNo);
    expect(await tasks(orderNo)).toEqual(['closed']);
    await w.advance(MINUTE);
    await payer.api.call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });
    expect(await tasks(orderNo)).toEqual([]);
    await arrive(orderNo, 3);
    expect(await w.truth(orderNo)).toMatchObject({
      place: 'cancelled',
      accounts: {},
      refunds: [
        { state: 'closed', fen: 1500 },
        { state: 'succeeded', fen: 3000 },
      ],
      waiting: [],
    });
    // To the payer it is one refund.
    const { orders } = await payer.api.call('GET /api/me/orders');
    expect(orders).toMatchObject([{ refunds: [{ amountFen: 3000, status: 'arrived' }] }]);
  });

  it('CLOSED twice waits once', async () => {
    const { orderNo, refundNo } = await refunding('CLOSED');
    await w.advance(MINUTE);
    await w.fault({ service: 'pay', operation: 'refund', kind: 'refund-outcome', code: 'CLOSED' });
    await w.finance[1].call('POST /api/console/orders/:orderNo/refunds/:refundNo/renew', {
      params: { orderNo, refundNo },
    });
    await arrive(orderNo, 3);
    expect(await tasks(orderNo)).toEqual(['closed']);
    expect(await w.truth(orderNo)).toMatchObject({
      accounts: { channel: 3000 },
      refunds: [{ state: 'closed' }, { state: 'closed' }],
      waiting: ['refund closed'],
    });
  });

  it('CLOSED waits in the work list, and goes on under a new number, once', async () => {
    const { orderNo, refundNo } = await refunding('CLOSED');
    expect(await tasks(orderNo)).toEqual(['closed']);
    expect(await w.truth(orderNo)).toMatchObject({
      accounts: { channel: 3000 },
      refunds: [{ state: 'closed' }],
    });
    await w.advance(MINUTE);
    const renew = () =>
      w.finance[1].call('POST /api/console/orders/:orderNo/refunds/:refundNo/renew', {
        params: { orderNo, refundNo },
      });
    await Promise.all([renew(), renew()]);
    expect(await tasks(orderNo)).toEqual([]);
    await arrive(orderNo, 3);
    expect(await w.truth(orderNo)).toMatchObject({
      accounts: {},
      refunds: [
        { state: 'closed', fen: 3000 },
        { state: 'succeeded', fen: 3000 },
      ],
    });
  });

  it('that WeChat refuses is shown with its code, and goes on being tried', async () => {
    const { orderNo } = await paid();
    await w.fault({ service: 'pay', operation: 'refund', kind: 'error', code: 'NOT_ENOUGH', status: 403 });
    const { refunds } = await byTwo(orderNo, { kind: 'refund', reason: '重复付款' });
    expect(refunds).toMatchObject([{ state: 'requested', trouble: 'NOT_ENOUGH' }]);
    expect(await tasks(orderNo)).toEqual(['refused']);
    await w.advance(MINUTE);
    await w.settle();
    await arrive(orderNo);
    expect(await w.truth(orderNo)).toMatchObject({ accounts: {}, refunds: [{ state: 'succeeded' }] });
  });

  it('whose callback is lost is found by asking after a minute', async () => {
    const { orderNo } = await paid();
    await w.fault({ service: 'callback', operation: 'refund', kind: 'drop' });
    await byTwo(orderNo, { kind: 'refund', reason: '重复付款' });
    await w.advance(2_000);
    expect(await w.truth(orderNo)).toMatchObject({ refunds: [{ state: 'accepted' }] });
    await w.advance(MINUTE);
    expect(await w.truth(orderNo)).toMatchObject({ accounts: {}, refunds: [{ state: 'succeeded' }] });
  });
});

describe('the promised day', () => {
  const promises = (show: 'overdue' | 'due_soon' | 'processing' | 'arrived') =>
    w.finance[0].call('GET /api/console/campaigns/:id/refund-promises', {
      params: { id: w.campaignId },
      query: { show, limit: 500 },
    });
  /** Where the order's refund stands, and whether the counter of that list counts it. */
  const standing = async (orderNo: string) => {
    for (const show of ['overdue', 'due_soon', 'processing', 'arrived'] as const) {
      const { lines, totals } = await promises(show);
      const line = lines.find((one) => one.orderNo === orderNo);
      if (!line) continue;
      expect(totals.find(({ promise }) => promise === show)?.refunds).toBe(lines.length);
      return { show, dueDay: line.dueDay };
    }
    return null;
  };
  const until = async (now: string) => {
    await w.control('POST', '/clock', { now });
    await w.finance[0].signIn('finance1', DEMO_PASSWORD);
  };

  it('is counted in working days, alerted the working day before, late from the day after', async () => {
    await w.control('PUT', '/settings', { refundSettleMs: 9 * 24 * 3_600_000 });
    const { orderNo } = await paid();
    await byTwo(orderNo, { kind: 'refund', reason: '重复付款' });
    const dueDay = '2022-11-18';
    expect(await standing(orderNo)).toEqual({ show: 'processing', dueDay });
    await until('2022-11-17T09:00:00+08:00');
    expect(await standing(orderNo)).toEqual({ show: 'due_soon', dueDay });
    expect(await tasks(orderNo)).toEqual([]);
    await until('2022-11-19T08:00:00+08:00');
    expect(await standing(orderNo)).toEqual({ show: 'overdue', dueDay });
    expect(await tasks(orderNo)).toEqual(['late']);
    await until('2022-11-25T08:00:00+08:00');
    await w.called(orderNo, 2);
    await w.settle();
    expect(await standing(orderNo)).toEqual({ show: 'arrived', dueDay });
  });

  it('comes page by page without losing or repeating a refund', async () => {
    const { lines } = await promises('arrived');
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await w.finance[0].call('GET /api/console/campaigns/:id/refund-promises', {
        params: { id: w.campaignId },
        query: { show: 'arrived', limit: 2, ...(after ? { after } : {}) },
      });
      seen.push(...page.lines.map(({ refundNo }) => refundNo));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual(lines.map(({ refundNo }) => refundNo));
    expect(seen.length).toBeGreaterThan(2);
  });
});
