import { SYSTEM } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Booking, Bookings } from './model';

/**
 * WeChat has given the money back already, for a cancellation that was forgotten here: the place ends, and nothing is
 * refunded a second time.
 *
 * @returns null when there is no place to end, or its student has been there
 */
export const endRefunded = (world: World, bookingId: string, orderNo: string): Promise<Booking | null> =>
  changeRecord(
    Bookings,
    {
      _id: bookingId,
      place: { $in: ['held', 'booked'] },
      attendance: 'expected',
      paidOrderNo: { $in: [orderNo, null] },
      payment: { $in: ['unpaid', 'paid'] },
    },
    {
      $set: { active: false, place: 'cancelled', holdExpiresAt: null },
      $pull: { effects: { key: 'release' } },
    },
    line(world, SYSTEM, 'booking.cancel', { refunded: orderNo }),
  );
