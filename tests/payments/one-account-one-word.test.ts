import { randomBytes } from 'node:crypto';
import { type OtherAccount, openOtherAccount } from '../support/other-account';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

/*
 * Every school hands in the keys of its own account. What is signed with them says something about that account's money
 * and nothing about another's, whatever it claims.
 */
let w: PaymentWorld;
let session: string;
let other: OtherAccount;

beforeAll(async () => {
  w = await openPaymentWorld();
  session = await w.session();
  other = await openOtherAccount(w);
});
afterAll(() => w?.close());

const transaction = (orderNo: string, openid: string, mchid: string) => ({
  appid: w.merchant.appid,
  mchid,
  out_trade_no: orderNo,
  transaction_id: `42000${randomBytes(8).readBigUInt64BE()}`,
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  success_time: w.world.clock.now().toISOString(),
  payer: { openid },
  amount: { total: 3000, payer_total: 3000, currency: 'CNY', payer_currency: 'CNY' },
});

/** What was told is kept beside the order, with an alert; the school whose account told it has it in its list. */
const KEPT_BESIDE = { alerts: ['notification that fits no order'] };

it.each(['the order’s own account', 'the account it came by'])(
  'a payment told at another account’s door changes no order, though it names %s',
  async (named) => {
    const { orderNo, payer } = await w.paying(session);
    const before = await w.truth(orderNo);
    const mchid = named === 'the account it came by' ? other.mchid : w.merchant.mchid;
    const told = transaction(orderNo, payer.openid, mchid);
    expect(await other.tell('payment', 'TRANSACTION.SUCCESS', told)).toBe(204);
    expect(await w.truth(orderNo)).toEqual({ ...before, ...KEPT_BESIDE });
  },
);

it('a refund told at another account’s door is not believed', async () => {
  const { orderNo, payer, id } = await w.paid(session);
  await w.control('PUT', '/settings', { refundSettleMs: 24 * 3_600_000 });
  await payer.api.call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });
  const before = await w.truth(orderNo);
  expect(before.refunds).toEqual([{ state: 'accepted', fen: 3000 }]);
  const { order } = await w.finance[0].call('GET /api/console/orders/:orderNo', { params: { orderNo } });
  const told = {
    mchid: other.mchid,
    out_trade_no: orderNo,
    transaction_id: order.transactionId,
    out_refund_no: order.refunds[0]?.refundNo,
    refund_id: '50000000000000000001',
    refund_status: 'SUCCESS',
    success_time: w.world.clock.now().toISOString(),
    user_received_account: '支付用户零钱',
    amount: { total: 3000, refund: 3000, payer_total: 3000, payer_refund: 3000 },
  };
  expect(await other.tell('refund', 'REFUND.SUCCESS', told)).toBe(204);
  expect(await w.truth(orderNo)).toEqual({ ...before, ...KEPT_BESIDE });
});
