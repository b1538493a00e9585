import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import type { World } from '../../world';
import { findBooking } from '../bookings/find-booking';
import { existingOrder } from './find-order';
import { requestRefundOf } from './request-refund';
import { refundableFen } from './totals';

/** What the payer reads. */
const REASONS = {
  cancelled_by_student: '学生取消预约',
  cancelled_by_office: '学校取消预约',
  not_collected: '未采集，统一退款',
} as const;

export type RefundBookingReason = keyof typeof REASONS;

const isReason = (reason: string): reason is RefundBookingReason => reason in REASONS;

/** Effect `refund-booking` of a booking whose place was given up after it was paid. */
export async function refundBooking(world: World, bookingId: string, reason: string): Promise<EffectOutcome> {
  const booking = await findBooking(bookingId);
  if (!booking?.paidOrderNo) return 'done';
  const order = await existingOrder(booking.paidOrderNo);
  if (refundableFen(order) === 0) return 'done';
  const known = isReason(reason) ? reason : 'cancelled_by_student';
  await requestRefundOf(world, order, {
    cause: `booking:${known}`,
    reason: REASONS[known],
    by: SYSTEM,
  });
  return 'done';
}
