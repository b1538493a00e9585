import {
  CallbackError,
  decryptResource,
  openNotification,
  verifyCallback,
} from '../../../../server/platform/wechat-pay/notification';
import { createVerificationKeys } from '../../../../server/platform/wechat-pay/verification-keys';
import {
  API_V3_KEY,
  callbackBody,
  certificateKey,
  clock,
  encrypted,
  makeSigner,
  NOW,
  PUBLIC_KEY_ID,
  paidOrder,
  publicKey,
  type SigningChoices,
  signedHeaders,
} from '../support/wechat-pay-world';

const keys = createVerificationKeys([certificateKey, publicKey]);
const payment = callbackBody('TRANSACTION.SUCCESS', paidOrder);

function open(body: string, headers: Record<string, string | string[]> = signedHeaders(body)) {
  return openNotification({ headers, rawBody: Buffer.from(body), keys, clock, apiV3Key: API_V3_KEY });
}

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CallbackError) return error.reason;
    throw error;
  }
  return 'accepted';
}

describe('a payment callback', () => {
  it('is read into our words', () => {
    expect(open(payment)).toEqual({
      kind: 'payment',
      eventId: 'EV-2018022511223320873',
      createdAt: new Date('2022-11-19T01:05:00Z'),
      transaction: {
        appid: 'wxd678efh567hg6787',
        mchid: '1900000109',
        outTradeNo: 'TC20221119a7Kp2mQ9',
        transactionId: '4200001234202211191234567890',
        state: 'SUCCESS',
        tradeType: 'JSAPI',
        bankType: 'CMB_DEBIT',
        attach: undefined,
        successTime: new Date('2022-11-19T01:04:58Z'),
        payerOpenid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
        amount: { total: 3000, payerTotal: 2800, currency: 'CNY' },
      },
    });
  });

  it('counts as paid in full when WeChat names no payer total', () => {
    const body = callbackBody('TRANSACTION.SUCCESS', { ...paidOrder, amount: { total: 3000 } });
    expect(open(body)).toMatchObject({
      transaction: { amount: { total: 3000, payerTotal: 3000, currency: 'CNY' } },
    });
  });

  it('shows a foreign currency as it is, for the caller to refuse', () => {
    const body = callbackBody('TRANSACTION.SUCCESS', {
      ...paidOrder,
      amount: { total: 3000, currency: 'USD' },
    });
    expect(open(body)).toMatchObject({ transaction: { amount: { currency: 'USD' } } });
  });

  it('is accepted when signed with the WeChat Pay public key', () => {
    expect(open(payment, signedHeaders(payment, { serial: PUBLIC_KEY_ID }))).toHaveProperty(
      'kind',
      'payment',
    );
  });

  it('may have empty associated data', () => {
    expect(open(callbackBody('TRANSACTION.SUCCESS', paidOrder, ''))).toHaveProperty('kind', 'payment');
  });
});

it('reads a refund callback, which names its status otherwise and has no appid', () => {
  const body = callbackBody('REFUND.ABNORMAL', {
    mchid: '1900000109',
    out_trade_no: 'TC20221119a7Kp2mQ9',
    transaction_id: '4200001234202211191234567890',
    out_refund_no: 'RF20221119x1',
    refund_id: '50000000382019052709732678859',
    refund_status: 'ABNORMAL',
    user_received_account: '招商银行信用卡0403',
    amount: { total: 3000, refund: 1500, payer_total: 2800, payer_refund: 1400 },
  });
  expect(open(body)).toMatchObject({
    kind: 'refund',
    refund: {
      mchid: '1900000109',
      outRefundNo: 'RF20221119x1',
      status: 'ABNORMAL',
      successTime: undefined,
      amount: { total: 3000, refund: 1500, payerRefund: 1400 },
    },
  });
});

