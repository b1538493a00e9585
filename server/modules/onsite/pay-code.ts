import { AppError } from '../../errors';
import type { World } from '../../world';
import type { Booking } from '../bookings/model';
import { refuseUnlessPayable } from '../bookings/place-order';
import { drawCode } from '../campaigns/draw-code';

const PAGE = 'pages/pay-for/index';

/**
 * The mini-program code that opens the payment page of one walk-in, on anybody's phone.
 *
 * @throws AppError ALREADY_PAID, NOTHING_TO_PAY, BOOKING_NOT_ACTIVE, UPSTREAM_UNAVAILABLE
 */
export async function payCode(world: World, booking: Booking) {
  refuseUnlessPayable(booking, world.clock.now());
  const { payTicket: ticket, amountFen } = booking;
  if (!ticket) throw new AppError('BOOKING_NOT_ACTIVE');
  return { ticket, page: PAGE, image: await drawCode(world, { scene: ticket, page: PAGE }), amountFen };
}
