import { AppError } from '../../errors';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { returnToDebt } from '../bookings/return-to-debt';
import { existingOrder, findOrder } from './find-order';
import { paymentReversedEntry } from './ledger';
import { type Order, Orders } from './model';

/** Paid here, its place settled, and nothing of it has been given back or is on its way. */
export const isReversible = (order: Order): boolean =>
  order.state === 'paid' &&
  order.refunds.length === 0 &&
  order.quarantine === null &&
  order.transactionId !== undefined &&
  order.paidAt !== null &&
  !order.effects.some(({ kind }) => kind === 'settle-booking');

/**
 * Takes back a payment that WeChat does not have (冲正): an entry against the entry, and the order is closed as it would
 * be had nobody paid. Its student owes the amount from then on. Should WeChat have the money after all, it is paid again
 * as any late payment is. May be repeated.
 *
 * @param cause the same again is the same reversal
 * @throws AppError NOT_FOUND, CHANGED_MEANWHILE
 */
export async function reversePayment(
  world: World,
  by: string,
  { orderNo, cause }: { orderNo: string; cause: string },
): Promise<Order> {
  const order = await existingOrder(orderNo);
  if (order.reversed?.cause === cause) return order;
  const { transactionId, paidAt } = order;
  if (!isReversible(order) || !transactionId || !paidAt) throw new AppError('CHANGED_MEANWHILE');
  const now = world.clock.now();
  const back = world.effects.planned(`unpay:${transactionId}`, 'unpay-booking');
  const reversed = await changeRecord(
    Orders,
    { _id: orderNo, version: order.version },
    {
      $set: {
        state: 'closed',
        closedAt: now,
        paidAt: null,
        payerTotalFen: null,
        reversed: { transactionId, paidAt, fen: order.totalFen, cause, at: now },
      },
      $unset: { transactionId: 1 },
      $push: { ledger: paymentReversedEntry(world, order, transactionId) },
    },
    line(world, by, 'order.reverse', { fen: order.totalFen, cause }),
    [back],
  );
  if (!reversed) throw new AppError('CHANGED_MEANWHILE');
  await world.effects.runNow(Orders, orderNo, back);
  return reversed;
}

/** Effect `unpay-booking` of an order that was reversed. */
export async function unpayBooking(world: World, orderNo: string): Promise<EffectOutcome> {
  const order = await findOrder(orderNo);
  // Paid after all, meanwhile: then the booking is as well.
  if (order?.state === 'closed') await returnToDebt(world, order.bookingId, orderNo);
  return 'done';
}
