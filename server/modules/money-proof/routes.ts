import { routes } from '../../http/route';
import type { World } from '../../world';
import { ordersAtPlace } from '../payments/orders-at-place';
import { presentOrders } from '../reports/list-orders';
import { presentProof } from './present-proof';
import { findProof, wantProof } from './want-proof';

export const moneyProofRoutes = (world: World) =>
  routes({
    'GET /api/console/money-proof': async ({ actor }) =>
      presentProof(actor.schoolId, await findProof(actor.schoolId)),

    'POST /api/console/money-proof': async ({ actor }) => {
      const { userId, name } = actor;
      return presentProof(actor.schoolId, await wantProof(world, actor.schoolId, { userId, name }));
    },

    'GET /api/console/money-proof/orders': async ({ actor, query }) => {
      const { after, limit, ...place } = query;
      const { schoolId } = actor;
      const { page, next } = await ordersAtPlace({ schoolId, ...place }, { after, limit });
      const lines = await presentOrders(
        schoolId,
        page.map(({ order }) => order),
      );
      return { lines: lines.map((line, at) => ({ ...line, fen: page[at]?.fen ?? 0 })), next };
    },
  });
