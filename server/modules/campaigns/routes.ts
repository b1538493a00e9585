import { campaignPhase } from '../../../shared/domain/campaign-phase';
import { readPastedTable } from '../../../shared/domain/pasted-table';
import { columnsOf, isHeader } from '../../../shared/domain/timetable-row';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { countBySession } from '../bookings/counts';
import { matchStudents } from '../roster/match-students';
import { changeAliases, showMatching } from '../roster/matching';
import { pastedRoster } from '../roster/pasted-roster';
import { announcedCampaigns, campaignsOfSchool } from './announced';
import { campaignCounts } from './campaign-counts';
import { drawCode } from './draw-code';
import { findCampaign, findFreshCampaign, findOwnCampaign, sessionsOf } from './find-campaign';
import { importTimetable, readTimetableFor } from './import-timetable';
import type { Campaign } from './model';
import { checkCampaign, keepNoticeText } from './notice-check';
import { presentCampaign, presentCampaignAdmin, presentSession } from './presenter';
import { closeCollection, openBooking } from './run-campaign';
import { changeCampaign, createCampaign } from './save-campaign';
import { searchTimetable } from './search-timetable';

export const campaignRoutes = (world: World) => {
  const present = async (campaign: Campaign) =>
    presentCampaignAdmin(campaign, await campaignCounts(campaign._id), world.clock.now());
  const own = (actor: UserActor, { id }: { id: string }) => findOwnCampaign(actor, id);

  return routes({
    'GET /api/campaigns': async () => ({
      campaigns: (await announcedCampaigns()).map((campaign) => presentCampaign(campaign, world.clock.now())),
    }),

    'GET /api/campaigns/:id': async ({ params }) =>
      presentCampaign(await announced(world, params.id), world.clock.now()),

    'GET /api/campaigns/:id/timetable': async ({ params, query }) => {
      await announced(world, params.id);
      return searchTimetable(params.id, query.q);
    },

    'GET /api/console/campaigns': async ({ actor }) => ({
      campaigns: await Promise.all((await campaignsOfSchool(actor.schoolId)).map(present)),
    }),

    'POST /api/console/campaigns': async ({ actor, body }) =>
      present(await createCampaign(world, actor, body)),

    'GET /api/console/campaigns/:id': async ({ actor, params }) => present(await own(actor, params)),

    'PUT /api/console/campaigns/:id': async ({ actor, params, body }) =>
      present(await changeCampaign(world, actor, { id: params.id, ...body })),

    'POST /api/console/campaigns/:id/timetable': async ({ actor, params, body }) => {
      const campaign = await findFreshCampaign(actor, params.id);
      const { text, capacityMarginPercent } = body;
      const grid = readPastedTable(text, (cells) => isHeader(columnsOf(cells)));
      const written = await importTimetable(world, actorName(actor), {
        campaign,
        timetable: world.ids.id(),
        reading: readTimetableFor(campaign, grid),
        capacityMarginPercent,
      });
      await matchStudents(campaign._id);
      return written;
    },

    'GET /api/console/campaigns/:id/mini-program-code': async ({ actor, params }) => {
      const { _id: scene } = await own(actor, params);
      const page = 'pages/home/index';
      return { page, scene, image: await drawCode(world, { scene, page }) };
    },

    'GET /api/console/campaigns/:id/sessions': async ({ actor, params }) => {
      const campaign = await own(actor, params);
      const [sessions, counts] = await Promise.all([sessionsOf(campaign._id), countBySession(campaign._id)]);
      return {
        sessions: sessions.map((session) => ({
          ...presentSession(session, campaign.rules.lineUpLeadMinutes),
          version: session.version,
          ...(counts.get(session._id) ?? { booked: 0, arrived: 0, shot: 0 }),
        })),
      };
    },

    'POST /api/console/campaigns/:id/roster': async ({ actor, params, body }) =>
      pastedRoster(world, actor, { campaign: await own(actor, params), text: body.csv }),

    'GET /api/console/campaigns/:id/matching': async ({ actor, params }) =>
      showMatching(await own(actor, params)),

    'PUT /api/console/campaigns/:id/aliases': async ({ actor, params, body }) =>
      changeAliases(world, actor, { campaign: await own(actor, params), ...body }),

    'GET /api/console/campaigns/:id/notice-check': async ({ actor, params }) =>
      checkCampaign(await own(actor, params)),

    'PUT /api/console/campaigns/:id/notice-text': async ({ actor, params, body }) =>
      checkCampaign(await keepNoticeText(world, actor, { campaign: await own(actor, params), ...body })),

    'POST /api/console/campaigns/:id/open': async ({ actor, params, body }) =>
      present(await openBooking(world, actor, { campaign: await own(actor, params), version: body.version })),

    'POST /api/console/campaigns/:id/close-collection': async ({ actor, params, body }) =>
      present(
        await closeCollection(world, actor, { campaign: await own(actor, params), version: body.version }),
      ),
  });
};

async function announced(world: World, id: string): Promise<Campaign> {
  const campaign = await findCampaign(id);
  if (campaignPhase(campaign, world.clock.now()) === 'draft') throw new AppError('NOT_FOUND');
  return campaign;
}
