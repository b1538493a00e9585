import type { WeChatPay } from '../../platform/wechat-pay/client';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { World } from '../../world';
import { findOrder } from './find-order';
import type { Order } from './model';
import { learnFromQuery, markClosed } from './query-order';

/** An order that WeChat does not know may still be on its way to it until a minute after it expires. */
export const NOT_EXIST_MARGIN_MS = 60_000;

/**
 * Closes an open order at WeChat, so that nobody can pay it any more.
 *
 * @returns paid: the money was quicker · doubtful: not known yet
 * @throws WeChatPayError when WeChat cannot be asked
 */
export async function closeOrder(
  world: World,
  order: Order,
  pay: WeChatPay,
): Promise<'closed' | 'paid' | 'doubtful'> {
  try {
    await pay.closeOrder(order._id);
    await markClosed(world, order._id);
  } catch (error) {
    if (!(error instanceof WeChatPayError)) throw error;
    if (isUnknownThere(error) && isLongExpired(world, order)) await markClosed(world, order._id);
    else await learnFromQuery(world, order, pay);
  }
  const after = await findOrder(order._id);
  if (after?.state === 'closed') return 'closed';
  return after?.state === 'paid' || after?.state === 'quarantined' ? 'paid' : 'doubtful';
}

const isUnknownThere = ({ code }: WeChatPayError) => code === 'ORDER_NOT_EXIST' || code === 'ORDERNOTEXIST';

const isLongExpired = (world: World, { expiresAt }: Order) =>
  world.clock.now().getTime() >= expiresAt.getTime() + NOT_EXIST_MARGIN_MS;
