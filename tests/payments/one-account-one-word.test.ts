import { createCipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createMerchant } from '../../server/modules/campaigns/merchants';
import { createSchool } from '../../server/modules/campaigns/save-campaign';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

/*
 * Every school hands in the keys of its own account. What is signed with them says something about that account's money
 * and nothing about another's, whatever it claims.
 */
const OTHER = '1900077777';
const SERIAL = 'PUB_KEY_ID_0000000077777';
const API_V3_KEY = 'k'.repeat(32);
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

let w: PaymentWorld;
let session: string;

beforeAll(async () => {
  w = await openPaymentWorld();
  session = await w.session();
  const school = await createSchool(w.world, '另一所学校');
  await createMerchant(w.world, 'test', {
    schoolId: school._id,
    mchid: OTHER,
    name: '另一所学校',
    appid: w.merchant.appid,
    serialNo: w.merchant.serialNo,
    apiV3Key: API_V3_KEY,
    certificatePem: w.merchant.certificate,
    privateKeyPem: w.merchant.privateKey,
    verificationKeys: [{ serial: SERIAL, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() }],
  });
});
afterAll(() => w?.close());

/** A letter at the other account's door, signed and sealed with what that account's school has. */
async function deliver(kind: 'payment' | 'refund', eventType: string, plain: object): Promise<number> {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', API_V3_KEY, nonce).setAAD(Buffer.from(kind));
  const sealed = [cipher.update(JSON.stringify(plain)), cipher.final(), cipher.getAuthTag()];
  const body = Buffer.from(
    JSON.stringify({
      id: `event-${nonce}`,
      create_time: w.world.clock.now().toISOString(),
      event_type: eventType,
      resource: {
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: Buffer.concat(sealed).toString('base64'),
        associated_data: kind,
        nonce,
      },
    }),
  );
  const timestamp = String(Math.floor(w.world.clock.now().getTime() / 1000));
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
  const { status } = await w.postman.deliver({
    path: `/callbacks/wechat-pay/${OTHER}/${kind}`,
    headers: {
      'content-type': 'application/json',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': SERIAL,
      'wechatpay-signature': sign('RSA-SHA256', message, privateKey).toString('base64'),
    },
    body,
  });
  return status;
}

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
    const mchid = named === 'the account it came by' ? OTHER : w.merchant.mchid;
    const told = transaction(orderNo, payer.openid, mchid);
    expect(await deliver('payment', 'TRANSACTION.SUCCESS', told)).toBe(204);
    expect(await w.truth(orderNo)).toEqual({ ...before, ...KEPT_BESIDE });
  },
);

it('a refund told at another account’s door is not believed', async () => {
  const { orderNo, payer, id, parameters } = await w.paying(session);
  await payer.cashier(parameters);
  await w.called(orderNo);
  await w.settle();
  await w.control('PUT', '/settings', { refundSettleMs: 24 * 3_600_000 });
  await payer.api.call('POST /api/me/bookings/:id/cancel', { params: { id }, body: {} });
  const before = await w.truth(orderNo);
  expect(before.refunds).toEqual([{ state: 'accepted', fen: 3000 }]);
  const { order } = await w.finance[0].call('GET /api/console/orders/:orderNo', { params: { orderNo } });
  const told = {
    mchid: OTHER,
    out_trade_no: orderNo,
    transaction_id: order.transactionId,
    out_refund_no: order.refunds[0]?.refundNo,
    refund_id: '50000000000000000001',
    refund_status: 'SUCCESS',
    success_time: w.world.clock.now().toISOString(),
    user_received_account: '支付用户零钱',
    amount: { total: 3000, refund: 3000, payer_total: 3000, payer_refund: 3000 },
  };
  expect(await deliver('refund', 'REFUND.SUCCESS', told)).toBe(204);
  expect(await w.truth(orderNo)).toEqual({ ...before, ...KEPT_BESIDE });
});
