import type { Contract } from '../../../shared/contract';
import type { Received } from '../../../shared/contract/endpoint';
import { matchPortraits, portraitName, templateProblem } from '../../../shared/domain/portrait-files';
import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { recordLook } from '../audit/record-look';
import { findOwnCampaign } from '../campaigns/find-campaign';
import { nameFor } from '../roster/name-for';
import { doubtfulScans } from './doubtful-scans';
import { liveBoard } from './live-board';
import { photographed, type ShotLine, shotLines, shotTable } from './shot-list';
import { shotListCsv, shotListXlsx } from './shot-list-files';

/** What the console sees of the day: the board, the scans that contradict each other, the lists of shots. */
export const onsiteConsoleRoutes = (world: World) => {
  /** Written down before it leaves. */
  const takenShotList = async (by: UserActor, campaignId: string, query: ShotListQuery) => {
    const list = await shotListFor(by, campaignId, query);
    const { day, room } = query;
    const facts = {
      list: '拍摄名单',
      rows: list.rows.length,
      ...(day ? { day } : {}),
      ...(room ? { room } : {}),
    };
    await recordLook(world, by, { verb: 'export', subject: `campaign:${campaignId}`, facts });
    return list;
  };

  return routes({
    'GET /api/console/campaigns/:id/board': async ({ actor, params, query }) => {
      const { _id } = await findOwnCampaign(actor, params.id);
      const now = world.clock.now();
      return liveBoard(_id, query.day ?? shanghaiDay(now), now);
    },

    'GET /api/console/campaigns/:id/offline-scans': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return doubtfulScans(actor, campaign._id);
    },

    'GET /api/console/campaigns/:id/shot-list.xlsx': async ({ actor, params, query }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return shotListXlsx(campaign.name, await takenShotList(actor, campaign._id, query));
    },

    'GET /api/console/campaigns/:id/shot-list.csv': async ({ actor, params, query }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return shotListCsv(campaign.name, await takenShotList(actor, campaign._id, query));
    },

    'POST /api/console/campaigns/:id/portrait-files': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      refuseTemplate(body.template);
      const lines = photographed(await shotLines(campaign._id, {}));
      const expected = lines.map((line) => ({
        of: ownerOf(namedFor(actor, line)),
        name: portraitName(body.template, line),
      }));
      return { expected: expected.length, ...matchPortraits(expected, body.files) };
    },
  });
};

type ShotListQuery = Received<Contract['GET /api/console/campaigns/:id/shot-list.xlsx']>['query'];

async function shotListFor(
  by: UserActor,
  campaignId: string,
  { columns, template, ...where }: ShotListQuery,
) {
  refuseTemplate(template);
  const lines = await shotLines(campaignId, where);
  return shotTable(
    lines.map((line) => namedFor(by, line)),
    columns,
    template,
  );
}

const namedFor = (by: UserActor, line: ShotLine): ShotLine => ({ ...line, name: nameFor(by, line.name) });

function refuseTemplate(template: string): void {
  const problem = templateProblem(template);
  if (problem) throw new AppError('BAD_REQUEST', { fields: { template: problem } });
}

const ownerOf = ({ studentNo, name, className, room, shotNumber }: ShotLine) => ({
  studentNo,
  name,
  className,
  room,
  shotNumber,
});