describe('a callback is not believed', () => {
  const stranger = makeSigner('6f1b2c3d4e5f60718293a4b5c6d7e8f901234567');
  const signedBy = (choices: SigningChoices) => () => open(payment, signedHeaders(payment, choices));

  it.each<[string, string, () => unknown]>([
    ['a byte of the body was changed', 'bad_signature', () => open(payment, signedHeaders(`${payment} `))],
    [
      'another key signed under WeChat’s serial',
      'bad_signature',
      signedBy({ signer: stranger, serial: certificateKey.serial }),
    ],
    ['nobody knows the key', 'unknown_serial', signedBy({ signer: stranger })],
    ['it is 300 s old', 'stale', signedBy({ secondsLate: 300 })],
    ['it comes from 300 s ahead', 'stale', signedBy({ secondsLate: -300 })],
    [
      'it is WeChat’s probe',
      'probe',
      () => open(payment, { ...signedHeaders(payment), 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' }),
    ],
    [
      'its signature is no base64',
      'bad_signature',
      () => open(payment, { ...signedHeaders(payment), 'wechatpay-signature': '%%%' }),
    ],
    [
      'its timestamp is no number',
      'malformed',
      () => open(payment, { ...signedHeaders(payment), 'wechatpay-timestamp': '1e9' }),
    ],
    [
      'a header came twice',
      'malformed',
      () => open(payment, { ...signedHeaders(payment), 'wechatpay-nonce': ['a', 'b'] }),
    ],
    ['it has no signature', 'malformed', () => open(payment, {})],
    ['it is no JSON', 'malformed', () => open('<xml/>')],
    ['it is of an unknown kind', 'malformed', () => open(callbackBody('COUPON.USE', paidOrder))],
    [
      'its content is no paid order',
      'malformed',
      () => open(callbackBody('TRANSACTION.SUCCESS', { ...paidOrder, trade_state: 'NOTPAY' })),
    ],
    [
      'its amount is no whole number',
      'malformed',
      () => open(callbackBody('TRANSACTION.SUCCESS', { ...paidOrder, amount: { total: 30.5 } })),
    ],
  ])('when %s: %s', (_, reason, action) => {
    expect(reasonOf(action)).toBe(reason);
  });

  it('but 299 s of difference is allowed', () => {
    expect(reasonOf(signedBy({ secondsLate: 299 }))).toBe('accepted');
    expect(reasonOf(signedBy({ secondsLate: -299 }))).toBe('accepted');
  });
});

describe('an encrypted resource', () => {
  const plaintext = JSON.stringify(paidOrder);
  const resource = encrypted(plaintext, 'transaction');
  const decrypt = (changed: Partial<typeof resource>, apiV3Key = API_V3_KEY) =>
    reasonOf(() => decryptResource({ resource: { ...resource, ...changed }, apiV3Key }));

  it('opens to what was encrypted', () => {
    expect(decryptResource({ resource, apiV3Key: API_V3_KEY }).toString()).toBe(plaintext);
  });

  it('does not open when any byte of it was changed', () => {
    const bytes = Buffer.from(resource.ciphertext, 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(decrypt({ ciphertext: changed.toString('base64') })).toBe('bad_ciphertext');
    }
  });

  it('does not open with other associated data, nonce or key, nor cut short', () => {
    expect(decrypt({ associated_data: 'refund' })).toBe('bad_ciphertext');
    expect(decrypt({ associated_data: '' })).toBe('bad_ciphertext');
    expect(decrypt({ nonce: 'fdasflkja485' })).toBe('bad_ciphertext');
    expect(decrypt({}, API_V3_KEY.toLowerCase())).toBe('bad_ciphertext');
    expect(decrypt({ ciphertext: 'c2hvcnQ=' })).toBe('bad_ciphertext');
    expect(decrypt({ ciphertext: '' })).toBe('bad_ciphertext');
  });
});

it('verifies without decrypting, for whoever only counts', () => {
  const envelope = verifyCallback({
    headers: signedHeaders(payment),
    rawBody: Buffer.from(payment),
    keys,
    clock,
  });
  expect(envelope.eventType).toBe('TRANSACTION.SUCCESS');
  expect(envelope.createdAt).toEqual(NOW);
});
