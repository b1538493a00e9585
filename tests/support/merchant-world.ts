import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildWorld } from '../../server/build-world';
import { startEmbeddedMongo } from '../../server/embedded-mongo/server';
import { readEnv } from '../../server/env';
import type { Merchant } from '../../server/modules/campaigns/merchant-model';
import { createMerchant } from '../../server/modules/campaigns/merchants';
import { applyRefund } from '../../server/modules/payments/apply-refund';
import { endPlace } from '../../server/modules/payments/end-place';
import { Orders } from '../../server/modules/payments/model';
import { untouched } from '../../server/modules/payments/new-order';
import { learnFromQuery } from '../../server/modules/payments/query-order';
import { requestRefund } from '../../server/modules/payments/request-refund';
import { unpayBooking } from '../../server/modules/payments/reverse-payment';
import { pollRefund, sendRefund } from '../../server/modules/payments/send-refund';
import { followClock } from '../../server/platform/clock';
import { createLog } from '../../server/platform/log';
import { connectMongo, disconnectMongo, ensureIndexes } from '../../server/platform/mongo/connect';
import { insertRecord, newRecord } from '../../server/platform/mongo/record';
import type { World } from '../../server/world';
import { fen } from '../../shared/domain/money';
import { openTestSandbox, type TestSandbox } from '../sandbox/support/sandbox';

/** One merchant with its customers: database, sandbox and the server's world in this process, without its HTTP side. */
export interface MerchantWorld {
  world: World;
  sandbox: TestSandbox;
  merchant: Merchant;
  /** "2027-03-01", "09:00:00", Asia/Shanghai */
  setClock(day: string, time: string): Promise<void>;
  /** An order of ours that WeChat knows and nobody has paid. @returns its number */
  order(totalFen?: number): Promise<string>;
  /** The customer pays; we hear of it unless told not to. */
  pay(orderNo: string, plan?: object): Promise<void>;
  hearOf(orderNo: string): Promise<void>;
  sell(totalFen?: number): Promise<string>;
  /** @returns the refund's number, accepted by WeChat */
  refund(orderNo: string): Promise<string>;
  /** As its callback tells: without the time of its acceptance. */
  hearOfRefund(orderNo: string, refundNo: string): Promise<void>;
  close(): Promise<void>;
}

const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const SCHOOL = '0'.repeat(24);

