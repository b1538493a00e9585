import { afterQuietHours } from '../../../shared/domain/messages';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { findOwnCampaign } from '../campaigns/find-campaign';
import { countSubscribed } from '../notifications/count-subscribed';
import { collegesOf } from '../office/standings';
import { boundStudents } from '../roster/find-student';
import { announce } from './announce';
import { studentsInGroup } from './group';
import { listAnnouncements } from './list-announcements';
import { forgetNotices, markRead } from './notices';
import { withdraw } from './withdraw';

export const announcementRoutes = (world: World) =>
  routes({
    'GET /api/console/campaigns/:id/announcements': async ({ actor, params }) => {
      const { _id, schoolId } = await findOwnCampaign(actor, params.id);
      return { announcements: await listAnnouncements(schoolId, _id) };
    },

    'GET /api/console/campaigns/:id/announcements/preview': async ({ actor, params, query }) => {
      const { _id } = await findOwnCampaign(actor, params.id);
      const found = await studentsInGroup(_id, query);
      const accounts = found.flatMap(({ student }) => (student.binding ? [student.binding.accountId] : []));
      return {
        students: found.length,
        bound: accounts.length,
        subscribed: await countSubscribed(_id, 'announcement', accounts),
        messagesAt: afterQuietHours('announcement', world.clock.now()).toISOString(),
        colleges: await collegesOf(_id),
      };
    },

    'POST /api/console/campaigns/:id/announcements': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const { _id, headcount } = await announce(world, actor, { campaign, ...body });
      forgetNotices(campaign._id);
      return { id: _id, students: headcount };
    },

    'POST /api/console/announcements/:id/withdraw': async ({ actor, params, body }) => {
      await withdraw(world, actor, { id: params.id, ...body });
      return undefined;
    },

    'POST /api/me/announcements/:id/read': async ({ actor, params }) => {
      const own = await boundStudents(actor.accountId);
      await markRead(
        params.id,
        own.map(({ _id }) => _id),
        world.clock.now(),
      );
      return undefined;
    },
  });
