import { randomDigits, randomHex, randomText } from '../random';
import type { Store } from '../store';
import { type Certificate, certify, type KeyPair, makeKeyPair } from './certificate';

type SigningKey = 'public-key' | 'certificate';

export interface Merchant {
  mchid: string;
  name: string;
  appid: string;
  apiV3Key: string;
  keys: KeyPair;
  certificate: Certificate;
  /** 微信支付公钥: WeChat Pay's key for this merchant, under its PUB_KEY_ID. */
  publicKeyId: string;
  publicKeys: KeyPair;
  /** Which of WeChat Pay's keys signs callbacks, and answers to requests that name none. */
  signsWith: SigningKey;
  /** Fee in hundredths of a percent: 60 is 0.60%. */
  feeBasisPoints: number;
}

export interface App {
  appid: string;
  secret: string;
}

interface Platform {
  keys: KeyPair;
  certificate: Certificate;
}

export interface TencentAccount {
  secretId: string;
  secretKey: string;
}

export interface Credentials {
  app: App;
  platform: Platform;
  tencent: TencentAccount;
  merchants(): Merchant[];
  merchant(mchid: string): Merchant | undefined;
  addMerchant(name: string): Promise<Merchant>;
  change(mchid: string, change: Partial<Merchant>): Merchant;
}

/** Everything that identifies the demo's parties, made at the first start and kept. */
export async function openCredentials(store: Store): Promise<Credentials> {
  const table = store.table<Merchant>('merchants');
  const fixed = store.table<App & Platform & TencentAccount>('credentials');
  if (!fixed.get('all')) {
    const own = await makeOwn();
    store.write(() => fixed.put('all', own));
  }
  const own = fixed.get('all');
  if (!own) throw new Error('the sandbox could not keep its credentials');
  const { appid, secret, keys, certificate, secretId, secretKey } = own;
  const merchants = new Map([...table.getRange()].map(({ key, value }) => [key, value]));

  const keep = (merchant: Merchant) => {
    merchants.set(merchant.mchid, merchant);
    store.write(() => table.put(merchant.mchid, merchant));
    return merchant;
  };
  const credentials: Credentials = {
    app: { appid, secret },
    platform: { keys, certificate },
    tencent: { secretId, secretKey },
    // In the same order after a restart, whatever order they were made in.
    merchants: () => [...merchants.values()].sort((a, b) => (a.mchid < b.mchid ? -1 : 1)),
    merchant: (mchid) => merchants.get(mchid),
    addMerchant: async (name) => keep(await makeMerchant(name, appid)),
    change(mchid, change) {
      const merchant = merchants.get(mchid);
      if (!merchant) throw new Error(`no merchant ${mchid}`);
      return keep({ ...merchant, ...change });
    },
  };
  if (merchants.size === 0) {
    for (const merchant of await Promise.all(
      ['样本大学', '样本师范学院'].map((name) => makeMerchant(name, appid)),
    )) {
      keep(merchant);
    }
  }
  return credentials;
}

async function makeOwn(): Promise<App & Platform & TencentAccount> {
  const keys = await makeKeyPair();
  return {
    appid: `wx${randomHex(8)}`,
    secret: randomHex(16),
    keys,
    certificate: certify(keys, 'Sandbox platform certificate'),
    secretId: `AKID${randomText(32)}`,
    secretKey: randomText(32),
  };
}

async function makeMerchant(name: string, appid: string): Promise<Merchant> {
  const [keys, publicKeys] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  const mchid = `19${randomDigits(8)}`;
  return {
    mchid,
    name,
    appid,
    apiV3Key: randomText(32),
    keys,
    certificate: certify(keys, mchid),
    publicKeyId: makePublicKeyId(mchid),
    publicKeys,
    signsWith: 'public-key',
    feeBasisPoints: 60,
  };
}

export function makePublicKeyId(mchid: string): string {
  return `PUB_KEY_ID_01${mchid}${randomDigits(22)}`;
}
