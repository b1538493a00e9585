import { prove } from '../../server/checker/prove';
import { Orders } from '../../server/modules/payments/model';
import type { BillDayView, DifferenceView } from '../../shared/contract/reconciliation';
import { addDays, shanghaiDay } from '../../shared/domain/time';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

/** One merchant's day with every kind of difference that people must decide about, through the service's own door. */

let w: PaymentWorld;
let day: string;
let session: string;
const sold: { bookingId: string; studentId: string; orderNo: string }[] = [];

const maker = () => w.finance[0];
const checker = () => w.finance[1];
const days = () => ({ merchantId: w.merchantId, day });

beforeAll(async () => {
  w = await openPaymentWorld();
  day = shanghaiDay(w.world.clock.now());
  session = await w.session();
  for (let n = 0; n < 5; n += 1) sold.push(await sell());
  for (const { orderNo } of sold) await w.called(orderNo);
  await w.settle();
});
afterAll(() => w?.close());

async function sell() {
  const payer = await w.payer(session);
  const { id } = await payer.hold();
  const parameters = await payer.begin(id);
  const orderNo = await w.lastOrderNo();
  await payer.cashier(parameters);
  const { order } = await maker().call('GET /api/console/orders/:orderNo', { params: { orderNo } });
  const found = await w.control<{ items: { attach?: string; outTradeNo: string }[] }>(
    'GET',
    '/books/orders?limit=1000',
  );
  const attach = found.items.find(({ outTradeNo }) => outTradeNo === orderNo)?.attach ?? '';
  return { bookingId: order.bookingId, studentId: attach.split('.')[1] ?? '', orderNo };
}

const at = (time: string) => `${day}T${time}+08:00`;
const plant = (facts: object) =>
  w.control<{ outTradeNo: string }>('POST', '/books/entries', { mchid: w.merchant.mchid, ...facts });
const strikeOut = (orderNo: string) => w.control('DELETE', `/books/entries/${w.merchant.mchid}/${orderNo}`);
const nextMorning = (time = '10:30:00') =>
  w.control('POST', '/clock', { now: `${addDays(day, 1)}T${time}+08:00` });

const fetchDay = (date = day): Promise<BillDayView> =>
  maker().call('POST /api/console/merchants/:merchantId/days/:day/fetch', {
    params: { merchantId: w.merchantId, day: date },
  });
const theDay = async (): Promise<BillDayView> => {
  const { days: found } = await maker().call('GET /api/console/merchants/:merchantId/days', {
    params: { merchantId: w.merchantId },
    query: { from: day, to: day },
  });
  const [one] = found;
  if (!one) throw new Error('no such day');
  return one;
};
const all = async (): Promise<DifferenceView[]> =>
  (await maker().call('GET /api/console/merchants/:merchantId/days/:day/differences', { params: days() }))
    .differences;
const about = async (orderNo: string, status?: DifferenceView['status']): Promise<DifferenceView> => {
  const found = (await all()).find((one) => one.orderNo === orderNo && (!status || one.status === status));
  if (!found) throw new Error(`no difference about ${orderNo}`);
  return found;
};
const file = (id: string, by = maker()) => by.call('GET /api/console/differences/:id', { params: { id } });

const propose = (
  { id, version }: DifferenceView,
  repair: 'record' | 'refund' | 'suspend' | 'reverse',
  by = maker(),
) =>
  by.call('POST /api/console/differences/:id/propose', {
    params: { id },
    body: { version, repair, note: '已电话核实', evidence: '微信工单 8821' },
  });
const decide = (
  { id, version }: DifferenceView,
  decision: 'approve' | 'reject' = 'approve',
  by = checker(),
  note?: string,
) =>
  by.call('POST /api/console/differences/:id/decide', {
    params: { id },
    body: { version, decision, ...(note && { note }) },
  });
const signOff = (version: number, by = maker(), kind: 'close' | 'reopen' = 'close', note = '账已对平') =>
  by.call('POST /api/console/merchants/:merchantId/days/:day/sign-off', {
    params: days(),
    body: { kind, version, note },
  });
const decideSignOff = (version: number, by = checker(), decision: 'approve' | 'reject' = 'approve') =>
  by.call('POST /api/console/merchants/:merchantId/days/:day/sign-off/decide', {
    params: days(),
    body: { version, decision },
  });

let surplus: string;
let duplicate: string;
let unheard: string;
let amount: string;

