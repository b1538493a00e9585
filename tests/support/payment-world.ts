import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createApp } from '../../server/app';
import { buildWorld } from '../../server/build-world';
import { type ApiClient, createApiClient } from '../../server/demo/api-client';
import { DEMO_PASSWORD, phase } from '../../server/demo/seed';
import { registerEffects } from '../../server/effects';
import { startEmbeddedMongo } from '../../server/embedded-mongo/server';
import { readEnv } from '../../server/env';
import { TRAILS } from '../../server/jobs';
import { projectTrails } from '../../server/modules/audit/project-trails';
import { followClock } from '../../server/platform/clock';
import { createLog } from '../../server/platform/log';
import { connectMongo, disconnectMongo, ensureIndexes } from '../../server/platform/mongo/connect';
import type { World } from '../../server/world';
import type { PaymentParameters } from '../../shared/contract/payments';
import {
  eventually,
  type MerchantCredentials,
  openTestSandbox,
  type TestSandbox,
} from '../sandbox/support/sandbox';
import { addPayer, addSession, type Control, layGround, type Payer } from './payment-ground';
import { openPostman, type Postman } from './postman';

/** Everything about one order that a case is about. */
export interface Truth {
  place: string;
  payment: string;
  order: string;
  /** Balances of the ledger's accounts, fen; those at zero are left out. */
  accounts: Record<string, number>;
  refunds: { state: string; fen: number }[];
  /** Verbs of the order's audit lines, in order. */
  audit: string[];
  /** What cried out to the operator about this order: log lines of level error, in order. */
  alerts: string[];
  /** Where finance's work list has it. */
  waiting: string[];
}

export interface Paying {
  payer: Payer;
  /** The booking's. */
  id: string;
  parameters: PaymentParameters | null;
  orderNo: string;
}

/** The service on its own HTTP port, the sandbox, and between them the postman: all real, in this process. */
export interface PaymentWorld {
  world: World;
  sandbox: TestSandbox;
  postman: Postman;
  /** Whatever cried out to the operator so far: log lines of level error, in order. */
  errors: readonly { msg: string; order?: string }[];
  merchant: MerchantCredentials;
  merchantId: string;
  campaignId: string;
  url: string;
  finance: readonly [ApiClient, ApiClient];
  office: ApiClient;
  auditor: ApiClient;
  operator: ApiClient;
  session(capacity?: number): Promise<string>;
  payer(sessionId: string): Promise<Payer>;
  /** A student who is about to pay for a place in a session. */
  paying(sessionId: string): Promise<Paying>;
  /** One who has paid, and whose place stands. */
  paid(sessionId: string): Promise<Paying>;
  /** Money reaches an order whatever its cashier would say: late, or not what was asked. */
  payAnyhow(orderNo: string, plan?: object): Promise<unknown>;
  control: Control;
  fault(fault: object): Promise<void>;
  advance(ms: number): Promise<void>;
  /** All that is due is done, and every trail stands in the audit log. */
  settle(): Promise<void>;
  /** Waits until WeChat's callbacks about an order have been answered (or given up), so many attempts at least. */
  called(orderNo: string, attempts?: number): Promise<void>;
  truth(orderNo: string): Promise<Truth>;
  /** Log lines of level error that name an order, in order. */
  alerts(orderNo: string): string[];
  /** The queues of finance's work list that have an order. */
  waiting(orderNo: string): Promise<string[]>;
  /** The order that WeChat heard of last; "none" before the first. */
  lastOrderNo(): Promise<string>;
  close(): Promise<void>;
}

