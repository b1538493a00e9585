import { maskName } from '../../../shared/domain/person-name';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { findCampaign, findOwnCampaign } from '../campaigns/find-campaign';
import { findStudents } from '../roster/find-student';
import { decideBatch, pauseBatch } from './decide-batch';
import { dueLines } from './due-lines';
import { batchesOf, findOwnBatch } from './find-batch';
import { presentBatch } from './presenter';
import { submitBatch } from './submit-batch';

export const settlementRoutes = (world: World) =>
  routes({
    'GET /api/console/campaigns/:id/uncollected': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const due = await dueLines(campaign._id);
      const students = await findStudents(due.map(({ booking }) => booking.studentId));
      const byId = new Map(students.map((student) => [student._id, student]));
      const bookings = due.map(({ booking, orderNo, amountFen }) => {
        const student = byId.get(booking.studentId);
        return {
          bookingId: booking._id,
          studentNo: student?.studentNo ?? '',
          name: maskName(student?.name ?? ''),
          college: student?.college ?? '',
          arrived: booking.attendance === 'arrived',
          amountFen,
          orderNo,
        };
      });
      return { bookings, amountFen: due.reduce((sum, { amountFen }) => sum + amountFen, 0) };
    },

    'GET /api/console/campaigns/:id/refund-batches': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return { batches: await Promise.all((await batchesOf(campaign._id)).map(presentBatch)) };
    },

    'POST /api/console/campaigns/:id/refund-batches': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return presentBatch(await submitBatch(world, actor, { campaign, exclude: body.exclude }));
    },

    'GET /api/console/refund-batches/:id': async ({ actor, params }) =>
      presentBatch(await findOwnBatch(actor, params.id)),

    'POST /api/console/refund-batches/:id/decide': async ({ actor, params, body }) => {
      const batch = await findOwnBatch(actor, params.id);
      const campaign = await findCampaign(batch.campaignId);
      return presentBatch(await decideBatch(world, actor, { batch, campaign, ...body, note: body.note }));
    },

    'POST /api/console/refund-batches/:id/pause': async ({ actor, params, body }) =>
      presentBatch(
        await pauseBatch(world, actor, { batch: await findOwnBatch(actor, params.id), paused: body.paused }),
      ),
  });
