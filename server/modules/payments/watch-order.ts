import type { EffectOutcome } from '../../platform/effects/runner';
import type { World } from '../../world';
import { closeOrder, NOT_EXIST_MARGIN_MS } from './close-order';
import { findOrder } from './find-order';
import type { Order } from './model';
import { learnFromQuery } from './query-order';

/** When no callback has come: asked after 30 s, 1, 3, 5 and every further 10 minutes, until paid or closed. */
const AGAIN_AFTER_MINUTES = [1, 3, 5, 10];

/** Effect `query-order` of an order. One that has expired is closed: `time_expire` alone leaves it open at WeChat. */
export async function watchOrder(world: World, orderNo: string, attempts: number): Promise<EffectOutcome> {
  const order = await findOrder(orderNo);
  if (!order || !isOpen(order)) return 'done';
  const pay = await world.pay.merchantGateway(order.mchid);
  const after = await learnFromQuery(world, order, pay);
  if (!isOpen(after)) return 'done';
  const untilGone = after.expiresAt.getTime() + NOT_EXIST_MARGIN_MS - world.clock.now().getTime();
  if (untilGone <= 0 && (await closeOrder(world, after, pay)) !== 'doubtful') return 'done';
  const minutes = AGAIN_AFTER_MINUTES[Math.min(attempts, AGAIN_AFTER_MINUTES.length) - 1] ?? 1;
  const wait = untilGone > 0 ? Math.min(minutes * 60_000, untilGone) : minutes * 60_000;
  return { againAt: new Date(world.clock.now().getTime() + wait) };
}

const isOpen = ({ state }: Order) => state === 'created' || state === 'prepaid';
