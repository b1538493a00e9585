import { AppError } from '../../errors';
import { actorName } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { findCampaign, findChosenSession } from '../campaigns/find-campaign';
import { findBookable, findSession } from '../campaigns/find-session';
import { cancelHeld } from '../payments/release-hold';
import { findStudent, studentOf } from '../roster/find-student';
import { bookingParts } from './booking-parts';
import { carryOver } from './carry-over';
import { cancelBooked, reschedule } from './change-place';
import { issueCode } from './codes';
import { findOwnBooking } from './find-booking';
import { holdPlace } from './hold-place';
import { codeDay, home } from './home';
import { isMissed } from './make-up-rule';
import type { Booking } from './model';
import { openSessions } from './open-sessions';
import { presentBooking } from './presenter';

export const bookingRoutes = (world: World) => {
  const present = async (booking: Booking) => presentBooking(await bookingParts(booking));

  return routes({
    'GET /api/me/home': async ({ actor, query }) => home(world, actor, query.campaignId),

    'GET /api/me/sessions': async ({ actor, query }) => ({
      sessions: await openSessions(world, await studentOf(actor, query.campaignId)),
    }),

    'POST /api/me/bookings': async ({ actor, body }) => {
      const { sessionId, campaignId } = body;
      const session = campaignId
        ? await findBookable(world, await findCampaign(campaignId), sessionId)
        : await findChosenSession(sessionId);
      return present(await holdPlace(world, actor, session));
    },

    'GET /api/me/bookings/:id': async ({ actor, params }) => present(await findOwnBooking(actor, params.id)),

    'POST /api/me/bookings/:id/reschedule': async ({ actor, params, body }) => {
      const booking = await findOwnBooking(actor, params.id);
      const student = await findStudent(booking.studentId);
      const campaign = await findCampaign(booking.campaignId);
      const to = await findBookable(world, campaign, body.sessionId);
      if (isMissed(booking, campaign, world.clock.now()))
        return present(await carryOver(world, actor, { booking, to, campaign }));
      if (!booking.sessionId || !student) throw new AppError('BOOKING_NOT_ACTIVE');
      const from = await findSession(booking.campaignId, booking.sessionId);
      return present(await reschedule(world, actor, { booking, from, to, student }));
    },

    'POST /api/me/bookings/:id/cancel': async ({ actor, params, body }) => {
      const booking = await findOwnBooking(actor, params.id);
      if (booking.place === 'held') return present(await cancelHeld(world, actorName(actor), booking));
      if (!booking.sessionId) throw new AppError('BOOKING_NOT_ACTIVE');
      const session = await findSession(booking.campaignId, booking.sessionId);
      return present(await cancelBooked(world, actor, { booking, session, reason: body.reason }));
    },

    'GET /api/me/bookings/:id/code': async ({ actor, params }) => {
      const booking = await findOwnBooking(actor, params.id);
      if (booking.place !== 'booked') throw new AppError('BOOKING_NOT_ACTIVE');
      const parts = await bookingParts(booking);
      return issueCode(
        world,
        booking,
        codeDay(parts, await findCampaign(booking.campaignId), world.clock.now()),
      );
    },
  });
};
