import { AppError } from '../../errors';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { World } from '../../world';
import type { Order } from './model';
import { learnFromQuery } from './query-order';

/**
 * Asks WeChat about an order because a person wants to know now. A closed one is asked about too: its payment may have
 * been quicker than the closing, and its callback lost.
 *
 * @returns the order as it is then
 * @throws AppError UPSTREAM_UNAVAILABLE
 */
export async function learnFromWeChat(world: World, order: Order): Promise<Order> {
  // Closed before WeChat ever heard of it.
  if (order.mchid === '') return order;
  try {
    return await learnFromQuery(world, order, await world.pay.merchantGateway(order.mchid));
  } catch (cause) {
    if (cause instanceof WeChatPayError) throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
    throw cause;
  }
}
