import { routes } from '../../http/route';
import type { World } from '../../world';
import { rotateMerchantKeys } from './rotate-merchant-keys';

export const merchantRoutes = (world: World) =>
  routes({
    'PUT /api/console/merchants/:merchantId/keys': async ({ actor, params, body }) => {
      const given = Object.entries(body).filter(([, value]) => value !== undefined);
      const change = Object.fromEntries(given);
      const { mchid, serialNo, verificationKeys } = await rotateMerchantKeys(world, actor, {
        id: params.merchantId,
        change,
      });
      return { mchid, serialNo, verificationSerials: verificationKeys.map(({ serial }) => serial) };
    },
  });
