import { SYSTEM } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import type { World } from '../../world';
import { line } from '../audit/line';
import { applyPayment } from './apply-payment';
import { findOrder } from './find-order';
import { type Order, Orders } from './model';

/** Asks WeChat and takes the answer as truth. @returns the order as it is then */
export async function learnFromQuery(world: World, order: Order, pay: WeChatPay): Promise<Order> {
  const answer = await pay.queryOrder(order._id);
  if (answer.state === 'SUCCESS' || answer.state === 'REFUND')
    await applyPayment(world, answer, { via: 'query' });
  if (answer.state === 'CLOSED' || answer.state === 'REVOKED') await markClosed(world, order._id);
  return (await findOrder(order._id)) ?? order;
}

/** WeChat said that nobody can pay this order any more. */
export const markClosed = (world: World, orderNo: string): Promise<Order | null> =>
  changeRecord(
    Orders,
    { _id: orderNo, state: { $in: ['created', 'prepaid'] } },
    { $set: { state: 'closed', closedAt: world.clock.now() }, $pull: { effects: { key: 'query' } } },
    line(world, SYSTEM, 'order.close'),
  );
