import { actorName } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { namesOf } from '../accounts/names-of';
import { findOwnMerchant, merchantsOf } from '../campaigns/merchants';
import { fetchBills } from './fetch-bills';
import { findDay } from './find-day';
import { differencesOf, findOwnDifference, unsettledDifferences } from './find-difference';
import { decideRepair, ownDifference, proposeRepair, reopenDifference } from './handle-difference';
import { listDays, presentDay } from './list-days';
import { planRepairs } from './plan-repair';
import { presentDifference } from './present-difference';
import { askSignOff, decideSignOff } from './sign-off';

export const reconciliationRoutes = (world: World) =>
  routes({
    'GET /api/console/merchants': async ({ actor }) => ({
      merchants: (await merchantsOf(actor.schoolId)).map(({ _id, mchid, name }) => ({
        id: _id,
        mchid,
        name,
      })),
    }),

    'GET /api/console/merchants/:merchantId/days': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      return { days: await listDays(world, actor, merchant._id, query) };
    },

    'POST /api/console/merchants/:merchantId/days/:day/fetch': async ({ actor, params }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      return presentDay(actor, await fetchBills(world, actorName(actor), { merchant, day: params.day }));
    },

    'GET /api/console/merchants/:merchantId/days/:day/differences': async ({ actor, params }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const found = await differencesOf(merchant._id, params.day);
      return { differences: found.map((record) => presentDifference(actor, record)) };
    },

    'GET /api/console/merchants/:merchantId/differences': async ({ actor, params }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const found = await unsettledDifferences(merchant._id);
      return { differences: found.map((record) => presentDifference(actor, record)) };
    },

    'GET /api/console/differences/:id': async ({ actor, params }) => {
      const difference = await findOwnDifference(actor, params.id);
      return {
        difference: presentDifference(actor, difference),
        repairs: difference.status === 'open' ? await planRepairs(world, difference) : [],
        history: difference.trail.map((one) => ({ ...one, at: one.at.toISOString() })),
        names: await namesOf(
          actor.schoolId,
          difference.trail.map((one) => one.actor),
        ),
      };
    },

    'POST /api/console/differences/:id/own': async ({ actor, params, body }) => {
      const difference = await findOwnDifference(actor, params.id);
      return presentDifference(actor, await ownDifference(world, actor, { difference, ...body }));
    },

    'POST /api/console/differences/:id/propose': async ({ actor, params, body }) => {
      const difference = await findOwnDifference(actor, params.id);
      const { evidence = null, ...wish } = body;
      return presentDifference(actor, await proposeRepair(world, actor, { difference, ...wish, evidence }));
    },

    'POST /api/console/differences/:id/decide': async ({ actor, params, body }) => {
      const difference = await findOwnDifference(actor, params.id);
      const { note = null, ...decision } = body;
      return presentDifference(actor, await decideRepair(world, actor, { difference, ...decision, note }));
    },

    'POST /api/console/differences/:id/reopen': async ({ actor, params, body }) => {
      const difference = await findOwnDifference(actor, params.id);
      return presentDifference(actor, await reopenDifference(world, actor, { difference, ...body }));
    },

    'POST /api/console/merchants/:merchantId/days/:day/sign-off': async ({ actor, params, body }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const day = await findDay(merchant._id, params.day);
      const { kind, version, note = null } = body;
      return presentDay(actor, await askSignOff(world, actor, { day, version, kind, note }));
    },

    'POST /api/console/merchants/:merchantId/days/:day/sign-off/decide': async ({ actor, params, body }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const day = await findDay(merchant._id, params.day);
      const { version, decision, note = null } = body;
      return presentDay(actor, await decideSignOff(world, actor, { day, version, decision, note }));
    },
  });