export async function openPaymentWorld(env: Record<string, string> = {}): Promise<PaymentWorld> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'payments-'));
  const sandbox = await openTestSandbox();
  const { merchant } = sandbox;
  const control = async <T>(method: string, where: string, body?: unknown): Promise<T> => {
    const answer = await sandbox.control<T>(method, where, body);
    if (answer.status >= 400) throw new Error(`${method} ${where}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await control('POST', '/clock', { now: phase('open').toISOString(), allowBackwards: true });
  const mongoClock = await followClock(sandbox.urls.control, 'mongo');
  const mongo = await startEmbeddedMongo({ dataDir, clock: mongoClock });
  await connectMongo(mongo.uri);
  let origin = '';
  const postman = await openPostman(() => origin);
  const errors: { msg: string; order?: string }[] = [];
  const { world, close } = await buildWorld(
    settings(sandbox, { MONGODB_URI: mongo.uri, PUBLIC_URL: postman.url, ...env }),
    createLog(process.env.SHOW_LOGS ? 'warn' : 'error', {
      write(line) {
        if (process.env.SHOW_LOGS) process.stderr.write(line);
        const { level, ...error } = JSON.parse(line);
        if (level >= ERROR) errors.push(error);
      },
    }),
  );
  registerEffects(world);
  await ensureIndexes();
  const server = http
    .createServer(createApp(world, new AbortController().signal).callback())
    .listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ground = await layGround(world, merchant);

  const signedIn = async (login: string) => {
    const client = createApiClient(origin);
    await client.signIn(login, DEMO_PASSWORD);
    return client;
  };
  const [first, second, office, auditor, operator] = await Promise.all(
    ['finance1', 'finance2', 'office', 'auditor', 'operator'].map(signedIn),
  );
  if (!first || !second || !office || !auditor || !operator) throw new Error('a user is missing');
  const settle = async () => {
    while ((await world.effects.sweep()) > 0);
    await projectTrails(TRAILS, async () => undefined);
  };

  const alerts = (orderNo: string) => errors.filter(({ order }) => order === orderNo).map(({ msg }) => msg);
  const waiting = async (orderNo: string) => {
    const tasks = await first.call('GET /api/console/money-tasks');
    return [
      ...tasks.quarantined.flatMap((order) => (order.orderNo === orderNo ? ['quarantined'] : [])),
      ...tasks.proposed.flatMap((order) => (order.orderNo === orderNo ? ['proposed'] : [])),
      ...tasks.refunds.flatMap(({ order, task }) => (order.orderNo === orderNo ? [`refund ${task}`] : [])),
      ...tasks.notices.flatMap((notice) => (notice.orderNo === orderNo ? [`notice ${notice.reason}`] : [])),
    ];
  };

  const payer = (sessionId: string) => addPayer({ world, origin, control }, ground, sessionId);
  const lastOrderNo = async () => {
    const orders = await control<{ items: { outTradeNo: string; createdMs: number }[] }>(
      'GET',
      '/books/orders?limit=10000',
    );
    const [last] = orders.items.sort((a, b) => b.createdMs - a.createdMs);
    return last?.outTradeNo ?? 'none';
  };

  const paying = async (sessionId: string): Promise<Paying> => {
    const one = await payer(sessionId);
    const { id } = await one.hold();
    const parameters = await one.begin(id);
    return { payer: one, id, parameters, orderNo: await lastOrderNo() };
  };

  const called = (orderNo: string, attempts = 1) =>
    eventually(async () => {
      const { items } = await control<{ items: SentCallback[] }>('GET', '/books/callbacks?limit=10000');
      const made = items.filter(({ outTradeNo }) => outTradeNo === orderNo);
      return made.flatMap((one) => one.attempts).length >= attempts || undefined;
    });

  return {
    world,
    sandbox,
    postman,
    errors,
    merchant,
    ...ground,
    url: origin,
    finance: [first, second],
    office,
    auditor,
    operator,
    session: (capacity = 50) => addSession(world, ground, capacity),
    payer,
    paying,
    async paid(sessionId) {
      const order = await paying(sessionId);
      await order.payer.cashier(order.parameters);
      await called(order.orderNo);
      await settle();
      return order;
    },
    payAnyhow: (orderNo, plan = {}) => control('POST', `/pay/orders/${merchant.mchid}/${orderNo}/pay`, plan),
    control,
    fault: async (fault) => {
      await control('POST', '/faults', { times: 1, ...fault });
    },
    advance: async (ms) => {
      await control('POST', '/clock', { advanceMs: ms });
    },
    settle,
    async called(orderNo, attempts) {
      await called(orderNo, attempts);
    },
    async truth(orderNo) {
      await settle();
      const { order, ledger } = await first.call('GET /api/console/orders/:orderNo', { params: { orderNo } });
      const { lines } = await auditor.call('GET /api/console/bookings/:id/timeline', {
        params: { id: order.bookingId },
      });
      for (const entry of ledger) {
        if (entry.lines.reduce((sum, { fen }) => sum + fen, 0) !== 0) throw new Error(`${entry.id} is off`);
      }
      return {
        place: order.booking?.place ?? 'none',
        payment: order.booking?.payment ?? 'none',
        order: order.state,
        accounts: balances(ledger.flatMap((entry) => entry.lines)),
        refunds: order.refunds.map(({ state, amountFen }) => ({ state, fen: amountFen })),
        audit: lines.filter(({ subject }) => subject === `order:${orderNo}`).map(({ verb }) => verb),
        alerts: alerts(orderNo),
        waiting: await waiting(orderNo),
      };
    },
    alerts,
    waiting,
    lastOrderNo,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await world.effects.settle();
      await close();
      await disconnectMongo();
      await mongo.close();
      mongoClock.close();
      await postman.close();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** pino's level "error" */
const ERROR = 50;

interface SentCallback {
  outTradeNo: string;
  attempts: unknown[];
}

function settings({ urls, credentials }: TestSandbox, more: Record<string, string>) {
  const key = () => randomBytes(32).toString('base64');
  return readEnv({
    LOG_LEVEL: 'silent',
    DATA_KEYS: `k1:${key()}`,
    INDEX_KEYS: `i1:${key()}`,
    TOKEN_KEYS: `1:${key()}`,
    WECHAT_APPID: credentials.wechat.appid,
    WECHAT_SECRET: credentials.wechat.secret,
    WECHAT_BASE_URL: urls.wechat,
    WECHAT_PAY_BASE_URL: urls.pay,
    TENCENT_SECRET_ID: credentials.tencent.secretId,
    TENCENT_SECRET_KEY: credentials.tencent.secretKey,
    TENCENT_BASE_URL: urls.tencent,
    SANDBOX_CONTROL_URL: urls.control,
    ...more,
  });
}

function balances(lines: readonly { account: string; fen: number }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { account, fen } of lines) sums[account] = (sums[account] ?? 0) + fen;
  return Object.fromEntries(Object.entries(sums).filter(([, fen]) => fen !== 0));
}
