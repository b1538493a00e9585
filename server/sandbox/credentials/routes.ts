import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf, refuse } from '../control/requests';
import { randomText } from '../random';
import { certify, makeKeyPair } from './certificate';
import { type Credentials, type Merchant, makePublicKeyId } from './credentials';

const newMerchant = z.strictObject({ name: z.string().min(1) });
const rotation = z.strictObject({
  what: z.enum(['apiV3Key', 'certificate', 'public-key']).default('apiV3Key'),
});
const signing = z.strictObject({ with: z.enum(['public-key', 'certificate']) });

/** What a deployment would copy from the merchant platform, the mini-program console and Tencent Cloud. */
export function credentialRoutes(router: Router, credentials: Credentials): void {
  const merchantOf = (mchid: string | undefined) =>
    credentials.merchant(mchid ?? '') ?? refuse(404, `no merchant ${mchid}`);
  const present = (merchant: Merchant) => ({
    mchid: merchant.mchid,
    name: merchant.name,
    appid: merchant.appid,
    apiV3Key: merchant.apiV3Key,
    serialNo: merchant.certificate.serial,
    privateKey: merchant.keys.privateKey,
    certificate: merchant.certificate.pem,
    signsWith: merchant.signsWith,
    feeBasisPoints: merchant.feeBasisPoints,
    platform: {
      publicKeyId: merchant.publicKeyId,
      publicKey: merchant.publicKeys.publicKey,
      certificateSerial: credentials.platform.certificate.serial,
      certificate: credentials.platform.certificate.pem,
    },
  });

  router.get('/credentials', (context) => {
    context.body = {
      merchants: credentials.merchants().map(present),
      wechat: credentials.app,
      tencent: credentials.tencent,
    };
  });

  router.post('/merchants', async (context) => {
    const { name } = bodyOf(context, newMerchant);
    context.body = present(await credentials.addMerchant(name));
  });

  router.post('/merchants/:mchid/rotate-key', async (context) => {
    const { mchid } = merchantOf(context.params.mchid);
    const { what } = bodyOf(context, rotation);
    context.body = present(credentials.change(mchid, await rotated(mchid, what)));
  });

  router.put('/merchants/:mchid/signing', (context) => {
    const { mchid } = merchantOf(context.params.mchid);
    context.body = present(credentials.change(mchid, { signsWith: bodyOf(context, signing).with }));
  });
}

async function rotated(mchid: string, what: z.infer<typeof rotation>['what']): Promise<Partial<Merchant>> {
  if (what === 'apiV3Key') return { apiV3Key: randomText(32) };
  const keys = await makeKeyPair();
  if (what === 'certificate') return { keys, certificate: certify(keys, mchid) };
  return { publicKeys: keys, publicKeyId: makePublicKeyId(mchid) };
}
