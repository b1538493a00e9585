import { SYSTEM } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { Bookings } from './model';

/** The payment that kept this place never came (短款冲正): the place stays, the amount is owed (待缴). */
export async function returnToDebt(world: World, bookingId: string, orderNo: string): Promise<void> {
  await changeRecord(
    Bookings,
    { _id: bookingId, place: 'booked', payment: 'paid', paidOrderNo: orderNo },
    { $set: { payment: 'owed', paidOrderNo: null } },
    line(world, SYSTEM, 'booking.owes-again', { orderNo }),
  );
}
