import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import type { World } from '../../world';
import type { Order, Refund } from './model';
import { isRenewed } from './refused-refunds';
import { requestRefund } from './request-refund';

/**
 * WeChat closed a refund (the account stayed without funds for a week): the same refund under a new number. It moves no
 * money that was not approved before. Pressed twice it is one refund.
 *
 * @throws AppError NOT_FOUND, REFUND_STATE, NOTHING_TO_REFUND
 */
export async function renewRefund(
  world: World,
  by: UserActor,
  { order, refundNo }: { order: Order; refundNo: string },
): Promise<Refund> {
  const closed = order.refunds.find((refund) => refund.refundNo === refundNo);
  if (!closed) throw new AppError('NOT_FOUND');
  if (closed.state !== 'closed') throw new AppError('REFUND_STATE');
  const wish = {
    cause: closed.cause,
    reason: closed.reason,
    by: actorName(by),
    ...(closed.items.length > 0 ? { items: closed.items.map(({ code }) => code) } : {}),
  };
  return requestRefund(world, order._id, wish, (now) => {
    // Put aside when the refund was agreed on, and accepted since: nobody has agreed to give that back.
    if (isRenewed(now, closed)) throw new AppError('REFUND_STATE');
    return {};
  });
}
