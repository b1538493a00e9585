import { routes } from '../../http/route';
import type { World } from '../../world';
import { eraseMyData } from './erase-my-data';
import { myData } from './my-data';
import { retentionReport } from './retention-report';

export const privacyRoutes = (world: World) =>
  routes({
    'GET /api/me/data': async ({ actor }) => myData(world, actor),

    'GET /api/console/retention': async ({ actor }) => retentionReport(world, actor.schoolId),

    'POST /api/me/erasure': async ({ actor }) => {
      await eraseMyData(world, actor);
      return myData(world, actor);
    },
  });
