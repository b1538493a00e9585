import { SealError } from '../../platform/crypto/sealer';
import { SettingError } from '../../platform/crypto/settings';
import type { RecordDocument } from '../../platform/mongo/record';
import { checkForm } from '../../platform/wechat-pay/credentials';
import { createVerificationKeys } from '../../platform/wechat-pay/verification-keys';
import type { World } from '../../world';
import type { Merchant } from './merchant-model';

/** An account as it is told to us, its secrets open. */
export type MerchantFacts = Omit<Merchant, keyof RecordDocument>;

const SEALED = ['apiV3Key', 'privateKeyPem'] as const;
type Secrets = Pick<MerchantFacts, (typeof SEALED)[number]>;

/** Whether an account's keys can be used and fit each other. @throws SettingError naming the one that does not */
export function checkKeys({ verificationKeys, ...merchant }: MerchantFacts): void {
  checkForm(merchant);
  createVerificationKeys(verificationKeys, `merchant ${merchant.mchid}: verificationKeys`);
}

/** @returns `facts` with its secrets sealed for this record */
export function sealSecrets<F extends Partial<Secrets>>(
  world: Pick<World, 'sealer'>,
  recordId: string,
  facts: F,
): F {
  const sealed: Partial<Secrets> = {};
  for (const field of SEALED) {
    const secret = facts[field];
    if (secret === undefined) continue;
    sealed[field] = world.sealer.sealText(secret, { collection: 'merchants', recordId, field });
  }
  return { ...facts, ...sealed };
}

/** @throws SettingError naming DATA_KEYS when they do not open the secrets */
export function openSecrets(world: Pick<World, 'sealer'>, merchant: Merchant): MerchantFacts {
  const { schoolId, mchid, name, appid, serialNo, certificatePem, verificationKeys } = merchant;
  const open = (field: (typeof SEALED)[number]) => {
    try {
      return world.sealer.openText(merchant[field], {
        collection: 'merchants',
        recordId: merchant._id,
        field,
      });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      throw new SettingError('DATA_KEYS', `do not open the ${field} of merchant ${mchid}: ${error.reason}`);
    }
  };
  const secrets = { apiV3Key: open('apiV3Key'), privateKeyPem: open('privateKeyPem') };
  return { schoolId, mchid, name, appid, serialNo, certificatePem, verificationKeys, ...secrets };
}
