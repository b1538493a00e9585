import { routes } from '../../http/route';
import type { World } from '../../world';
import { eraseMyData } from './erase-my-data';
import { myData } from './my-data';

export const privacyRoutes = (world: World) =>
  routes({
    'GET /api/me/data': async ({ actor }) => myData(world, actor),

    'POST /api/me/erasure': async ({ actor }) => {
      await eraseMyData(world, actor);
      return myData(world, actor);
    },
  });
