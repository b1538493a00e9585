import { type AccountTask, RENEW_KEYS_DAYS } from '../../../shared/contract/orders';
import { SettingError } from '../../platform/crypto/settings';
import { parseCertificate, publicKeyIds } from '../../platform/wechat-pay/verification-keys';
import type { World } from '../../world';
import type { Merchant } from './merchant-model';
import { checkKeys, openSecrets } from './merchant-secrets';
import { merchantsOf } from './merchants';

const DAY_MS = 24 * 3_600_000;

/** What must be renewed of a school's merchant accounts, those that do not work any more first. */
export async function accountTasks(
  world: Pick<World, 'sealer' | 'clock'>,
  schoolId: string,
): Promise<AccountTask[]> {
  const tasks = (await merchantsOf(schoolId)).flatMap((merchant) => tasksOf(world, merchant));
  return tasks.sort((a, b) => (a.validTo ?? '').localeCompare(b.validTo ?? ''));
}

export function tasksOf(world: Pick<World, 'sealer' | 'clock'>, merchant: Merchant): AccountTask[] {
  const { mchid, name } = merchant;
  if (!areUsable(world, merchant))
    return [{ mchid, name, what: 'keys', task: 'unusable', serial: '', validTo: null }];
  const now = world.clock.now().getTime();
  return certificatesOf(merchant).flatMap(({ validTo, ...certificate }) => {
    const leftMs = validTo.getTime() - now;
    if (leftMs > RENEW_KEYS_DAYS * DAY_MS) return [];
    const task = leftMs < 0 ? 'ended' : 'ending';
    return [{ mchid, name, ...certificate, task, validTo: validTo.toISOString() }];
  });
}

function areUsable(world: Pick<World, 'sealer'>, merchant: Merchant): boolean {
  try {
    checkKeys(openSecrets(world, merchant));
    return true;
  } catch (error) {
    if (error instanceof SettingError) return false;
    throw error;
  }
}

type Dated = Pick<AccountTask, 'what' | 'serial'> & { validTo: Date };

/** The merchant's own, and the last of WeChat's to end: an old one stays beside the new one. A public key has no end. */
function certificatesOf({ serialNo, certificatePem, verificationKeys }: Merchant): Dated[] {
  const own = dated('certificate', { serial: serialNo, pem: certificatePem });
  if (publicKeyIds(verificationKeys.map(({ serial }) => serial)).length > 0) return [own];
  const [last] = verificationKeys
    .map((key) => dated('platform_certificate', key))
    .sort((a, b) => b.validTo.getTime() - a.validTo.getTime());
  return last ? [own, last] : [own];
}

const dated = (what: Dated['what'], { serial, pem }: { serial: string; pem: string }): Dated => ({
  what,
  serial,
  validTo: new Date(parseCertificate(what, pem).validTo),
});
