import { parseCertificate } from '../../platform/wechat-pay/verification-keys';
import type { World } from '../../world';
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
    const facts = openSecrets(world, merchant);
    checkKeys(facts);
    const { validTo } = parseCertificate('certificatePem', facts.certificatePem);
    if (new Date(validTo) < world.clock.now())
      world.log.error({ mchid: merchant.mchid, validTo }, 'merchant certificate has expired');
  }
}
