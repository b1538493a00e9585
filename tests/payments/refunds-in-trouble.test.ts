import { setTimeout as sleep } from 'node:timers/promises';
import { type Merchant, Merchants } from '../../server/modules/campaigns/merchant-model';
import { type Order, Orders } from '../../server/modules/payments/model';
import { insertRecord } from '../../server/platform/mongo/record';
import { onePaymentWorld } from '../support/one-payment-world';
import type { PaymentWorld } from '../support/payment-world';
import { twoPeople } from '../support/two-people';

jest.setTimeout(60_000);

const MINUTE = 60_000;
/** The keys of an account are read again after five seconds. */
const KEYS_KNOWN_MS = 5_100;

let w: PaymentWorld;
let session: string;

onePaymentWorld((opened, sessionId) => {
  w = opened;
  session = sessionId;
});

const paid = () => w.paid(session);

async function putAside(plan: object) {
  const order = await w.paying(session);
  await w.payAnyhow(order.orderNo, plan);
  await w.called(order.orderNo);
  return order;
}

const { propose, byTwo } = twoPeople(() => w);

const tasks = async (orderNo: string) => {
  const { refunds } = await w.finance[0].call('GET /api/console/money-tasks');
  return refunds.flatMap(({ order, refund, task }) =>
    order.orderNo === orderNo ? [{ task, trouble: refund.trouble }] : [],
  );
};

describe('the reason of a refund, of which WeChat takes 80 bytes', () => {
  it('is 26 Chinese characters at the most, and those arrive', async () => {
    const { orderNo } = await paid();
    await expect(propose(orderNo, { kind: 'refund', reason: '退'.repeat(27) })).rejects.toMatchObject({
      status: 400,
    });
    const { refunds } = await byTwo(orderNo, { kind: 'refund', reason: '退'.repeat(26) });
    expect(refunds).toMatchObject([{ state: 'accepted', trouble: null }]);
  });

  it('of money that is accepted goes to nobody, and may be longer', async () => {
    const { orderNo } = await putAside({ wrongAmount: 2900 });
    await expect(propose(orderNo, { kind: 'accept', reason: '收'.repeat(80) })).resolves.toMatchObject({
      proposals: [{ state: 'pending' }],
    });
  });
});

it('money whose refund WeChat closed and that two people accepted since is not given back by one of them', async () => {
  const { orderNo, payer } = await putAside({ wrongAmount: 2900 });
  await w.fault({ service: 'pay', operation: 'refund', kind: 'refund-outcome', code: 'CLOSED' });
  const { refunds } = await byTwo(orderNo, { kind: 'refund', reason: '金额不符' });
  await w.advance(2_000);
  await w.called(orderNo, 2);
  await w.settle();
  expect(await tasks(orderNo)).toMatchObject([{ task: 'closed' }]);

  await byTwo(orderNo, { kind: 'accept', reason: '学院代付差额' });
  const accepted = await w.truth(orderNo);
  expect(accepted).toMatchObject({ place: 'booked', order: 'paid', refunds: [{ state: 'closed' }] });
  expect(await tasks(orderNo)).toEqual([]);
  await w.advance(MINUTE);
  const renew = w.finance[0].call('POST /api/console/orders/:orderNo/refunds/:refundNo/renew', {
    params: { orderNo, refundNo: refunds[0]?.refundNo ?? '' },
  });
  await expect(renew).rejects.toMatchObject({ code: 'REFUND_STATE' });
  expect(await w.truth(orderNo)).toEqual(accepted);
  // To the payer it is paid, and nothing is on its way back.
  const { orders } = await payer.api.call('GET /api/me/orders');
  expect(orders).toMatchObject([{ status: 'paid', refunds: [] }]);
});

describe('a refund from an account that cannot be used', () => {
  it('of money that lies with an account that nobody here has is in the work list at once', async () => {
    const { orderNo } = await putAside({ otherMchid: '1900000999' });
    await byTwo(orderNo, { kind: 'refund', reason: '付到了另一个商户' });
    expect(await tasks(orderNo)).toEqual([{ task: 'refused', trouble: 'ACCOUNT_UNUSABLE' }]);
  });

  it('is tried again until the account’s keys are right', async () => {
    const { orderNo, payer, id } = await paid();
    const row = await Merchants.findById(w.merchantId).lean<Merchant>();
    if (!row) throw new Error('no merchant');
    await Merchants.deleteOne({ _id: w.merchantId });
    await sleep(KEYS_KNOWN_MS);
    await payer.api.call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });
    expect(await tasks(orderNo)).toEqual([{ task: 'refused', trouble: 'ACCOUNT_UNUSABLE' }]);
    await insertRecord(Merchants, row);
    await w.advance(MINUTE);
    await w.settle();
    await w.advance(2_000);
    await w.called(orderNo, 2);
    expect(await w.truth(orderNo)).toMatchObject({ accounts: {}, refunds: [{ state: 'succeeded' }] });
    expect(await tasks(orderNo)).toEqual([]);
  });
});

it('money put aside is in the work list however much of it has been given back before', async () => {
  const { orderNo } = await putAside({ wrongAmount: 2900 });
  const open = await Orders.findById(orderNo).lean<Order>();
  if (!open) throw new Error('no order');
  // Given back long ago, and first by number.
  const over = Array.from({ length: 230 }, (_, n): Order => {
    const refundNo = `over${n}`;
    return {
      ...open,
      transactionId: `over${n}`,
      _id: `0000over${String(n).padStart(4, '0')}`,
      effects: [],
      refunds: [
        {
          refundNo,
          cause: 'test',
          state: 'succeeded',
          amountFen: 2900,
          items: [],
          reason: '金额不符',
          requestedBy: 'system',
          requestedAt: open.createdAt,
          dueDay: '2022-11-18',
          refundId: null,
          acceptedAt: open.createdAt,
          succeededAt: open.createdAt,
          trouble: null,
        },
      ],
    };
  });
  await Orders.insertMany(over);
  const { quarantined } = await w.finance[0].call('GET /api/console/money-tasks');
  expect(quarantined.map((order) => order.orderNo)).toContain(orderNo);
  await Orders.deleteMany({ _id: { $in: over.map(({ _id }) => _id) } });
});
