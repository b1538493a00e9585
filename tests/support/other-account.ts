import { createCipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createMerchant } from '../../server/modules/campaigns/merchants';
import { createSchool } from '../../server/modules/campaigns/save-campaign';
import type { PaymentWorld } from './payment-world';

/** Another school's account, of which WeChat's own key is in our hands: any letter can be signed rightly with it. */
export interface OtherAccount {
  mchid: string;
  /** Something told under that account's key, as WeChat would tell it. */
  tell(kind: 'payment' | 'refund', eventType: string, plain: object): Promise<number>;
  /** Any bytes at all, signed. @returns the status that they are answered with */
  knock(kind: 'payment' | 'refund', body: Buffer): Promise<number>;
}

const SERIAL = 'PUB_KEY_ID_0000000077777';
const API_V3_KEY = 'k'.repeat(32);

export async function openOtherAccount(w: PaymentWorld): Promise<OtherAccount> {
  const mchid = '1900077777';
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const school = await createSchool(w.world, '另一所学校');
  await createMerchant(w.world, 'test', {
    schoolId: school._id,
    mchid,
    name: '另一所学校',
    appid: w.merchant.appid,
    serialNo: w.merchant.serialNo,
    apiV3Key: API_V3_KEY,
    certificatePem: w.merchant.certificate,
    privateKeyPem: w.merchant.privateKey,
    verificationKeys: [{ serial: SERIAL, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() }],
  });

  const knock: OtherAccount['knock'] = async (kind, body) => {
    const nonce = randomBytes(6).toString('hex');
    const timestamp = String(Math.floor(w.world.clock.now().getTime() / 1000));
    const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
    const { status } = await w.postman.deliver({
      path: `/callbacks/wechat-pay/${mchid}/${kind}`,
      headers: {
        'content-type': 'application/json',
        'wechatpay-timestamp': timestamp,
        'wechatpay-nonce': nonce,
        'wechatpay-serial': SERIAL,
        'wechatpay-signature': sign('RSA-SHA256', message, privateKey).toString('base64'),
      },
      body,
    });
    return status;
  };

  return {
    mchid,
    knock,
    tell(kind, eventType, plain) {
      const nonce = randomBytes(6).toString('hex');
      const cipher = createCipheriv('aes-256-gcm', API_V3_KEY, nonce).setAAD(Buffer.from(kind));
      const sealed = [cipher.update(JSON.stringify(plain)), cipher.final(), cipher.getAuthTag()];
      const resource = {
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: Buffer.concat(sealed).toString('base64'),
        associated_data: kind,
        nonce,
      };
      const create_time = w.world.clock.now().toISOString();
      const event = { id: `event-${nonce}`, create_time, event_type: eventType, resource };
      return knock(kind, Buffer.from(JSON.stringify(event)));
    },
  };
}
