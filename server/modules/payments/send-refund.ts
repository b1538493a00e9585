import { fen } from '../../../shared/domain/money';
import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { World } from '../../world';
import { line } from '../audit/line';
import { applyRefund } from './apply-refund';
import { findOrder } from './find-order';
import { type Order, Orders, type Refund } from './model';
import { notifyUrl } from './start-payment';
import { receivedFen } from './totals';

const SOON_MS = 60_000;
/** One partial refund a minute per order; NOT_ENOUGH waits for a top-up. */
const POLL_MINUTES = [1, 5, 10, 20, 30];

/**
 * Effect `send-refund` of an order: asks WeChat, always under the refund's own number. Whatever the answer was, asking
 * again under that number refunds once.
 */
export async function sendRefund(world: World, orderNo: string, refundNo: string): Promise<EffectOutcome> {
  const found = await findRefund(orderNo, refundNo);
  if (found?.refund.state !== 'requested') return 'done';
  const { order, refund } = found;
  const pay = await world.pay.merchantGateway(order.mchid);
  try {
    const answer = await pay.requestRefund({
      outTradeNo: orderNo,
      outRefundNo: refundNo,
      refund: fen(refund.amountFen),
      total: fen(receivedFen(order)),
      reason: refund.reason,
      notifyUrl: notifyUrl(world, order.mchid, 'refund'),
    });
    await applyRefund(world, orderNo, answer, { via: 'answer' });
    return 'done';
  } catch (error) {
    if (!(error instanceof WeChatPayError)) throw error;
    await noteTrouble(world, order, refund, error.code);
    return { againAt: new Date(world.clock.now().getTime() + SOON_MS), error: error.code };
  }
}

/** Effect `poll-refund` of an order: a refund's callback may never come. */
export async function pollRefund(
  world: World,
  orderNo: string,
  refundNo: string,
  attempts: number,
): Promise<EffectOutcome> {
  const found = await findRefund(orderNo, refundNo);
  if (found?.refund.state !== 'accepted') return 'done';
  const pay = await world.pay.merchantGateway(found.order.mchid);
  const answer = await pay.queryRefund(refundNo);
  if (answer.status !== 'NOT_EXIST') await applyRefund(world, orderNo, answer, { via: 'query' });
  if (answer.status !== 'PROCESSING') return 'done';
  const minutes = POLL_MINUTES[Math.min(attempts, POLL_MINUTES.length - 1)] ?? 30;
  return { againAt: new Date(world.clock.now().getTime() + minutes * 60_000) };
}

async function findRefund(
  orderNo: string,
  refundNo: string,
): Promise<{ order: Order; refund: Refund } | null> {
  const order = await findOrder(orderNo);
  const refund = order?.refunds.find((candidate) => candidate.refundNo === refundNo);
  return order && refund ? { order, refund } : null;
}

/** Shown in the work list; the refund goes on being tried. Written only when it is news. */
async function noteTrouble(world: World, order: Order, refund: Refund, code: string): Promise<void> {
  if (refund.trouble === code) return;
  await changeRecord(
    Orders,
    { _id: order._id, refunds: { $elemMatch: { refundNo: refund.refundNo, state: 'requested' } } },
    { $set: { 'refunds.$.trouble': code } },
    line(world, SYSTEM, 'refund.trouble', { refundNo: refund.refundNo, code }),
  );
  world.log.warn({ order: order._id, code }, 'refund not accepted yet');
}
