import { shanghaiStamp } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import { writeXlsx } from '../../platform/tables/write-xlsx';
import type { World } from '../../world';
import { recordLook } from '../audit/record-look';
import { checkPhoto } from '../bookings/check-photo';
import { findBooking, findOwnBooking } from '../bookings/find-booking';
import { handlePhotoCheck } from '../bookings/handle-photo-check';
import { countPhotoChecks, photoChecks } from '../bookings/photo-checks';
import { findCampaign, findOwnCampaign } from '../campaigns/find-campaign';
import type { Campaign } from '../campaigns/model';
import { messagesSheet, photoChecksSheet } from './export-lists';
import { countMessages, listMessages } from './list-messages';
import { recordAccepts } from './record-accepts';

export const notificationRoutes = (world: World) => {
  /** Written down before it leaves; gives the lines above the table. */
  const exporting = async (by: UserActor, campaign: Campaign, facts: Record<string, unknown>) => {
    await recordLook(world, by, { verb: 'export', subject: `campaign:${campaign._id}`, facts });
    const now = shanghaiStamp(world.clock.now());
    return { title: [campaign.name, `${by.name} 导出于 ${now}`], day: now.slice(0, 10) };
  };

  return routes({
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
      const { _id } = await findOwnCampaign(actor, params.id);
      const [page, counts] = await Promise.all([listMessages(actor, _id, query), countMessages(_id)]);
      return { ...page, counts };
    },

    'GET /api/console/campaigns/:id/messages/export': async ({ actor, params, query }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const { studentNo, ...filter } = query;
      const facts = { list: 'messages', ...filter, ...(studentNo ? { searched: true } : {}) };
      const { title, day } = await exporting(actor, campaign, facts);
      return {
        name: `订阅消息-${day}.xlsx`,
        body: writeXlsx([messagesSheet(actor, title, campaign._id, query)]),
      };
    },

    'GET /api/console/campaigns/:id/photo-checks': async ({ actor, params, query }) => {
      const { _id: campaignId } = await findOwnCampaign(actor, params.id);
      const now = world.clock.now();
      const [page, counts] = await Promise.all([
        photoChecks({ reader: actor, campaignId, now, ...query }),
        countPhotoChecks(campaignId, now),
      ]);
      return { ...page, counts };
    },

    'GET /api/console/campaigns/:id/photo-checks/export': async ({ actor, params, query }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const { show } = query;
      const { title, day } = await exporting(actor, campaign, { list: 'photo-checks', result: show });
      const asked = { reader: actor, campaignId: campaign._id, show, now: world.clock.now() };
      return { name: `照片核对-${day}.xlsx`, body: writeXlsx([photoChecksSheet(title, asked)]) };
    },

    'POST /api/console/bookings/:id/photo-check/handle': async ({ actor, params, body }) => {
      const booking = await findBooking(params.id);
      if (booking?.schoolId !== actor.schoolId) throw new AppError('NOT_FOUND');
      await handlePhotoCheck(world, actor, { booking, ...body });
      return undefined;
    },
  });
};
