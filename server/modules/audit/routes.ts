import { AppError } from '../../errors';
import { routes } from '../../http/route';
import { findBooking } from '../bookings/find-booking';
import { ordersOfBooking } from '../payments/find-order';
import { readAudit, timeLineOf } from './read-audit';

export const auditRoutes = () =>
  routes({
    'GET /api/console/audit': async ({ actor, query }) => readAudit(actor.schoolId, query),

    'GET /api/console/bookings/:id/timeline': async ({ actor, params }) => {
      const booking = await findBooking(params.id);
      if (booking?.schoolId !== actor.schoolId) throw new AppError('NOT_FOUND');
      const orders = await ordersOfBooking(booking._id);
      const subjects = [
        `booking:${booking._id}`,
        `student:${booking.studentId}`,
        ...orders.map(({ _id }) => `order:${_id}`),
      ];
      return { lines: await timeLineOf(actor.schoolId, subjects) };
    },
  });
