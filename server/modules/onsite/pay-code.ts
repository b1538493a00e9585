import { AppError } from '../../errors';
import { WeChatError } from '../../platform/wechat/errors';
import type { World } from '../../world';
import type { Booking } from '../bookings/model';
import { refuseUnlessPayable } from '../bookings/place-order';

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
  const { bytes, contentType } = await drawCode(world, ticket);
  return { ticket, page: PAGE, image: `data:${contentType};base64,${bytes.toString('base64')}`, amountFen };
}

async function drawCode(world: World, scene: string) {
  try {
    return await world.wechat.getUnlimitedCode({ scene, page: PAGE });
  } catch (cause) {
    if (cause instanceof WeChatError) throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
    throw cause;
  }
}
