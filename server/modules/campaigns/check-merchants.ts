import type { World } from '../../world';
import { tasksOf } from './account-tasks';
import { checkKeys, openSecrets } from './merchant-secrets';
import { allMerchants } from './merchants';

/**
 * Before the service takes requests: every account's keys must fit each other. A certificate that has merely grown old
 * is for the log: it stops its own school, not all of them.
 *
 * @throws SettingError naming the account and the setting
 */
export async function checkMerchants(world: Pick<World, 'sealer' | 'clock' | 'log'>): Promise<void> {
  for (const merchant of await allMerchants()) {
    checkKeys(openSecrets(world, merchant));
    for (const { mchid, what, task, validTo } of tasksOf(world, merchant)) {
      if (task === 'ended') world.log.error({ mchid, what, validTo }, 'merchant certificate has expired');
      else world.log.warn({ mchid, what, validTo }, 'merchant certificate is about to expire');
    }
  }
}
