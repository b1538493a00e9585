import { randomUUID } from 'node:crypto';
import { fen } from '../../shared/domain/money';
import { notifyUrl } from '../modules/payments/notify-url';
import { type ApiClient, createApiClient } from './api-client';
import { bookedStudent, studentPhone } from './booked-student';
import { eventually } from './eventually';
import { DEMO_PASSWORD, type Demo, firstApi } from './seed';
import type { Stack } from './stack';
import { withWorld } from './with-world';

/** Whose money waits for a person after `layMoneyScene`, by student number. */
export interface MoneyScene {
  /** finance1 has asked for the refund. */
  asked: string;
  /** WeChat cannot deliver the refund. */
  abnormal: string;
  /** WeChat gave the refund up. */
  closed: string;
  /** 29 yuan came instead of 30. */
  quarantined: string;
  /** Booked and paid, nothing else. */
  booked: string;
  /** The number of an order that is not ours, of which WeChat told us. */
  strange: string;
}

/** One order in each list of the money page, over HTTP as students and finance would. @param stack with booking open */
export async function layMoneyScene(stack: Stack, demo: Demo): Promise<MoneyScene> {
  const [maker, checker] = await Promise.all(['finance1', 'finance2'].map((login) => signedIn(stack, login)));
  const [asked, abnormal, closed, quarantined, booked] = demo.students;
  if (!maker || !checker || !asked || !abnormal || !closed || !quarantined || !booked) {
    throw new Error('the scene needs 5 students');
  }
  const refund = async (index: number, outcome: string) => {
    const orderNo = await paidOrder(stack, demo, index);
    await stack.sandbox.plantFault({
      service: 'pay',
      operation: 'refund',
      kind: 'refund-outcome',
      code: outcome,
      times: 1,
    });
    const proposed = await propose(maker, orderNo);
    await checker.call('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
      params: { orderNo, proposalId: proposed.proposals.at(-1)?.id ?? '' },
      body: { decision: 'approve' },
    });
    await eventually(`the refund ends as ${outcome}`, async () => {
      await stack.sandbox.advance(2_000);
      const { refunds } = await maker.call('GET /api/console/money-tasks');
      return refunds.find(({ order }) => order.orderNo === orderNo) ?? null;
    });
  };
  await refund(1, 'ABNORMAL');
  await refund(2, 'CLOSED');
  await propose(maker, await paidOrder(stack, demo, 0));
  await payTooLittle(stack, demo, 3);
  await bookedStudent(stack, demo, 4);
  const strange = await payElsewhere(stack, booked.person.openid);
  return {
    asked: asked.studentNo,
    abnormal: abnormal.studentNo,
    closed: closed.studentNo,
    quarantined: quarantined.studentNo,
    booked: booked.studentNo,
    strange,
  };
}

async function signedIn(stack: Stack, login: string): Promise<ApiClient> {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, DEMO_PASSWORD);
  return client;
}

async function paidOrder(stack: Stack, demo: Demo, index: number): Promise<string> {
  await bookedStudent(stack, demo, index);
  return lastOrderNo(stack);
}

const propose = (maker: ApiClient, orderNo: string) =>
  maker.call('POST /api/console/orders/:orderNo/proposals', {
    params: { orderNo },
    body: { kind: 'refund', reason: '重复付款' },
  });

async function payTooLittle(stack: Stack, demo: Demo, index: number): Promise<void> {
  const phone = await studentPhone(stack, demo, index);
  await phone.consent();
  await phone.verify();
  await phone.findAndConfirm();
  const { id } = await phone.hold();
  await phone.api.call('POST /api/me/bookings/:id/pay', { params: { id } });
  const [merchant] = (await stack.sandbox.credentials()).merchants;
  if (!merchant) throw new Error('the sandbox has no merchant');
  const where = `/pay/orders/${merchant.mchid}/${await lastOrderNo(stack)}/pay`;
  await stack.sandbox.ask('POST', where, { wrongAmount: 2900 });
  const finance = await signedIn(stack, 'finance1');
  await eventually('the money is put aside', async () => {
    const { quarantined } = await finance.call('GET /api/console/money-tasks');
    return quarantined.length > 0 ? quarantined : null;
  });
}

/** Another system of the school takes 15 yuan on the same merchant account, and has our address for the news of it. */
async function payElsewhere(stack: Stack, payerOpenid: string): Promise<string> {
  const [merchant] = (await stack.sandbox.credentials()).merchants;
  if (!merchant) throw new Error('the sandbox has no merchant');
  const { mchid } = merchant;
  const outTradeNo = `CARD${randomUUID().slice(0, 8).toUpperCase()}`;
  await withWorld(stack, async (world) => {
    const gateway = await world.pay.merchantGateway(mchid);
    await gateway.prepayJsapi({
      outTradeNo,
      description: '校园卡补办',
      total: fen(1500),
      payerOpenid,
      notifyUrl: notifyUrl(world, mchid, 'payment'),
      expiresAt: new Date((await stack.sandbox.now()).getTime() + 600_000),
    });
  });
  await stack.sandbox.ask('POST', `/pay/orders/${mchid}/${outTradeNo}/pay`, {});
  const finance = await signedIn(stack, 'finance1');
  await eventually('WeChat tells us of the strange payment', async () => {
    const { notices } = await finance.call('GET /api/console/money-tasks');
    return notices.length > 0 ? notices : null;
  });
  return outTradeNo;
}

/** The order that WeChat heard of last. */
async function lastOrderNo({ sandbox }: Stack): Promise<string> {
  const { items } = await sandbox.ask<{ items: { outTradeNo: string; createdMs: number }[] }>(
    'GET',
    '/books/orders?limit=10000',
  );
  const [last] = items.sort((a, b) => b.createdMs - a.createdMs);
  if (!last) throw new Error('WeChat has heard of no order');
  return last.outTradeNo;
}
