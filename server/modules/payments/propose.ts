import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { learnFromWeChat } from './ask-wechat';
import { type Order, Orders, type Proposal } from './model';
import { isOver, receivedFen, refundableFen } from './totals';

export type Wish = Pick<Proposal, 'kind' | 'reason' | 'items' | 'endsPlace'>;

/**
 * One of two people asks that money moves: that it goes back, or that money which was put aside counts. Nothing moves yet.
 * While WeChat has not said whether the order is paid, it is asked first.
 *
 * @throws AppError ORDER_NOT_PAID, NOTHING_TO_REFUND, NOT_ITEM_OF_ORDER, ORDER_NOT_IN_REVIEW, CURRENCY_NOT_ACCEPTED,
 *   PROPOSAL_PENDING, CHANGED_MEANWHILE, UPSTREAM_UNAVAILABLE
 */
export async function propose(
  world: World,
  by: UserActor,
  { order: seen, wish }: { order: Order; wish: Wish },
): Promise<Order> {
  const order = receivedFen(seen) === 0 ? await learnFromWeChat(world, seen) : seen;
  if (wish.kind === 'refund') refuseUnlessRefundable(order, wish);
  else refuseUnlessAcceptable(order);
  if (order.proposals.some(({ state }) => state === 'pending')) throw new AppError('PROPOSAL_PENDING');

  const proposal: Proposal = {
    ...wish,
    id: world.ids.id(),
    state: 'pending',
    by: { userId: by.userId, name: by.name },
    at: world.clock.now(),
    decidedBy: null,
    decidedAt: null,
    note: null,
  };
  const proposed = await changeRecord(
    Orders,
    { _id: order._id, version: order.version },
    { $push: { proposals: proposal } },
    line(world, actorName(by), `order.propose-${wish.kind}`, { proposal: proposal.id, items: wish.items }),
  );
  if (!proposed) throw new AppError('CHANGED_MEANWHILE');
  return proposed;
}

function refuseUnlessRefundable(order: Order, { items }: Wish): void {
  if (receivedFen(order) === 0) throw new AppError('ORDER_NOT_PAID');
  if (refundableFen(order) === 0) throw new AppError('NOTHING_TO_REFUND');
  const isStranger = (code: string) => !order.feeItems.some((item) => item.code === code);
  if (items && (order.state !== 'paid' || items.some(isStranger))) throw new AppError('NOT_ITEM_OF_ORDER');
}

/** @throws AppError ORDER_NOT_IN_REVIEW, CURRENCY_NOT_ACCEPTED */
export function refuseUnlessAcceptable(order: Order): void {
  // Found in a bill, it is nobody's here: it can only go back.
  if (order.state !== 'quarantined' || order.foundBy || isOver(order))
    throw new AppError('ORDER_NOT_IN_REVIEW');
  if (order.quarantine?.currency !== 'CNY') throw new AppError('CURRENCY_NOT_ACCEPTED');
}
