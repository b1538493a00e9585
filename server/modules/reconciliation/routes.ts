import { actorName } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { namesOf } from '../accounts/names-of';
import { findOwnMerchant, merchantsOf } from '../campaigns/merchants';
import { attachEvidence, evidenceOf, openEvidence, presentEvidence } from './evidence';
import { fetchBills } from './fetch-bills';
import { findDay } from './find-day';
import { countByState, differencesOf, findOwnDifference, workList } from './find-difference';
import { decideRepair, ownDifference, proposeRepair, reopenDifference } from './handle-difference';
import { listDays, presentDay } from './list-days';
import { planRepairs } from './plan-repair';
import { presentDifference } from './present-difference';
import { receiveBill } from './receive-bill';
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
      return { days: await listDays(world, actor, merchant, query) };
    },

    'POST /api/console/merchants/:merchantId/days/:day/fetch': async ({ actor, params }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      return presentDay(
        world,
        actor,
        await fetchBills(world, actorName(actor), { merchant, day: params.day }),
      );
    },

    'POST /api/console/merchants/:merchantId/days/:day/bills': async ({ actor, params, query, file }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const { day, ...received } = await receiveBill(world, actor, {
        merchant,
        day: params.day,
        file,
        sha1: query.sha1,
      });
      return { ...received, day: await presentDay(world, actor, day) };
    },

    'GET /api/console/merchants/:merchantId/days/:day/differences': async ({ actor, params }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const found = await differencesOf(merchant._id, params.day);
      return { differences: found.map((record) => presentDifference(actor, record)) };
    },

    'GET /api/console/merchants/:merchantId/differences': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const { found, next } = await workList(merchant._id, {
        ...query,
        ownerId: query.mine ? actor.userId : undefined,
      });
      return {
        differences: found.map((record) => presentDifference(actor, record)),
        next,
        counts: await countByState(merchant._id),
      };
    },

    'GET /api/console/differences/:id': async ({ actor, params }) => {
      const difference = await findOwnDifference(actor, params.id);
      return {
        difference: presentDifference(actor, difference),
        evidence: (await evidenceOf(difference._id)).map(presentEvidence),
        repairs: difference.status === 'open' ? await planRepairs(world, difference) : [],
        history: difference.trail.map((one) => ({ ...one, at: one.at.toISOString() })),
        names: await namesOf(
          actor.schoolId,
          difference.trail.map((one) => one.actor),
        ),
      };
    },

    'POST /api/console/differences/:id/evidence': async ({ actor, params, file }) => {
      const difference = await findOwnDifference(actor, params.id);
      return presentEvidence(await attachEvidence(world, actor, { difference, file }));
    },

    'GET /api/console/differences/:id/evidence/:fileId': async ({ actor, params }) => {
      const difference = await findOwnDifference(actor, params.id);
      return openEvidence(world, actor, { difference, fileId: params.fileId });
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
      return presentDay(world, actor, await askSignOff(world, actor, { day, version, kind, note }));
    },

    'POST /api/console/merchants/:merchantId/days/:day/sign-off/decide': async ({ actor, params, body }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const day = await findDay(merchant._id, params.day);
      const { version, decision, note = null } = body;
      return presentDay(world, actor, await decideSignOff(world, actor, { day, version, decision, note }));
    },
  });