describe('a day with a difference of every kind', () => {
  it('lists them by type, with what is unexplained', async () => {
    const [, missing, twice] = sold;
    if (!missing || !twice) throw new Error('nobody bought');
    await w.fault({ service: 'callback', operation: 'transaction', kind: 'drop' });
    unheard = (await sell()).orderNo;
    const payer = await w.payer(session);
    await payer.begin((await payer.hold()).id);
    amount = await w.lastOrderNo();
    await w.control('POST', `/pay/orders/${w.merchant.mchid}/${amount}/pay`, { wrongAmount: 1000 });
    await w.called(amount);
    surplus = (await plant({ kind: 'payment', at: at('15:00:00'), totalFen: 4500 })).outTradeNo;
    duplicate = (
      await plant({
        kind: 'payment',
        at: at('15:10:00'),
        totalFen: 3000,
        attach: `${twice.bookingId}.${twice.studentId}`,
      })
    ).outTradeNo;
    await strikeOut(missing.orderNo);
    await plant({
      kind: 'fund-flow',
      at: at('16:00:00'),
      type: '充值',
      direction: '收入',
      amountFen: 50_000,
    });

    await nextMorning();
    expect(await fetchDay()).toMatchObject({ state: 'differences', differences: 6, unexplainedFen: 65_500 });
    expect((await all()).map(({ type, orderNo }) => [type, orderNo]).sort()).toEqual(
      [
        ['surplus', surplus],
        ['duplicate_payment', duplicate],
        ['shortage', missing.orderNo],
        ['status', unheard],
        ['amount', amount],
        ['unknown_flow', null],
      ].sort(),
    );
  });

  it('cannot be closed while one of them is open', async () => {
    await expect(signOff((await theDay()).version)).rejects.toMatchObject({
      code: 'DAY_HAS_DIFFERENCES',
      details: { count: 6 },
    });
  });
});

