import type { UpdateQuery } from 'mongoose';
import { PROMISED_WORKING_DAYS } from '../../../shared/domain/refund-promise';
import { shanghaiDay } from '../../../shared/domain/time';
import type { WorkCalendar } from '../../../shared/domain/working-days';
import { AppError } from '../../errors';
import type { Effect } from '../../platform/mongo/record';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { workCalendarOf } from '../work-days/find-work-days';
import { existingOrder } from './find-order';
import { refundRequestedEntry } from './ledger';
import { type Order, Orders, type Refund } from './model';
import { leftOfItem, receivedFen, refundableFen } from './totals';

export interface RefundWish {
  /** What wants it: the same cause again is the same refund. */
  cause: string;
  /** The payer reads it, ≤ 80 bytes of UTF-8 (`asReason`). */
  reason: string;
  by: string;
  /** Only these fee items, whole; absent: everything that is left. */
  items?: readonly string[];
}

/** What else happens to the order in the same write. @throws AppError when the order, as it is now, does not allow it */
export type Alongside = (order: Order) => { $set?: UpdateQuery<Order>['$set']; effects?: Effect[] };

/**
 * Owes the payer a refund: one write, which is refused if it were more than what is left. WeChat is asked by an effect
 * of that write, run at once.
 *
 * @returns the refund, a new one or the one of the same cause
 * @throws AppError NOT_FOUND, ORDER_NOT_PAID, NOTHING_TO_REFUND
 */
export const requestRefund = async (
  world: World,
  orderNo: string,
  wish: RefundWish,
  alongside?: Alongside,
): Promise<Refund> => requestRefundOf(world, await existingOrder(orderNo), wish, alongside);

/** The same, of an order that was read just now. */
export async function requestRefundOf(
  world: World,
  found: Order,
  wish: RefundWish,
  alongside: Alongside = () => ({}),
): Promise<Refund> {
  for (let order = found; ; order = await existingOrder(order._id)) {
    const known = order.refunds.find(({ cause, state }) => cause === wish.cause && state !== 'closed');
    if (known) return known;
    const refund = newRefund(world, order, wish, await workCalendarOf(order.schoolId));
    const send = world.effects.planned(`refund:${refund.refundNo}`, 'send-refund', {
      refundNo: refund.refundNo,
    });
    const also = alongside(order);
    const asked = await changeRecord(
      Orders,
      { _id: order._id, version: order.version },
      {
        ...(also.$set ? { $set: also.$set } : {}),
        $push: { refunds: refund, ledger: refundRequestedEntry(world, refund) },
      },
      line(world, wish.by, 'refund.request', {
        refundNo: refund.refundNo,
        fen: refund.amountFen,
        cause: wish.cause,
      }),
      [send, ...(also.effects ?? [])],
    );
    if (!asked) continue;
    await world.effects.runNow(Orders, order._id, send);
    return refund;
  }
}

function newRefund(world: World, order: Order, wish: RefundWish, calendar: WorkCalendar): Refund {
  if (receivedFen(order) === 0) throw new AppError('ORDER_NOT_PAID');
  const items = itemsToRefund(order, wish);
  const amountFen =
    order.state === 'paid' ? items.reduce((sum, item) => sum + item.amountFen, 0) : refundableFen(order);
  if (amountFen <= 0 || amountFen > refundableFen(order)) throw new AppError('NOTHING_TO_REFUND');
  const now = world.clock.now();
  return {
    refundNo: world.ids.number(),
    cause: wish.cause,
    state: 'requested',
    amountFen,
    items,
    reason: wish.reason,
    requestedBy: wish.by,
    requestedAt: now,
    dueDay: calendar.addWorkingDays(shanghaiDay(now), PROMISED_WORKING_DAYS),
    refundId: null,
    acceptedAt: null,
    succeededAt: null,
    trouble: null,
  };
}

/** Fee items are refunded whole, each once. Quarantined money belongs to no item. */
function itemsToRefund(order: Order, { items }: RefundWish): Refund['items'] {
  if (order.state !== 'paid') return [];
  return order.feeItems
    .filter(({ code }) => items?.includes(code) ?? true)
    .map(({ code }) => ({ code, amountFen: leftOfItem(order, code) }))
    .filter(({ amountFen }) => amountFen > 0);
}
