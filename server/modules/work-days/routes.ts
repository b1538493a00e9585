import type { WorkDaysView } from '../../../shared/contract/work-days';
import { publishedYears } from '../../../shared/domain/working-days';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { findWorkDays } from './find-work-days';
import type { WorkDays } from './model';
import { saveWorkDays } from './save-work-days';

export const workDaysRoutes = (world: World) =>
  routes({
    'GET /api/console/work-days': async ({ actor }) => present(await findWorkDays(actor.schoolId)),

    'PUT /api/console/work-days': async ({ actor, body }) => present(await saveWorkDays(world, actor, body)),
  });

const present = (record: WorkDays | null): WorkDaysView => ({
  version: record?.version ?? 0,
  days: record?.days ?? [],
  published: publishedYears,
});
