import { shanghaiDay, shanghaiStamp } from '../../../shared/domain/time';
import type { UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import { writeXlsx } from '../../platform/tables/write-xlsx';
import type { World } from '../../world';
import { phonesToWaitFor } from '../accounts/device-uploads';
import { recordLook } from '../audit/record-look';
import { findCampaign, findOwnCampaign } from '../campaigns/find-campaign';
import type { Campaign } from '../campaigns/model';
import { agencySheet } from './agency-sheet';
import { agencyWorkbook } from './agency-workbook';
import { pageOfLines } from './batch-lines';
import { batchWorkbook } from './batch-workbook';
import { decideBatch, pauseBatch } from './decide-batch';
import { batchesOf, findOwnBatch } from './find-batch';
import { presentBatch, presentPhone } from './presenter';
import { submitBatch } from './submit-batch';
import { uncollectedLines, uncollectedSheet } from './uncollected';
import { unpaidSheet, unpaidShots } from './unpaid-shots';

export const settlementRoutes = (world: World) =>
  routes({
    'GET /api/console/campaigns/:id/uncollected': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const [bookings, phones] = await Promise.all([
        uncollectedLines(campaign._id, world.clock.now()),
        phonesToWaitFor(campaign._id, campaign.collectionClosedAt),
      ]);
      return {
        bookings,
        amountFen: bookings.reduce((sum, { amountFen }) => sum + amountFen, 0),
        phones: phones.map((phone) => presentPhone(phone, campaign.collectionClosedAt)),
      };
    },

    'GET /api/console/campaigns/:id/uncollected.xlsx': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const lines = await uncollectedLines(campaign._id, world.clock.now());
      const title = await taken(world, actor, campaign, '已付未拍', lines.length);
      return { name: `已付未拍-${campaign.name}.xlsx`, body: writeXlsx([uncollectedSheet(title, lines)]) };
    },

    'GET /api/console/campaigns/:id/unpaid-shots.xlsx': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const lines = await unpaidShots(campaign._id);
      const title = await taken(world, actor, campaign, '已拍未付', lines.length);
      return { name: `已拍未付-${campaign.name}.xlsx`, body: writeXlsx([unpaidSheet(title, lines)]) };
    },

    'GET /api/console/campaigns/:id/agency-sheet': async ({ actor, params }) =>
      agencySheet(world, await findOwnCampaign(actor, params.id)),

    'GET /api/console/campaigns/:id/agency-sheet.xlsx': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const sheet = await agencySheet(world, campaign);
      const title = await taken(world, actor, campaign, '与拍摄单位结算', sheet.rows.length);
      return {
        name: `与拍摄单位结算-${campaign.name}.xlsx`,
        body: writeXlsx([agencyWorkbook(sheet, title)]),
      };
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

    'GET /api/console/refund-batches/:id/lines': async ({ actor, params, query }) =>
      pageOfLines((await findOwnBatch(actor, params.id))._id, query),

    'GET /api/console/refund-batches/:id/result.xlsx': async ({ actor, params }) => {
      const batch = await findOwnBatch(actor, params.id);
      const campaign = await findCampaign(batch.campaignId);
      const title = await taken(world, actor, campaign, '统一退款结果', batch.lineCount);
      const day = shanghaiDay(batch.submittedAt);
      return {
        name: `统一退款结果-${campaign.name}-${day}.xlsx`,
        body: writeXlsx(await batchWorkbook(batch, title)),
      };
    },

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

/** Somebody takes a list away: written down first, and said on the list itself. @returns its title lines */
async function taken(
  world: World,
  actor: UserActor,
  campaign: Campaign,
  list: string,
  rows: number,
): Promise<string[]> {
  await recordLook(world, actor, {
    verb: 'export',
    subject: `campaign:${campaign._id}`,
    facts: { list, rows },
  });
  return [`${campaign.name} · ${list}`, `${actor.name} 导出于 ${shanghaiStamp(world.clock.now())}`];
}
