import { createCipheriv, randomBytes, sign } from 'node:crypto';
import { type LaidStudent, laySession, layStudents, type Row, record } from '../../demo/ground';
import { DEMO_CAMPAIGN } from '../../demo/notice-2023';
import { phase } from '../../demo/seed';
import { randomIds } from '../../platform/ids';
import { type BenchGround, PLATFORM_SERIAL, seedBare } from '../ground';
import type { Shot } from '../load';
import { type Case, heldBooking, insertBookings, JSON_BODY } from './case';

/** WeChat tells of a payment: the order is paid, the place is booked. */
export const callback: Case = {
  name: 'callback',
  baseline: 'Koa route, RSA verification, GCM and one mongoose findOneAndUpdate',
  atLeast: 0.4,
  async ours(ground, requests) {
    const sessionId = await laySession(ground, { campaignId: ground.campaignId, capacity: requests });
    const students = await layStudents(ground, { campaignId: ground.campaignId, sessionId }, requests);
    const orders = students.map((student, index) => {
      const orderNo = randomIds.number();
      const booking = heldBooking(ground, sessionId, student, index + 1, orderNo);
      return { orderNo, student, booking };
    });
    for (let start = 0; start < requests; start += 1000) {
      const part = orders.slice(start, start + 1000);
      await insertBookings(
        ground,
        part.map(({ booking }) => booking),
      );
      await ground.db.collection<Row>('orders').insertMany(part.map((order) => prepaidOrder(ground, order)));
    }
    const now = await ground.stack.sandbox.now();
    return {
      expected: 204,
      shots: orders.map(({ orderNo, student }) => signedCallback(ground, now, orderNo, student.openid)),
      // A callback that fits nothing is answered 204 as well.
      async check() {
        const ids = orders.map(({ orderNo }) => orderNo);
        const paid = await ground.db
          .collection<Row>('orders')
          .countDocuments({ _id: { $in: ids }, state: 'paid' });
        if (paid !== requests) throw new Error(`${paid} of ${requests} orders were paid`);
      },
    };
  },
  async bare(ground, requests) {
    const ids = await seedBare(ground, requests);
    const now = await ground.stack.sandbox.now();
    return {
      expected: 204,
      shots: ids.map((id) => ({ ...signedCallback(ground, now, id, 'o'), path: `/verify-and-write/${id}` })),
    };
  },
};

function prepaidOrder(
  ground: BenchGround,
  {
    orderNo,
    student,
    booking,
  }: { orderNo: string; student: LaidStudent; booking: { _id: string; holdExpiresAt: Date } },
) {
  return {
    ...record(orderNo),
    schoolId: ground.schoolId,
    campaignId: ground.campaignId,
    bookingId: booking._id,
    studentId: student.id,
    mchid: ground.mchid,
    appid: ground.appid,
    payerOpenid: student.openid,
    description: '毕业生图像采集费',
    feeItems: DEMO_CAMPAIGN.feeItems,
    totalFen: 3000,
    state: 'prepaid',
    createdAt: phase('open'),
    expiresAt: booking.holdExpiresAt,
    prepayId: 'bench',
    paidAt: null,
    payerTotalFen: null,
    closedAt: null,
    quarantine: null,
    refunds: [],
    proposals: [],
    ledger: [],
    callbackIds: [],
    effects: [{ key: 'query', kind: 'query-order', dueAt: booking.holdExpiresAt, attempts: 0, payload: {} }],
  };
}

/** A payment callback as WeChat sends it: sealed with the merchant's key, signed with the platform's. */
function signedCallback(ground: BenchGround, now: Date, orderNo: string, openid: string): Shot {
  const plaintext = JSON.stringify({
    appid: ground.appid,
    mchid: ground.mchid,
    out_trade_no: orderNo,
    transaction_id: `42${orderNo.slice(0, 26)}`,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    bank_type: 'OTHERS',
    attach: '',
    success_time: now.toISOString(),
    payer: { openid },
    amount: { total: 3000, payer_total: 3000, currency: 'CNY', payer_currency: 'CNY' },
  });
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', ground.apiV3Key, nonce).setAAD(Buffer.from('transaction'));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  );
  const body = JSON.stringify({
    id: randomIds.number(),
    create_time: now.toISOString(),
    event_type: 'TRANSACTION.SUCCESS',
    resource_type: 'encrypt-resource',
    summary: '支付成功',
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext,
      associated_data: 'transaction',
      nonce,
    },
  });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = sign('RSA-SHA256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), ground.platformKey);
  return {
    path: `/callbacks/wechat-pay/${ground.mchid}/payment`,
    headers: {
      ...JSON_BODY,
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': signature.toString('base64'),
      'wechatpay-serial': PLATFORM_SERIAL,
    },
    body,
  };
}
