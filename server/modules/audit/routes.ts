import { shanghaiStamp } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { routes } from '../../http/route';
import { writeXlsx } from '../../platform/tables/write-xlsx';
import type { World } from '../../world';
import { findBooking } from '../bookings/find-booking';
import { ordersOfBooking } from '../payments/find-order';
import { findStudent } from '../roster/find-student';
import { auditSheet } from './export-audit';
import { readAudit, timeLineOf } from './read-audit';
import { recordLook } from './record-look';

export const auditRoutes = (world: World) =>
  routes({
    'GET /api/console/audit': async ({ actor, query }) => readAudit(actor.schoolId, query),

    'GET /api/console/audit/export': async ({ actor, query }) => {
      await recordLook(world, actor, { verb: 'export', subject: 'audit', facts: query });
      const now = shanghaiStamp(world.clock.now());
      const sheet = auditSheet(actor.schoolId, query, [`审计记录，${actor.name} 导出于 ${now}`]);
      return { name: `审计记录-${now.slice(0, 10)}.xlsx`, body: writeXlsx([sheet]) };
    },

    'GET /api/console/bookings/:id/timeline': async ({ actor, params }) => {
      const booking = await findBooking(params.id);
      if (booking?.schoolId !== actor.schoolId) throw new AppError('NOT_FOUND');
      const [orders, student] = await Promise.all([
        ordersOfBooking(booking._id),
        findStudent(booking.studentId),
      ]);
      return timeLineOf(actor, [
        { kind: 'booking', record: booking },
        ...(student ? [{ kind: 'student', record: student }] : []),
        ...orders.map((order) => ({ kind: 'order', record: order })),
      ]);
    },
  });
