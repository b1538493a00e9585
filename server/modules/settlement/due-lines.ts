import { uncollectedBookings } from '../bookings/attendance-lists';
import type { Booking } from '../bookings/model';
import { findOrders } from '../payments/find-order';
import { refundableFen } from '../payments/totals';

/** A booking that is due for refund, and how much of its money is left. */
export interface DueLine {
  booking: Booking;
  orderNo: string;
  amountFen: number;
}

const PIECE = 500;

/** Paid and not photographed, with what is left to give back: a part may have been refunded before. */
export async function dueLines(campaignId: string, now: Date): Promise<DueLine[]> {
  const bookings = await uncollectedBookings(campaignId, now);
  const lines: DueLine[] = [];
  for (let start = 0; start < bookings.length; start += PIECE) {
    const piece = bookings.slice(start, start + PIECE);
    const orders = await findOrders(piece.flatMap(({ paidOrderNo }) => paidOrderNo ?? []));
    const leftOf = new Map(orders.map((order) => [order._id, refundableFen(order)]));
    for (const booking of piece) {
      const orderNo = booking.paidOrderNo ?? '';
      lines.push({ booking, orderNo, amountFen: leftOf.get(orderNo) ?? 0 });
    }
  }
  return lines;
}
