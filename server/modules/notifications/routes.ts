import { routes } from '../../http/route';
import type { World } from '../../world';
import { checkPhoto } from '../bookings/check-photo';
import { findOwnBooking } from '../bookings/find-booking';
import { photoChecks } from '../bookings/photo-checks';
import { findCampaign, findOwnCampaign } from '../campaigns/find-campaign';
import { listMessages } from './list-messages';
import { recordAccepts } from './record-accepts';

export const notificationRoutes = (world: World) =>
  routes({
    'POST /api/me/message-accepts': async ({ actor, body }) => {
      const campaign = await findCampaign(body.campaignId);
      await recordAccepts(world, actor, { ...body, campaign });
      return undefined;
    },

    'POST /api/me/bookings/:id/photo-check': async ({ actor, params, body }) => {
      const booking = await findOwnBooking(actor, params.id);
      await checkPhoto(world, actor, { booking, result: body.result, note: body.note ?? null });
      return undefined;
    },

    'GET /api/console/campaigns/:id/messages': async ({ actor, params, query }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return listMessages(campaign._id, query);
    },

    'GET /api/console/campaigns/:id/photo-checks': async ({ actor, params, query }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return photoChecks(campaign._id, world.clock.now(), query);
    },
  });