export async function openMerchantWorld(): Promise<MerchantWorld> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'merchant-'));
  const sandbox = await openTestSandbox();
  const mongoClock = await followClock(sandbox.urls.control, 'mongo');
  const mongo = await startEmbeddedMongo({ dataDir, clock: mongoClock });
  await connectMongo(mongo.uri);
  const key = () => randomBytes(32).toString('base64');
  const { world, close } = await buildWorld(
    readEnv({
      PUBLIC_URL: 'http://127.0.0.1:9',
      MONGODB_URI: mongo.uri,
      LOG_LEVEL: 'silent',
      DATA_KEYS: `k1:${key()}`,
      INDEX_KEYS: `i1:${key()}`,
      TOKEN_KEYS: `1:${key()}`,
      WECHAT_APPID: sandbox.credentials.wechat.appid,
      WECHAT_SECRET: sandbox.credentials.wechat.secret,
      WECHAT_BASE_URL: sandbox.urls.wechat,
      WECHAT_PAY_BASE_URL: sandbox.urls.pay,
      TENCENT_SECRET_ID: sandbox.credentials.tencent.secretId,
      TENCENT_SECRET_KEY: sandbox.credentials.tencent.secretKey,
      TENCENT_BASE_URL: sandbox.urls.tencent,
      SANDBOX_CONTROL_URL: sandbox.urls.control,
    }),
    createLog('silent'),
  );
  // Orders stand alone here: whether a paid one gets its place is not what these tests are about.
  world.effects.on(Orders, 'settle-booking', async () => 'done');
  world.effects.on(Orders, 'end-place', (id) => endPlace(world, id));
  world.effects.on(Orders, 'unpay-booking', (id) => unpayBooking(world, id));
  world.effects.on(Orders, 'send-refund', (id, { payload, attempts }) =>
    sendRefund(world, id, String(payload.refundNo), attempts),
  );
  world.effects.on(Orders, 'poll-refund', (id, { payload, attempts }) =>
    pollRefund(world, id, String(payload.refundNo), attempts),
  );
  await ensureIndexes();
  const { mchid, name, appid, serialNo, apiV3Key, certificate, privateKey, platform } = sandbox.merchant;
  const merchant = await createMerchant(world, 'test', {
    schoolId: SCHOOL,
    mchid,
    name,
    appid,
    serialNo,
    apiV3Key,
    certificatePem: certificate,
    privateKeyPem: privateKey,
    verificationKeys: [{ serial: platform.publicKeyId, pem: platform.publicKey }],
  });
  const control = async (method: string, where: string, body?: unknown) => {
    const answer = await sandbox.control(method, where, body);
    if (answer.status >= 400) throw new Error(`${method} ${where}: ${JSON.stringify(answer.body)}`);
  };

  const all: MerchantWorld = {
    world,
    sandbox,
    merchant,
    setClock: (day, time) =>
      control('POST', '/clock', { now: new Date(`${day}T${time}+08:00`).toISOString() }),
    async order(totalFen = 3000) {
      const pay = await world.pay.merchantGateway(mchid);
      const expiresAt = new Date(Math.ceil(world.clock.now().getTime() / 1000) * 1000 + 900_000);
      const order = await insertRecord(Orders, newOrder(world, { mchid, appid, totalFen, expiresAt }));
      await pay.prepayJsapi({
        outTradeNo: order._id,
        description: order.description,
        total: fen(totalFen),
        payerOpenid: OPENID,
        notifyUrl: 'http://127.0.0.1:9/callback',
        expiresAt,
      });
      return order._id;
    },
    pay: (orderNo, plan = {}) => control('POST', `/pay/orders/${mchid}/${orderNo}/pay`, plan),
    async hearOf(orderNo) {
      const order = await Orders.findById(orderNo).lean();
      if (!order) throw new Error(`no order ${orderNo}`);
      await learnFromQuery(world, order, await world.pay.merchantGateway(mchid));
    },
    async sell(totalFen) {
      const orderNo = await all.order(totalFen);
      await all.pay(orderNo);
      await all.hearOf(orderNo);
      return orderNo;
    },
    refund: async (orderNo) =>
      (await requestRefund(world, orderNo, { cause: 'test', reason: '未采集', by: 'test' })).refundNo,
    async hearOfRefund(orderNo, refundNo) {
      const answer = await (await world.pay.merchantGateway(mchid)).queryRefund(refundNo);
      if (answer.status === 'NOT_EXIST') throw new Error(`WeChat has no refund ${refundNo}`);
      const news = { ...answer, acceptedAt: undefined };
      await applyRefund(world, orderNo, news, { via: 'callback', eventId: refundNo, mchid });
    },
    async close() {
      await close();
      await disconnectMongo();
      await mongo.close();
      mongoClock.close();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return all;
}

function newOrder(world: World, facts: { mchid: string; appid: string; totalFen: number; expiresAt: Date }) {
  const { totalFen } = facts;
  return {
    ...newRecord(world.ids.number(), {
      id: world.ids.id(),
      at: world.clock.now(),
      actor: 'test',
      verb: 'order.create',
      facts: {},
    }),
    ...untouched(),
    ...facts,
    schoolId: SCHOOL,
    campaignId: SCHOOL,
    bookingId: world.ids.id(),
    studentId: world.ids.id(),
    payerOpenid: OPENID,
    description: '毕业生图像采集费',
    feeItems: [{ code: 'shot', name: '拍摄费', amountFen: totalFen }],
    state: 'prepaid' as const,
    createdAt: world.clock.now(),
  };
}
