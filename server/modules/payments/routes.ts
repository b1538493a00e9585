import { routes } from '../../http/route';
import type { World } from '../../world';
import { bookingParts } from '../bookings/booking-parts';
import { bookingByPayTicket, bookingsOfAccount, findBooking, findOwnBooking } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { presentBooking } from '../bookings/presenter';
import { findCampaign } from '../campaigns/find-campaign';
import { mchidOf } from '../campaigns/merchants';
import { settleBooking } from './apply-payment';
import { learnFromWeChat } from './ask-wechat';
import { findOrder, ordersOfBookings } from './find-order';
import { presentPayTicket } from './pay-ticket';
import { presentOrder } from './presenter';
import { startPayment } from './start-payment';

export const paymentRoutes = (world: World) => {
  const present = async (booking: Booking) => presentBooking(await bookingParts(booking));

  return routes({
    'POST /api/me/bookings/:id/pay': async ({ actor, params }) => {
      const found = await findOwnBooking(actor, params.id);
      const started = await startPayment(world, actor, found, await gatewayFor(world, found));
      const { payment, order, booking } = started;
      if (!payment) return { booking: await present((await findBooking(booking._id)) ?? booking), payment };
      // Its only order is at hand: it is not read again.
      const orders = booking.orderNos.every((orderNo) => orderNo === order._id) ? [order] : undefined;
      return { booking: presentBooking(await bookingParts(booking, orders)), payment };
    },

    'POST /api/me/bookings/:id/payment-check': async ({ actor, params }) => {
      const booking = await findOwnBooking(actor, params.id);
      if (booking.orderNo) await learnTruth(world, booking.orderNo);
      return present((await findBooking(booking._id)) ?? booking);
    },

    'GET /api/me/orders': async ({ actor }) => {
      const bookings = await bookingsOfAccount(actor.accountId);
      const orders = await ordersOfBookings(bookings.map(({ _id }) => _id));
      return { orders: orders.filter(({ appid }) => appid !== '').map(presentOrder) };
    },

    'GET /api/me/pay-tickets/:ticket': async ({ params }) =>
      presentPayTicket(await bookingByPayTicket(params.ticket)),

    'POST /api/me/pay-tickets/:ticket/pay': async ({ actor, params }) => {
      const booking = await bookingByPayTicket(params.ticket);
      const { payment } = await startPayment(world, actor, booking, await gatewayFor(world, booking));
      return { payment };
    },

    'POST /api/me/pay-tickets/:ticket/payment-check': async ({ params }) => {
      const { orderNo } = await bookingByPayTicket(params.ticket);
      if (orderNo) await learnTruth(world, orderNo);
      return presentPayTicket(await bookingByPayTicket(params.ticket));
    },
  });
};

async function gatewayFor(world: World, booking: Booking) {
  const { merchantId } = await findCampaign(booking.campaignId);
  return world.pay.merchantGateway(await mchidOf(merchantId));
}

/** Asks WeChat what it does not know yet; a paid order gets its place now rather than when its effect is through. */
async function learnTruth(world: World, orderNo: string): Promise<void> {
  const order = await findOrder(orderNo);
  if (!order) return;
  const isDecided = order.state === 'paid' || order.state === 'quarantined';
  const known = isDecided ? order : await learnFromWeChat(world, order);
  if (known.state === 'paid') await settleBooking(world, orderNo, known.bookingId);
}
