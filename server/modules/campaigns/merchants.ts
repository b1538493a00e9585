import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { MerchantSettings } from '../../platform/wechat-pay/merchant-gateways';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Merchant, Merchants } from './merchant-model';

export interface MerchantFacts {
  schoolId: string;
  mchid: string;
  name: string;
  appid: string;
  serialNo: string;
  certificatePem: string;
  apiV3Key: string;
  privateKeyPem: string;
  verificationKeys: { serial: string; pem: string }[];
}

const SEALED = ['apiV3Key', 'privateKeyPem'] as const;

/** Stores a merchant account with its secrets sealed. */
export async function createMerchant(
  world: Pick<World, 'ids' | 'clock' | 'sealer'>,
  by: string,
  facts: MerchantFacts,
): Promise<Merchant> {
  const _id = world.ids.id();
  const sealed = Object.fromEntries(
    SEALED.map((field) => [
      field,
      world.sealer.sealText(facts[field], { collection: 'merchants', recordId: _id, field }),
    ]),
  );
  return insertRecord(Merchants, {
    ...newRecord(_id, line(world, by, 'merchant.create', { mchid: facts.mchid })),
    ...facts,
    ...sealed,
  });
}

/** What the gateways to WeChat Pay load, opened. */
export async function merchantSettings(
  world: Pick<World, 'sealer'>,
  mchid: string,
): Promise<MerchantSettings | undefined> {
  const merchant = await Merchants.findOne({ mchid }).lean<Merchant>();
  if (!merchant) return undefined;
  const open = (field: (typeof SEALED)[number]) =>
    world.sealer.openText(merchant[field], { collection: 'merchants', recordId: merchant._id, field });
  return {
    merchant: {
      mchid,
      appid: merchant.appid,
      apiV3Key: open('apiV3Key'),
      serialNo: merchant.serialNo,
      privateKeyPem: open('privateKeyPem'),
      certificatePem: merchant.certificatePem,
    },
    verificationKeys: merchant.verificationKeys,
  };
}

/** @throws AppError NOT_FOUND, also for another school's */
export async function findOwnMerchant(user: Pick<UserActor, 'schoolId'>, id: string): Promise<Merchant> {
  const merchant = await Merchants.findOne({ _id: id, schoolId: user.schoolId }).lean<Merchant>();
  if (!merchant) throw new AppError('NOT_FOUND');
  return merchant;
}

export const findMerchant = (id: string): Promise<Merchant | null> => Merchants.findById(id).lean<Merchant>();

export const merchantsOf = (schoolId: string): Promise<Merchant[]> =>
  Merchants.find({ schoolId }).sort({ _id: 1 }).lean<Merchant[]>();

export const allMerchants = (): Promise<Merchant[]> => Merchants.find().lean<Merchant[]>();

export const countMerchants = (): Promise<number> => Merchants.estimatedDocumentCount();
