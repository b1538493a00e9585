import { actorName } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { findOwnMerchant, merchantsOf } from '../campaigns/merchants';
import { fetchBills } from './fetch-bills';
import { listDays, listDifferences, presentDay } from './list-days';

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
      return { days: await listDays(world, merchant._id, query) };
    },

    'POST /api/console/merchants/:merchantId/days/:day/fetch': async ({ actor, params }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      return presentDay(await fetchBills(world, actorName(actor), { merchant, day: params.day }));
    },

    'GET /api/console/merchants/:merchantId/days/:day/differences': async ({ actor, params }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      return { differences: await listDifferences(merchant._id, params.day) };
    },
  });