describe('who looks after a difference', () => {
  it('takes it into hand, and lets go of it', async () => {
    const difference = await about(surplus);
    const { id, version } = difference;
    const mine = await maker().call('POST /api/console/differences/:id/own', {
      params: { id },
      body: { version, mine: true },
    });
    expect(mine.owner).toMatchObject({ mine: true });
    expect((await file(id, checker())).difference.owner).toMatchObject({ mine: false });
    const free = await checker().call('POST /api/console/differences/:id/own', {
      params: { id },
      body: { version: mine.version, mine: false },
    });
    expect(free.owner).toBeNull();
  });

  it('is nobody of another school, nor the office', async () => {
    const { id } = await about(surplus);
    await expect(file(id, w.office)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(
      w.auditor.call('POST /api/console/differences/:id/propose', {
        params: { id },
        body: { version: 1, repair: 'suspend', note: '看看' },
      }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('a payment that we did not hear of (补单)', () => {
  it('is recorded as WeChat has it, and its student is booked', async () => {
    const before = await maker().call('GET /api/console/orders/:orderNo', { params: { orderNo: unheard } });
    expect(before.order.state).toBe('prepaid');
    await decide(await propose(await about(unheard), 'record'));
    expect(await about(unheard)).toMatchObject({ status: 'settled' });
    expect(await w.truth(unheard)).toMatchObject({
      order: 'paid',
      accounts: { channel: 3000, 'income:web_page': -1500 },
    });
  });
});

describe('money that only WeChat has (长款)', () => {
  it('is shown what each repair would do before anything is done', async () => {
    const { repairs } = await file((await about(surplus)).id);
    expect(repairs.map(({ repair, refused }) => [repair, refused === null])).toEqual([
      ['record', false],
      ['refund', true],
      ['suspend', true],
      ['reverse', false],
    ]);
    expect(repairs.find(({ repair }) => repair === 'refund')?.entries).toEqual([
      { account: 'channel', name: '微信账户', fen: 4500 },
      { account: 'refund_payable', name: '应退款', fen: -4500 },
    ]);
  });

  it('goes back by the word of two people, once', async () => {
    const proposed = await propose(await about(surplus), 'refund');
    expect(proposed).toMatchObject({ status: 'to_review', proposal: { repair: 'refund', mine: true } });
    await expect(decide(proposed, 'approve', maker())).rejects.toMatchObject({ code: 'TWO_PEOPLE_NEEDED' });
    const settled = await decide(proposed);
    expect(settled).toMatchObject({
      status: 'settled',
      resolution: { repair: 'refund', note: '已电话核实', evidence: '微信工单 8821' },
    });
    await expect(decide(proposed)).rejects.toMatchObject({ code: 'DIFFERENCE_STATE' });
    await w.settle();
    await w.advance(60_000);
    const { items } = await w.control<{ items: { outTradeNo: string; refundFen: number }[] }>(
      'GET',
      '/books/refunds?limit=100',
    );
    expect(items.filter(({ outTradeNo }) => outTradeNo === surplus)).toMatchObject([{ refundFen: 4500 }]);
    const { ledger } = await maker().call('GET /api/console/orders/:orderNo', {
      params: { orderNo: surplus },
    });
    expect(ledger.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['quarantined', 'refund-requested']),
    );
    expect((await theDay()).differences).toBe(4);
  });

  it('is on both sides now: matching again leaves it settled', async () => {
    await fetchDay();
    expect(await about(surplus)).toMatchObject({ status: 'settled' });
    const { ours, theirs } = await theDay();
    expect(theirs).toMatchObject({ payments: 8 });
    // Only the one paid twice is still missing here, and the one that WeChat does not have is ours alone.
    expect(ours.payments).toBe(8);
  });
});

describe('a second payment for a booking that is paid (重复支付)', () => {
  it('is brought in under its booking and goes back, and the place stays', async () => {
    await decide(await propose(await about(duplicate), 'refund'));
    expect(await w.truth(duplicate)).toMatchObject({
      order: 'paid',
      place: 'booked',
      refunds: [{ fen: 3000 }],
    });
    const { resolution } = await about(duplicate);
    expect(resolution).toMatchObject({ repair: 'refund', result: '30.00 元已申请原路退款' });
  });
});

describe('an amount that does not fit (金额不符)', () => {
  it('is refused with a word, and then given back', async () => {
    const proposed = await propose(await about(amount), 'record');
    const refused = await decide(proposed, 'reject', checker(), '少付了，应退回');
    expect(refused).toMatchObject({
      status: 'open',
      proposal: null,
      trouble: expect.stringContaining('少付了'),
    });
    await decide(await propose(refused, 'refund'));
    expect(await w.truth(amount)).toMatchObject({ order: 'quarantined', refunds: [{ fen: 1000 }] });
  });
});

describe('money that only we have (短款)', () => {
  const lost = () => sold[1]?.orderNo ?? '';

  it('has nothing to be given back', async () => {
    await expect(propose(await about(lost()), 'refund')).rejects.toMatchObject({
      code: 'REPAIR_NOT_POSSIBLE',
      details: { reason: '微信没有收到这笔款，没有钱可退' },
    });
  });

  it('is taken back by an entry against the entry, and the student owes it, with the place kept', async () => {
    await decide(await propose(await about(lost()), 'reverse'));
    expect(await w.truth(lost())).toMatchObject({
      order: 'closed',
      place: 'booked',
      payment: 'owed',
      accounts: {},
    });
  });
});

describe('what no trade explains', () => {
  it('can only be put down with its reason (挂账)', async () => {
    const flow = (await all()).find(({ type }) => type === 'unknown_flow');
    if (!flow) throw new Error('no such difference');
    expect((await file(flow.id)).repairs.filter(({ refused }) => refused === null)).toMatchObject([
      { repair: 'suspend', entries: [] },
    ]);
    const settled = await decide(await propose(flow, 'suspend'));
    expect(settled).toMatchObject({ status: 'settled', resolution: { result: '已登记挂账' } });
    const { history, names } = await file(flow.id);
    expect(history.map(({ verb }) => verb)).toEqual([
      'difference.find',
      'difference.propose',
      'difference.approve',
      'difference.settle',
    ]);
    expect(Object.keys(names)).toHaveLength(2);
  });

  it('is open again when something has turned up', async () => {
    const flow = (await all()).find(({ type }) => type === 'unknown_flow');
    if (!flow) throw new Error('no such difference');
    const reopened = await maker().call('POST /api/console/differences/:id/reopen', {
      params: { id: flow.id },
      body: { version: flow.version, note: '银行回单对不上' },
    });
    expect(reopened).toMatchObject({ status: 'open', resolution: null });
    expect(await theDay()).toMatchObject({ state: 'differences', differences: 1, unexplainedFen: 50_000 });
    await decide(await propose(reopened, 'suspend'));
  });
});

describe('two people on one difference', () => {
  let spare: string;

  it('who propose at once: one does, the other is told', async () => {
    spare = (await plant({ kind: 'payment', at: at('17:00:00'), totalFen: 700 })).outTradeNo;
    await fetchDay();
    const seen = await about(spare);
    const tried = await Promise.allSettled([
      propose(seen, 'refund', maker()),
      propose(seen, 'suspend', checker()),
    ]);
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(tried.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: expect.stringMatching(/^(CHANGED_MEANWHILE|DIFFERENCE_STATE)$/) },
    });
  });

  it('who agree and refuse at once: one word counts, and the money follows it', async () => {
    const seen = await about(spare);
    const [proposer, other] = seen.proposal?.mine ? [maker(), checker()] : [checker(), maker()];
    const tried = await Promise.allSettled([
      decide(seen, 'approve', other),
      decide(seen, 'reject', proposer),
    ]);
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const after = await about(spare);
    const { orders } = await maker().call('GET /api/console/orders', { query: { q: spare } });
    expect(orders).toHaveLength(after.status === 'settled' ? 1 : 0);
    if (after.status === 'open') await decide(await propose(after, 'suspend'));
  });
});

describe('WeChat out of reach', () => {
  it('delays a repair, which goes on by itself', async () => {
    const late = (await plant({ kind: 'payment', at: at('18:00:00'), totalFen: 900 })).outTradeNo;
    await fetchDay();
    const proposed = await propose(await about(late), 'suspend');
    // The second person's look at it gets through, the repair itself does not.
    await w.control('POST', '/faults', { service: 'pay', operation: 'query', kind: 'http-500', times: 50 });
    await expect(decide(proposed)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await about(late)).toMatchObject({ status: 'to_review' });
    await w.control('DELETE', '/faults');
    await decide(await about(late));
    expect(await about(late)).toMatchObject({ status: 'settled' });
  });
});

describe('closing the day', () => {
  it('takes two people, and says 0.00 unexplained', async () => {
    await w.settle();
    const asked = await signOff((await theDay()).version);
    expect(asked).toMatchObject({
      state: 'to_review',
      unexplainedFen: 0,
      signOff: { kind: 'close', mine: true },
    });
    await expect(decideSignOff(asked.version, maker())).rejects.toMatchObject({ code: 'TWO_PEOPLE_NEEDED' });
    const closed = await decideSignOff(asked.version);
    expect(closed).toMatchObject({ state: 'closed', differences: 0, signOff: null, closed: {} });
    await expect(decideSignOff(closed.version)).rejects.toMatchObject({ code: 'SIGN_OFF_STATE' });
  });

  it('leaves nothing that the independent proof cannot explain, but for the top-up that was put down', async () => {
    const { MONGODB_URI: mongodbUri } = w.world.env;
    const { problems } = await prove({ mongodbUri, sandboxControlUrl: w.sandbox.urls.control });
    expect(problems.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('充值')]);
  });

  it('keeps another file out', async () => {
    const before = await theDay();
    expect(await fetchDay()).toEqual(before);
    await plant({ kind: 'payment', at: at('19:00:00'), totalFen: 100 });
    await expect(fetchDay()).rejects.toMatchObject({ code: 'DAY_CLOSED' });
    expect(await theDay()).toEqual(before);
  });

  it('keeps what was settled from being opened again', async () => {
    const { id, version } = await about(surplus);
    await expect(
      maker().call('POST /api/console/differences/:id/reopen', {
        params: { id },
        body: { version, note: '再看看' },
      }),
    ).rejects.toMatchObject({ code: 'DAY_CLOSED' });
  });

  it('is undone by two people with a reason, and then another file is let in', async () => {
    const asked = await signOff((await theDay()).version, maker(), 'reopen', '微信补发了账单');
    expect(asked).toMatchObject({ state: 'closed', signOff: { kind: 'reopen', note: '微信补发了账单' } });
    await expect(decideSignOff(asked.version, maker())).rejects.toMatchObject({ code: 'TWO_PEOPLE_NEEDED' });
    expect(await decideSignOff(asked.version)).toMatchObject({ state: 'matched', closed: null });
    expect(await fetchDay()).toMatchObject({ state: 'differences', differences: 1, unexplainedFen: 100 });
    const last = (await all()).find(({ status }) => status === 'open');
    if (!last) throw new Error('no difference');
    await decide(await propose(last, 'suspend'));
  });

  it('is refused when something has changed since it was asked for', async () => {
    const asked = await signOff((await theDay()).version);
    await Orders.updateOne({ _id: sold[0]?.orderNo ?? '' }, { $set: { totalFen: 2900 } });
    await expect(decideSignOff(asked.version)).rejects.toMatchObject({ code: 'DAY_HAS_DIFFERENCES' });
    expect(await theDay()).toMatchObject({ signOff: { kind: 'close' } });
  });
});
