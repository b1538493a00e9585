import { AppError } from '../../errors';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { findBooking } from '../bookings/find-booking';
import { ordersOfBooking } from '../payments/find-order';
import { findStudent } from '../roster/find-student';
import { readAudit, timeLineOf } from './read-audit';
import { recordLook } from './record-look';

export const auditRoutes = (world: World) =>
  routes({
    'GET /api/console/audit': async ({ actor, query }) => readAudit(actor.schoolId, query),

    'POST /api/console/audit/exports': async ({ actor, body }) =>
      void (await recordLook(world, actor, {
        verb: 'export',
        subject: `list:${body.list}`,
        facts: { rows: body.rows },
      })),

    'GET /api/console/bookings/:id/timeline': async ({ actor, params }) => {
      const booking = await findBooking(params.id);
      if (booking?.schoolId !== actor.schoolId) throw new AppError('NOT_FOUND');
      const [orders, student] = await Promise.all([
        ordersOfBooking(booking._id),
        findStudent(booking.studentId),
      ]);
      return timeLineOf(actor.schoolId, [
        { kind: 'booking', record: booking },
        ...(student ? [{ kind: 'student', record: student }] : []),
        ...orders.map((order) => ({ kind: 'order', record: order })),
      ]);
    },
  });
