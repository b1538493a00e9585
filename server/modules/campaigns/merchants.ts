import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { MerchantSettings } from '../../platform/wechat-pay/merchant-gateways';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Merchant, Merchants } from './merchant-model';
import { checkKeys, type MerchantFacts, openSecrets, sealSecrets } from './merchant-secrets';

/**
 * Stores a merchant account with its secrets sealed.
 *
 * @throws SettingError naming the key or certificate that cannot be used
 */
export async function createMerchant(
  world: Pick<World, 'ids' | 'clock' | 'sealer'>,
  by: string,
  facts: MerchantFacts,
): Promise<Merchant> {
  checkKeys(facts);
  const _id = world.ids.id();
  return insertRecord(Merchants, {
    ...newRecord(_id, line(world, by, 'merchant.create', { mchid: facts.mchid })),
    ...sealSecrets(world, _id, facts),
  });
}

/** What the gateways to WeChat Pay load, opened. */
export async function merchantSettings(
  world: Pick<World, 'sealer'>,
  mchid: string,
): Promise<MerchantSettings | undefined> {
  const found = await Merchants.findOne({ mchid }).lean<Merchant>();
  if (!found) return undefined;
  const { verificationKeys, schoolId: _, name: __, ...merchant } = openSecrets(world, found);
  return { merchant, verificationKeys };
}

/** @throws AppError NOT_FOUND, also for another school's */
export async function findOwnMerchant(user: Pick<UserActor, 'schoolId'>, id: string): Promise<Merchant> {
  const merchant = await Merchants.findOne({ _id: id, schoolId: user.schoolId }).lean<Merchant>();
  if (!merchant) throw new AppError('NOT_FOUND');
  return merchant;
}

export const findMerchant = (id: string): Promise<Merchant | null> => Merchants.findById(id).lean<Merchant>();

/** They stay as they are as long as the account is there; its keys and certificates do not. */
const mchids = new Map<string, string>();

/** The account number of a merchant, asked for with every payment. @throws Error when there is no such merchant */
export async function mchidOf(merchantId: string): Promise<string> {
  const known = mchids.get(merchantId);
  if (known !== undefined) return known;
  const merchant = await Merchants.findById(merchantId, { mchid: 1 }).lean<Pick<Merchant, 'mchid'>>();
  if (!merchant) throw new Error(`no merchant ${merchantId}`);
  mchids.set(merchantId, merchant.mchid);
  return merchant.mchid;
}

/** @throws Error for an account that no school has */
export async function schoolOfMerchant(mchid: string): Promise<string> {
  const merchant = await Merchants.findOne({ mchid }, { schoolId: 1 }).lean<Pick<Merchant, 'schoolId'>>();
  if (!merchant) throw new Error(`no school has merchant ${mchid}`);
  return merchant.schoolId;
}

export const merchantsOf = (schoolId: string): Promise<Merchant[]> =>
  Merchants.find({ schoolId }).sort({ _id: 1 }).lean<Merchant[]>();

export const allMerchants = (): Promise<Merchant[]> => Merchants.find().lean<Merchant[]>();

export const countMerchants = (): Promise<number> => Merchants.estimatedDocumentCount();
