import { AppError } from '../../errors';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { settling } from './apply-payment';
import { acceptedEntry } from './ledger';
import { type Order, Orders } from './model';
import { refuseUnlessAcceptable } from './propose';
import { refundableFen } from './totals';

/**
 * Money that was put aside counts, by the word of two people: it is income, and looks for its place as any payment does.
 *
 * @param also what else happens to the order in the same write, and why
 * @throws AppError ORDER_NOT_IN_REVIEW, CURRENCY_NOT_ACCEPTED, CHANGED_MEANWHILE
 */
export async function acceptMoney(
  world: World,
  by: string,
  order: Order,
  { why, $set = {} }: { why: Record<string, unknown>; $set?: Record<string, unknown> },
): Promise<void> {
  refuseUnlessAcceptable(order);
  const settle = settling(world, order);
  const accepted = await changeRecord(
    Orders,
    { _id: order._id, version: order.version, state: 'quarantined' },
    {
      $set: { ...$set, state: 'paid' },
      $push: { ledger: acceptedEntry(world, order, refundableFen(order)) },
    },
    line(world, by, 'order.accept', { ...why, fen: refundableFen(order) }),
    [settle],
  );
  if (!accepted) throw new AppError('CHANGED_MEANWHILE');
  await world.effects.runNow(Orders, order._id, settle);
}
