import { createCipheriv, randomBytes, sign } from 'node:crypto';
import { addMinutes } from '../../shared/domain/time';
import { type LaidStudent, laySession, layStudents, type Row, record } from '../demo/ground';
import { DEMO_CAMPAIGN } from '../demo/notice-2023';
import { phase } from '../demo/seed';
import { randomIds } from '../platform/ids';
import { type BenchGround, PLATFORM_SERIAL, seedBare } from './ground';
import type { Shot } from './load';

/** One comparison: our route and the bare one, prepared afresh for every round. */
export interface Case {
  name: string;
  /** What the bare route does. */
  baseline: string;
  ours(ground: BenchGround, requests: number): Promise<{ shots: Shot[]; expected: number }>;
  bare(ground: BenchGround, requests: number): Promise<{ shots: Shot[]; expected: number }>;
}

const json = { 'content-type': 'application/json' };

const hold = (sessionId: string, { token }: LaidStudent): Shot => ({
  path: '/api/me/bookings',
  headers: { ...json, authorization: `Bearer ${token}` },
  body: JSON.stringify({ sessionId }),
});

async function bareWrites(ground: BenchGround, requests: number) {
  const ids = await seedBare(ground, requests);
  const body = JSON.stringify({ sessionId: randomIds.id() });
  return { expected: 200, shots: ids.map((id): Shot => ({ path: `/write/${id}`, headers: json, body })) };
}

const SESSIONS = 20;

const holdSpread: Case = {
  name: 'hold-spread',
  baseline: 'Koa route, one mongoose findOneAndUpdate',
  async ours(ground, requests) {
    const perSession = Math.ceil(requests / SESSIONS);
    const shots: Shot[][] = [];
    for (let n = 0; n < SESSIONS; n += 1) {
      const sessionId = await laySession(ground, { campaignId: ground.campaignId, capacity: perSession * 2 });
      shots.push(
        (await layStudents(ground, { campaignId: ground.campaignId, sessionId }, perSession)).map((student) =>
          hold(sessionId, student),
        ),
      );
    }
    // In turn, as students of many groups press at once.
    const mixed = Array.from({ length: perSession }, (_, at) => shots.flatMap((of) => of[at] ?? [])).flat();
    return { shots: mixed, expected: 200 };
  },
  bare: bareWrites,
};

const soldOut: Case = {
  name: 'sold-out',
  baseline: 'Koa route, one mongoose findOne by an index',
  async ours(ground, requests) {
    const sessionId = await laySession(ground, { campaignId: ground.campaignId, capacity: 1 });
    const [winner, ...losers] = await layStudents(
      ground,
      { campaignId: ground.campaignId, sessionId },
      Math.ceil(requests / 20) + 1,
    );
    if (!winner) throw new Error('no student');
    await takeOnlySeat(ground, sessionId, winner);
    const shots = Array.from({ length: requests }, (_, n) => losers[n % losers.length]).flatMap((student) =>
      student ? [hold(sessionId, student)] : [],
    );
    return { shots, expected: 409 };
  },
  async bare(ground, requests) {
    const ids = await seedBare(ground, 1000);
    return {
      expected: 200,
      shots: Array.from(
        { length: requests },
        (_, n): Shot => ({ path: `/read/${ids[n % ids.length]}`, headers: json, body: '{}' }),
      ),
    };
  },
};

async function takeOnlySeat(ground: BenchGround, sessionId: string, student: LaidStudent): Promise<void> {
  await insertBookings(ground, [heldBooking(ground, sessionId, student, 1, null)]);
}

const insertBookings = (ground: BenchGround, bookings: ReturnType<typeof heldBooking>[]) =>
  ground.db.collection<Row>('bookings').insertMany(bookings);

function heldBooking(
  ground: BenchGround,
  sessionId: string,
  student: LaidStudent,
  seatNo: number,
  orderNo: string | null,
) {
  const holdExpiresAt = addMinutes(phase('open'), 60);
  return {
    ...record(),
    schoolId: ground.schoolId,
    campaignId: ground.campaignId,
    studentId: student.id,
    accountId: student.accountId,
    channel: 'online',
    sessionId,
    seatNo,
    active: true,
    place: 'held',
    payment: 'unpaid',
    attendance: 'expected',
    feeItems: DEMO_CAMPAIGN.feeItems,
    amountFen: 3000,
    holdExpiresAt,
    orderNo,
    orderNos: orderNo ? [orderNo] : [],
    paidOrderNo: null,
    seeOriginalId: false,
    arrival: null,
    shotAt: null,
    shotKeys: [],
    createdAt: phase('open'),
    effects: [{ key: 'release', kind: 'release-hold', dueAt: holdExpiresAt, attempts: 0, payload: {} }],
  };
}

const callback: Case = {
  name: 'callback',
  baseline: 'Koa route, RSA verification and one mongoose findOneAndUpdate',
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
      ...json,
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': signature.toString('base64'),
      'wechatpay-serial': PLATFORM_SERIAL,
    },
    body,
  };
}

export const CASES: readonly Case[] = [holdSpread, soldOut, callback];
