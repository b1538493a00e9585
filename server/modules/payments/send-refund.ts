import { fen } from '../../../shared/domain/money';
import { SYSTEM } from '../../http/actor';
import { SettingError } from '../../platform/crypto/settings';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import { UnknownMerchant } from '../../platform/wechat-pay/merchant-gateways';
import type { Refund as RefundAtWeChat } from '../../platform/wechat-pay/wire';
import type { World } from '../../world';
import { line } from '../audit/line';
import { applyRefundTo } from './apply-refund';
import { findOrder } from './find-order';
import { type Order, Orders, type Refund } from './model';
import { notifyUrl } from './notify-url';
import { accountOf, receivedFen } from './totals';

/** Asked again after so many minutes, for as long as it takes; a person sees it in the work list meanwhile. */
const AGAIN_AFTER_MINUTES = [1, 5, 10, 20, 30];

/** It waits for a person, who may also see to it on WeChat's own pages; and WeChat closes it in the end. */
const ABNORMAL_AGAIN_MS = 6 * 3_600_000;

/**
 * Effect `send-refund` of an order: asks WeChat, always under the refund's own number with the same parameters, so that
 * asking again refunds once. Any attempt but the first asks first what became of the earlier ones.
 */
export async function sendRefund(
  world: World,
  orderNo: string,
  refundNo: string,
  attempts: number,
): Promise<EffectOutcome> {
  const found = await findRefund(orderNo, refundNo);
  if (found?.refund.state !== 'requested') return 'done';
  const { order, refund } = found;
  try {
    const pay = await gatewayOf(world, order);
    const answer = (attempts > 0 ? await lookUp(pay, refundNo) : null) ?? (await send(world, pay, found));
    const outcome = await applyRefundTo(world, order, answer, { via: 'answer' });
    if (outcome !== 'differs') return 'done';
    await noteTrouble(world, order, refund, 'AMOUNT_DIFFERS');
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    await noteTrouble(world, order, refund, code);
    const isHeldBack = error instanceof WeChatPayError && error.kind === 'rate-limited';
    return again(world, isHeldBack ? 0 : attempts, code);
  }
  return again(world, attempts, 'AMOUNT_DIFFERS');
}

/** Effect `poll-refund` of an order: a refund's callback may never come. */
export async function pollRefund(
  world: World,
  orderNo: string,
  refundNo: string,
  attempts: number,
): Promise<EffectOutcome> {
  const found = await findRefund(orderNo, refundNo);
  const state = found?.refund.state;
  if (!found || (state !== 'accepted' && state !== 'abnormal')) return 'done';
  const answer = await (await gatewayOf(world, found.order)).queryRefund(refundNo);
  if (answer.status === 'NOT_EXIST') {
    // WeChat accepted it under its own signature: only a person can find out what this means.
    await noteTrouble(world, found.order, found.refund, 'NOT_EXIST');
    return again(world, attempts, 'NOT_EXIST');
  }
  if ((await applyRefundTo(world, found.order, answer, { via: 'query' })) === 'differs') {
    await noteTrouble(world, found.order, found.refund, 'AMOUNT_DIFFERS');
    return again(world, attempts, 'AMOUNT_DIFFERS');
  }
  if (answer.status === 'ABNORMAL') {
    if (state === 'abnormal') await noteTrouble(world, found.order, found.refund, 'ABNORMAL');
    return { againAt: new Date(world.clock.now().getTime() + ABNORMAL_AGAIN_MS) };
  }
  return answer.status === 'PROCESSING' ? again(world, attempts) : 'done';
}

export async function findRefund(
  orderNo: string,
  refundNo: string,
): Promise<{ order: Order; refund: Refund } | null> {
  const order = await findOrder(orderNo);
  const refund = order?.refunds.find((candidate) => candidate.refundNo === refundNo);
  return order && refund ? { order, refund } : null;
}

export const gatewayOf = (world: World, order: Order): Promise<WeChatPay> =>
  world.pay.merchantGateway(accountOf(order));

/** What a person has to know of it; null for what is no news about the refund. */
function codeOf(error: unknown): string | null {
  if (error instanceof WeChatPayError) return error.code;
  // The account is not one of ours, or its keys do not work: only a person can mend that.
  return error instanceof UnknownMerchant || error instanceof SettingError ? 'ACCOUNT_UNUSABLE' : null;
}

async function lookUp(pay: WeChatPay, refundNo: string): Promise<RefundAtWeChat | null> {
  const answer = await pay.queryRefund(refundNo);
  return answer.status === 'NOT_EXIST' ? null : answer;
}

const send = (
  world: World,
  pay: WeChatPay,
  { order, refund }: { order: Order; refund: Refund },
): Promise<RefundAtWeChat> =>
  pay.requestRefund({
    outTradeNo: order._id,
    outRefundNo: refund.refundNo,
    refund: fen(refund.amountFen),
    total: fen(receivedFen(order)),
    reason: refund.reason,
    notifyUrl: notifyUrl(world, pay.mchid, 'refund'),
  });

function again(world: World, attempts: number, error?: string): EffectOutcome {
  const minutes = AGAIN_AFTER_MINUTES[Math.min(attempts, AGAIN_AFTER_MINUTES.length - 1)] ?? 30;
  const againAt = new Date(world.clock.now().getTime() + minutes * 60_000);
  return error === undefined ? { againAt } : { againAt, error };
}

/** Shown in the work list; the refund goes on being tried. Written only when it is news. */
async function noteTrouble(world: World, order: Order, refund: Refund, code: string): Promise<void> {
  if (refund.trouble === code) return;
  await changeRecord(
    Orders,
    {
      _id: order._id,
      refunds: { $elemMatch: { refundNo: refund.refundNo, state: refund.state } },
    },
    { $set: { 'refunds.$.trouble': code } },
    line(world, SYSTEM, 'refund.trouble', { refundNo: refund.refundNo, code }),
  );
  world.log.warn({ order: order._id, code }, 'refund is in trouble');
}
