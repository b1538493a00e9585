import { Merchants } from '../../server/modules/campaigns/merchant-model';
import { Orders } from '../../server/modules/payments/model';
import { OrphanNotifications } from '../../server/modules/payments/orphan-model';
import { type Recovery, recoverPayments } from '../../server/modules/payments/recover-payments';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';
import { twoPeople } from '../support/two-people';

jest.setTimeout(60_000);

/** What a recovery from WeChat's records must leave alone: decisions that are people's. The rest is tests/api/recover-payments.test.ts. */

const DAY = '2022-11-15';
const NEXT_MORNING = new Date('2022-11-16T10:30:00+08:00');

let w: PaymentWorld;
let session: string;
let recovery: Recovery;
const orderNos: Record<'givenBack' | 'undecided' | 'halfLost' | 'paidAgain', string> = {
  givenBack: '',
  undecided: '',
  halfLost: '',
  paidAgain: '',
};

async function recover(): Promise<Recovery> {
  const merchant = await Merchants.findById(w.merchantId).lean();
  if (!merchant) throw new Error('no merchant');
  return recoverPayments(w.world, merchant, { from: DAY, to: DAY });
}

async function payingAs(plan: object): Promise<string> {
  const { orderNo } = await w.paying(session);
  await w.payAnyhow(orderNo, plan);
  await w.called(orderNo);
  return orderNo;
}

async function giveBack(orderNo: string): Promise<void> {
  await twoPeople(() => w).byTwo(orderNo, { kind: 'refund', reason: '付款人不符' });
  await w.advance(2_000);
  await w.called(orderNo, 2);
  await w.settle();
}

const stored = (orderNo: string) => Orders.findById(orderNo).lean();
const before: Record<string, unknown> = {};

beforeAll(async () => {
  w = await openPaymentWorld();
  session = await w.session();
  const strangers = { otherOpenid: 'oSomebodyElse' };
  orderNos.givenBack = await payingAs(strangers);
  await giveBack(orderNos.givenBack);
  orderNos.undecided = await payingAs({ wrongAmount: 2900 });
  orderNos.halfLost = await payingAs(strangers);
  const asItWas = await stored(orderNos.halfLost);
  await giveBack(orderNos.halfLost);
  // The backup is from before the refund.
  await Orders.replaceOne({ _id: orderNos.halfLost }, asItWas ?? {});
  orderNos.paidAgain = await payingAs({});
  await w.settle();
  await w.control('POST', '/books/entries', {
    kind: 'payment',
    mchid: w.merchant.mchid,
    at: `${DAY}T20:00:00+08:00`,
    totalFen: 3_000,
    outTradeNo: orderNos.paidAgain,
  });
  for (const orderNo of Object.values(orderNos)) before[orderNo] = await stored(orderNo);
  await w.control('POST', '/clock', { now: NEXT_MORNING.toISOString() });
  recovery = await recover();
});
afterAll(() => w?.close());

it('leaves money that was put aside and given back by two people as it is', async () => {
  expect(await stored(orderNos.givenBack)).toEqual(before[orderNos.givenBack]);
});

it('does not make money count that two people have yet to decide on', async () => {
  expect(await stored(orderNos.undecided)).toEqual(before[orderNos.undecided]);
});

it('finds a forgotten refund of money that was put aside, and the money still does not count', async () => {
  expect(await w.truth(orderNos.halfLost)).toMatchObject({
    order: 'quarantined',
    payment: 'unpaid',
    accounts: {},
    refunds: [{ state: 'succeeded', fen: 3000 }],
  });
});

it('lists a second payment under a number that is paid, until a person has resolved it', async () => {
  expect(recovery.unattributed).toEqual([orderNos.paidAgain]);
  const open = () =>
    OrphanNotifications.find({ resolvedAt: null }, { _id: 0, outTradeNo: 1, reason: 1, amountFen: 1 }).lean();
  const listed = [{ outTradeNo: orderNos.paidAgain, reason: 'another_transaction', amountFen: 3000 }];
  expect(await open()).toEqual(listed);
  expect((await recover()).unattributed).toEqual([orderNos.paidAgain]);
  expect(await open()).toEqual(listed);
});

it('says what it did: three orders looked at, one of which was not whole', () => {
  expect(recovery).toMatchObject({ known: 2, recovered: 1, asked: 0, waiting: [] });
});
