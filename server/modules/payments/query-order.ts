import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import type { World } from '../../world';
import { line } from '../audit/line';
import { applyPayment } from './apply-payment';
import { findOrder } from './find-order';
import { type Order, Orders } from './model';

/** When no callback has come: asked after 30 s, 1, 3, 5 and every further 10 minutes, until paid or closed. */
const AGAIN_AFTER_MINUTES = [1, 3, 5, 10];

/** Asks WeChat and takes the answer as truth. @returns the order as it is then */
export async function learnFromQuery(world: World, order: Order, pay: WeChatPay): Promise<Order> {
  const answer = await pay.queryOrder(order._id);
  if (answer.state === 'SUCCESS' || answer.state === 'REFUND')
    await applyPayment(world, answer, { via: 'query' });
  if (answer.state === 'CLOSED' || answer.state === 'REVOKED') await markClosed(world, order._id);
  return (await findOrder(order._id)) ?? order;
}

/** Effect `query-order` of an order. */
export async function queryUntilKnown(
  world: World,
  orderNo: string,
  attempts: number,
): Promise<EffectOutcome> {
  const order = await findOrder(orderNo);
  if (!order || order.state === 'paid' || order.state === 'closed' || order.state === 'quarantined')
    return 'done';
  const after = await learnFromQuery(world, order, await world.pay.merchantGateway(order.mchid));
  if (after.state !== 'created' && after.state !== 'prepaid') return 'done';
  const minutes = AGAIN_AFTER_MINUTES[Math.min(attempts, AGAIN_AFTER_MINUTES.length) - 1] ?? 1;
  return { againAt: new Date(world.clock.now().getTime() + minutes * 60_000) };
}

/** WeChat said that nobody can pay this order any more. */
export const markClosed = (world: World, orderNo: string): Promise<Order | null> =>
  changeRecord(
    Orders,
    { _id: orderNo, state: { $in: ['created', 'prepaid'] } },
    { $set: { state: 'closed', closedAt: world.clock.now() }, $pull: { effects: { key: 'query' } } },
    line(world, SYSTEM, 'order.close'),
  );
