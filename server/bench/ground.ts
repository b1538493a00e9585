import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type Child, startChild } from '../demo/child-process';
import { type Ground, layCampaign, layGround, type Row, record } from '../demo/ground';
import { firstApi } from '../demo/seed';
import type { Stack } from '../demo/stack';
import { randomIds } from '../platform/ids';

/** What every case stands on: the ground, and the bare process beside the API. */
export interface BenchGround extends Ground {
  apiUrl: string;
  bare: Child<{ url: string }>;
  campaignId: string;
  /** WeChat Pay's side of the bench: the callbacks are signed with a key that the merchant trusts too. */
  platformKey: KeyObject;
  mchid: string;
  apiV3Key: string;
  appid: string;
}

export const PLATFORM_SERIAL = 'PUB_KEY_ID_0000000000000001';

export async function layBenchGround(stack: Stack, bareFile: string): Promise<BenchGround> {
  const ground = await layGround(stack);
  const [account] = (await stack.sandbox.credentials()).merchants;
  if (!account) throw new Error('the sandbox has no merchant');
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await ground.db
    .collection<{ _id: string; verificationKeys: { serial: string; pem: string }[] }>('merchants')
    .updateOne({ _id: ground.merchantId }, { $push: { verificationKeys: { serial: PLATFORM_SERIAL, pem } } });
  const bare = await startChild<{ url: string }>(bareFile, [], {
    env: {
      MONGODB_URI: stack.mongodbUri,
      VERIFY_KEY: pem,
      API_V3_KEY: account.apiV3Key,
      NODE_ENV: 'production',
    },
  });
  return {
    ...ground,
    apiUrl: firstApi(stack),
    bare,
    campaignId: await layCampaign(ground),
    platformKey: privateKey,
    mchid: account.mchid,
    apiV3Key: account.apiV3Key,
    appid: account.appid,
    async close() {
      await bare.stop();
      await ground.close();
    },
  };
}

/** What the last round wrote would come due in this one. */
export async function clearLastRound({ db, campaignId }: BenchGround): Promise<void> {
  for (const name of ['bookings', 'orders']) await db.collection<Row>(name).deleteMany({ campaignId });
  await db.collection<Row>('bare').deleteMany({});
}

/** Documents for the bare routes, as large as a booking. */
export async function seedBare({ db }: BenchGround, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomIds.id());
  const filler = { text: 'x'.repeat(700), ...record() };
  for (let start = 0; start < count; start += 1000) {
    await db
      .collection<Row>('bare')
      .insertMany(ids.slice(start, start + 1000).map((_id) => ({ _id, key: _id, counter: 0, filler })));
  }
  return ids;
}
