import { routes } from '../../http/route';
import type { World } from '../../world';
import { findOwnCampaign } from '../campaigns/find-campaign';
import { annotateImport } from './annotate-import';
import { commitImport } from './commit-import';
import { findOwnImport } from './find-import';
import { openKept } from './kept-file';
import { lookAtSheet } from './look-at-sheet';
import { presentImport } from './presenter';
import { previewImport } from './preview-import';
import { receiveTable } from './receive-table';

export const importRoutes = (world: World) =>
  routes({
    'POST /api/console/campaigns/:id/imports': async ({ actor, params, query, file }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const { kind } = query;
      const { received, sheet } = await receiveTable(world, actor, { campaign, kind, ...file });
      return { import: presentImport(received), sheet };
    },

    'POST /api/console/campaigns/:id/imports/pasted': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const { kind, text } = body;
      const pasted = { campaign, kind, name: '', bytes: Buffer.from(text) };
      const { received, sheet } = await receiveTable(world, actor, pasted);
      return { import: presentImport(received), sheet };
    },

    'GET /api/console/imports/:id': async ({ actor, params }) =>
      presentImport((await findOwnImport(actor, params.id)).found),

    'GET /api/console/imports/:id/sheets/:sheet': async ({ actor, params }) => {
      const { found } = await findOwnImport(actor, params.id);
      return lookAtSheet(found.kind, await openKept(world, found), params.sheet);
    },

    'POST /api/console/imports/:id/preview': async ({ actor, params, body }) =>
      previewImport(world, actor, { ...(await findOwnImport(actor, params.id)), chosen: body }),

    'GET /api/console/imports/:id/annotated': async ({ actor, params }) =>
      annotateImport(world, actor, await findOwnImport(actor, params.id)),

    'POST /api/console/imports/:id/commit': async ({ actor, params, body }) => {
      const { found } = await findOwnImport(actor, params.id);
      return presentImport(await commitImport(world, actor, { found, ...body }));
    },
  });
