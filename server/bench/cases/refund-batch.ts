import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, createApiClient } from '../../demo/api-client';
import { layCampaign, layGround, laySession, type Row, record } from '../../demo/ground';
import { DEMO_CAMPAIGN } from '../../demo/notice-2023';
import { DEMO_PASSWORD, firstApi, phase } from '../../demo/seed';
import type { Stack } from '../../demo/stack';
import { randomIds } from '../../platform/ids';
import { watchMemory } from '../../rehearsal/watch-memory';
import { FEN, type Sale } from '../bills/sales';
import { seedOrders } from '../bills/seed-orders';

/** What the API process is told, refunds a second. */
export const CONFIGURED_RATE = 80;
/** The least part of it that is good enough. */
export const AT_LEAST = 0.9;
/** Flat: in the last third the process holds no more than this above what it held in the first. */
export const MOST_GROWTH_MB = 64;

export interface RefundBatchResult {
  name: string;
  /** Refunds that WeChat took a second, from the approval to the last one, over the configured rate. */
  ratio: number;
  baseline: string;
  unit: 'refunds/s';
  refunds: number;
  perSecond: number;
  /** Resident memory of the API process, MB: the most it held in the first and in the last third. */
  memoryMb: { first: number; last: number };
}

/**
 * A batch of so many refunds on one API process, with the database and WeChat in processes of their own. Every refund
 * is a place given up, a signed request, a ledger entry, and a callback that comes back meanwhile.
 */
export async function measureRefundBatch(
  stack: Stack,
  name: string,
  count: number,
): Promise<RefundBatchResult> {
  const ground = await layGround(stack);
  try {
    const campaignId = await layPaidPlaces(stack, ground, count);
    const [maker, checker, office] = await Promise.all(
      ['finance1', 'finance2', 'office'].map((login) => signedIn(stack, login)),
    );
    if (!maker || !checker || !office) throw new Error('nobody signed in');
    const batch = await submitBatch(office, maker, campaignId);
    const begun = performance.now();
    const { id, version } = batch;
    await checker.call('POST /api/console/refund-batches/:id/decide', {
      params: { id },
      body: { version, decision: 'approve' },
    });
    const heldMb: number[] = [];
    const pid = stack.apis[0]?.pid ?? 0;
    for (;;) {
      const watch = watchMemory(pid);
      await sleep(POLL_MS);
      heldMb.push((await watch.stop()) ?? 0);
      const { lines, stoppedBecause } = await maker.call('GET /api/console/refund-batches/:id', {
        params: { id },
      });
      if (stoppedBecause !== null) throw new Error(stoppedBecause);
      if (lines.waiting === 0) break;
    }
    const perSecond = count / ((performance.now() - begun) / 1000);
    await arrived(stack, maker, id, count);
    const third = Math.ceil(heldMb.length / 3);
    return {
      name,
      ratio: Math.round((1000 * perSecond) / CONFIGURED_RATE) / 1000,
      baseline: `the configured ${CONFIGURED_RATE} a second`,
      unit: 'refunds/s',
      refunds: count,
      perSecond: Math.round(perSecond * 10) / 10,
      memoryMb: { first: Math.max(...heldMb.slice(0, third)), last: Math.max(...heldMb.slice(-third)) },
    };
  } finally {
    await ground.close();
  }
}

const POLL_MS = 500;
const PATIENCE_POLLS = 120;

async function signedIn(stack: Stack, login: string): Promise<ApiClient> {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, DEMO_PASSWORD);
  return client;
}

async function submitBatch(office: ApiClient, maker: ApiClient, campaignId: string) {
  const params = { id: campaignId };
  const { version } = await office.call('GET /api/console/campaigns/:id', { params });
  await office.call('POST /api/console/campaigns/:id/close-collection', { params, body: { version } });
  return maker.call('POST /api/console/campaigns/:id/refund-batches', { params, body: {} });
}

/** Lets the demo clock pass until every refund has come, each once. */
async function arrived(stack: Stack, maker: ApiClient, id: string, count: number): Promise<void> {
  for (let poll = 0; poll < PATIENCE_POLLS; poll += 1) {
    const { state, lines } = await maker.call('GET /api/console/refund-batches/:id', { params: { id } });
    if (state === 'done' && lines.refunded === count) return;
    await stack.sandbox.advance(31_000);
    await sleep(POLL_MS);
  }
  throw new Error('not every refund has come');
}

interface PaidThere {
  outTradeNo: string;
  openid: string;
  payment: { transactionId: string; successMs: number };
}

/** Paid places whose students never came, on both sides' books. @returns the campaign */
async function layPaidPlaces(
  stack: Stack,
  ground: Awaited<ReturnType<typeof layGround>>,
  count: number,
): Promise<string> {
  const [merchant] = (await stack.sandbox.credentials()).merchants;
  if (!merchant) throw new Error('the sandbox has no merchant');
  const campaignId = await layCampaign(ground);
  const sessionId = await laySession(ground, { campaignId, capacity: count });
  const { ask } = stack.sandbox;
  await ask('POST', '/books/bulk', { mchid: merchant.mchid, day: '2022-11-15', count, totalFen: FEN });
  const { items } = await ask<{ items: PaidThere[] }>('GET', `/books/orders?limit=${count}`);
  const sales = items.map(saleOf);
  await seedOrders({ ...ground, campaignId }, merchant, sales);
  const bookings = ground.db.collection<Row>('bookings');
  await bookings.insertMany(sales.map((sale) => placeOf({ ...ground, campaignId, sessionId }, sale)));
  await stack.sandbox.setAvailable(merchant.mchid, count * FEN);
  await stack.sandbox.setClock(phase('closing'));
  return campaignId;
}

const saleOf = ({ outTradeNo, openid, payment }: PaidThere): Sale => ({
  orderNo: outTradeNo,
  wechatNo: payment.transactionId,
  openid,
  bookingId: randomIds.id(),
  studentId: randomIds.id(),
  attach: '',
  at: new Date(payment.successMs),
  ourFen: FEN,
});

const placeOf = (
  { schoolId, campaignId, sessionId }: { schoolId: string; campaignId: string; sessionId: string },
  { bookingId, studentId, orderNo, at }: Sale,
): Row => ({
  ...record(bookingId),
  schoolId,
  campaignId,
  studentId,
  accountId: null,
  channel: 'walk_in',
  sessionId,
  active: true,
  place: 'booked',
  payment: 'paid',
  attendance: 'expected',
  feeItems: DEMO_CAMPAIGN.feeItems,
  amountFen: FEN,
  holdExpiresAt: null,
  orderNo,
  orderNos: [orderNo],
  paidOrderNo: orderNo,
  seeOriginalId: false,
  arrival: null,
  shotAt: null,
  shotKeys: [],
  createdAt: at,
});
