import type { RowProblem, TimetablePreview } from '../../../shared/contract/campaigns';
import { campaignPhase } from '../../../shared/domain/campaign-phase';
import type { TimetableReading } from '../../../shared/domain/timetable';
import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { countBySession, isAnyBooked } from '../bookings/counts';
import { countStudents } from '../roster/find-student';
import { importRoster } from '../roster/import-roster';
import { matchStudents } from '../roster/match-students';
import { type RosterDiff, readRosterFor } from '../roster/read-roster';
import { announcedCampaigns, campaignsOfSchool } from './announced';
import { campaignCounts } from './campaign-counts';
import { drawCode } from './draw-code';
import { findCampaign, findOwnCampaign, sessionsOf } from './find-campaign';
import { importTimetable, readTimetableFor } from './import-timetable';
import type { Campaign } from './model';
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
      campaigns: (await announcedCampaigns(world)).map((campaign) =>
        presentCampaign(campaign, world.clock.now()),
      ),
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

    'POST /api/console/campaigns/:id/timetable/preview': async ({ actor, params, body }) =>
      presentReading(readTimetableFor(await own(actor, params), body.text)),

    'POST /api/console/campaigns/:id/timetable': async ({ actor, params, body }) => {
      const campaign = await own(actor, params);
      const isBooked = await isAnyBooked(campaign._id);
      const written = await importTimetable(world, actor, { campaign, isBooked, ...body });
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

    'POST /api/console/campaigns/:id/roster/preview': async ({ actor, params, body }) =>
      presentDiff(await readRosterFor(world, await own(actor, params), body.csv)),

    'POST /api/console/campaigns/:id/roster': async ({ actor, params, body }) =>
      presentDiff(await importRoster(world, actor, { campaign: await own(actor, params), csv: body.csv })),

    'POST /api/console/campaigns/:id/open': async ({ actor, params, body }) => {
      const campaign = await own(actor, params);
      return present(
        await openBooking(
          world,
          actor,
          { campaign, version: body.version },
          await countStudents(campaign._id),
        ),
      );
    },

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

function presentReading({ rows, problems }: TimetableReading): TimetablePreview {
  const rooms = new Map<string, { room: string; rows: number; headcount: number }>();
  for (const { room, headcount } of rows) {
    const known = rooms.get(room) ?? { room, rows: 0, headcount: 0 };
    rooms.set(room, { room, rows: known.rows + 1, headcount: known.headcount + headcount });
  }
  return {
    rows: rows.map(
      ({ line, building, room, major, trainings, headcount, day, startsAt, endsAt, remark }) => ({
        line,
        building,
        room,
        major,
        trainings,
        headcount,
        day,
        startsAt,
        endsAt,
        remark,
      }),
    ),
    problems: problems.map(presentProblem),
    findings: [],
    totals: {
      rows: rows.length,
      headcount: rows.reduce((sum, { headcount }) => sum + headcount, 0),
      rooms: [...rooms.values()],
    },
  };
}

const presentDiff = (diff: RosterDiff) => ({
  students: diff.reading.rows.length,
  added: diff.added.length,
  changed: diff.changed.length,
  removed: diff.removed.length,
  unchanged: diff.unchanged,
  problems: diff.reading.problems.map(presentProblem),
  unmatched: diff.unmatched.map(({ line, major, reason }) => ({ line, major, reason })),
});

const presentProblem = (problem: {
  line: number;
  column?: string;
  severity: RowProblem['severity'];
  code: string;
  message: string;
  text: string;
}): RowProblem => ({
  ...problem,
  column: problem.column ?? '',
});
