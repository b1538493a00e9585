import { AppError } from '../../errors';
import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { giveUpHold } from '../bookings/change-place';
import { findBooking } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { closeOrder } from './close-order';
import { findOrder } from './find-order';
import { type Order, Orders } from './model';
import { untouched } from './new-order';
import { isOver } from './totals';

const AGAIN_MS = 15_000;

/** paid: the money was quicker · gone: given up · doubtful: not known yet */
type GiveUpOutcome = 'gone' | 'paid' | 'doubtful';

/** Effect `release-hold` of a booking: the hold has ended. */
export async function releaseHold(world: World, bookingId: string): Promise<EffectOutcome> {
  const booking = await findBooking(bookingId);
  if (booking?.place !== 'held') return 'done';
  const outcome = await giveUp(world, SYSTEM, booking, 'released');
  return outcome === 'doubtful' ? { againAt: new Date(world.clock.now().getTime() + AGAIN_MS) } : 'done';
}

/**
 * Gives up an unpaid place, after every order on it is closed for certain. Money that was put aside keeps the place until
 * two people have decided on it.
 */
async function giveUp(
  world: World,
  by: string,
  booking: Booking,
  to: 'released' | 'cancelled',
): Promise<GiveUpOutcome> {
  for (const orderNo of booking.orderNos) {
    const order = (await findOrder(orderNo)) ?? (await insertFence(world, booking, orderNo));
    if (isOver(order)) continue;
    if (order.state === 'paid' || order.state === 'quarantined') return 'paid';
    const closed = await closeOrder(world, order, await world.pay.merchantGateway(order.mchid));
    if (closed !== 'closed') return closed;
  }
  const released = await giveUpHold(world, by, { booking, to });
  if (released) return 'gone';
  const now = await findBooking(booking._id);
  if (now?.payment === 'paid') return 'paid';
  return now?.place === 'held' ? 'doubtful' : 'gone';
}

/**
 * A person gives up a place that is unpaid, but perhaps being paid at this moment: the order is closed at WeChat first.
 *
 * @throws AppError PAYMENT_IN_DOUBT, ALREADY_PAID · WeChatPayError when WeChat cannot be asked; the place is still held
 */
export async function cancelHeld(world: World, by: string, booking: Booking): Promise<Booking> {
  const outcome = await giveUp(world, by, booking, 'cancelled');
  if (outcome === 'doubtful') throw new AppError('PAYMENT_IN_DOUBT');
  if (outcome === 'paid') throw new AppError('ALREADY_PAID');
  return (await findBooking(booking._id)) ?? booking;
}

/**
 * The number was written onto the booking and then the process died: nobody sent it to WeChat, and with this closed
 * order in its place nobody ever will.
 */
async function insertFence(world: World, booking: Booking, orderNo: string): Promise<Order> {
  const now = world.clock.now();
  const fence: Order = {
    ...newRecord(orderNo, line(world, SYSTEM, 'order.fence', { booking: booking._id })),
    ...untouched(),
    schoolId: booking.schoolId,
    campaignId: booking.campaignId,
    bookingId: booking._id,
    studentId: booking.studentId,
    mchid: '',
    appid: '',
    payerOpenid: '',
    description: '',
    feeItems: booking.feeItems,
    totalFen: booking.amountFen,
    state: 'closed',
    createdAt: now,
    expiresAt: booking.holdExpiresAt ?? now,
    closedAt: now,
  };
  try {
    return await insertRecord(Orders, fence);
  } catch (error) {
    const other = duplicateKey(error) && (await findOrder(orderNo));
    if (!other) throw error;
    return other;
  }
}
