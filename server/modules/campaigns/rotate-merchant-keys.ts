import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { SettingError } from '../../platform/crypto/settings';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Merchant, Merchants } from './merchant-model';
import { checkKeys, type MerchantFacts, openSecrets, sealSecrets } from './merchant-secrets';
import { findOwnMerchant } from './merchants';

type Key = 'serialNo' | 'certificatePem' | 'privateKeyPem' | 'apiV3Key' | 'verificationKeys';
export type KeyChange = Partial<Pick<MerchantFacts, Key>>;

/**
 * Every instance uses the new keys within five seconds. While WeChat changes over, its old key stays in the list beside
 * the new one.
 *
 * @throws AppError NOT_FOUND, MERCHANT_KEYS_WRONG, CHANGED_MEANWHILE
 */
export async function rotateMerchantKeys(
  world: Pick<World, 'ids' | 'clock' | 'sealer'>,
  by: UserActor,
  { id, change }: { id: string; change: KeyChange },
): Promise<Merchant> {
  const merchant = await findOwnMerchant(by, id);
  try {
    checkKeys({ ...openSecrets(world, merchant), ...change });
  } catch (cause) {
    if (!(cause instanceof SettingError)) throw cause;
    throw new AppError('MERCHANT_KEYS_WRONG', { setting: cause.setting, problem: cause.problem }, { cause });
  }
  const rotated = await changeRecord(
    Merchants,
    { _id: id, version: merchant.version },
    { $set: sealSecrets(world, id, change) },
    line(world, actorName(by), 'merchant.rotate-keys', { keys: Object.keys(change) }),
  );
  if (!rotated) throw new AppError('CHANGED_MEANWHILE');
  return rotated;
}
