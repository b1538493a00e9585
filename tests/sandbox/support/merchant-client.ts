import { createSign } from 'node:crypto';
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import type { ReceivedCallback } from './notify-receiver';
import type { MerchantCredentials, TestSandbox } from './sandbox';

export type PayClient = Wechatpay['client']['v3'];

/** wechatpay-axios-plugin, which shares no code with the sandbox, as this merchant's client. */
export function payClient({ urls }: TestSandbox, merchant: MerchantCredentials): PayClient {
  const { mchid, serialNo, privateKey, platform } = merchant;
  const client = new Wechatpay({
    mchid,
    serial: serialNo,
    privateKey,
    certs: {
      [platform.publicKeyId]: platform.publicKey,
      [platform.certificateSerial]: platform.certificate,
    },
    secret: '0'.repeat(32),
    baseURL: urls.pay,
    validateStatus: (status: number) => status < 600,
    headers: { 'Wechatpay-Serial': platform.publicKeyId },
  });
  return client.client.v3;
}

/** The Authorization header for a request without a body, made by the plugin. */
export function authorizeGet(
  { mchid, serialNo, privateKey }: MerchantCredentials,
  path: string,
  timestamp = Formatter.timestamp(),
): string {
  const nonce = Formatter.nonce();
  const signature = Rsa.sign(
    Formatter.request('GET', path, timestamp, nonce),
    Rsa.from(privateKey, Rsa.KEY_TYPE_PRIVATE),
  );
  return Formatter.authorization(mchid, nonce, signature, timestamp, serialNo);
}

/** Checks a callback's signature with the plugin and opens its resource. */
export function openCallback(callback: ReceivedCallback, merchant: MerchantCredentials) {
  const header = (name: string) => String(callback.headers[name]);
  const signed = Formatter.response(header('wechatpay-timestamp'), header('wechatpay-nonce'), callback.body);
  const keys: Record<string, string> = {
    [merchant.platform.publicKeyId]: merchant.platform.publicKey,
    [merchant.platform.certificateSerial]: merchant.platform.certificate,
  };
  const key = keys[header('wechatpay-serial')];
  const genuine =
    key !== undefined &&
    Rsa.verify(signed, header('wechatpay-signature'), Rsa.from(key, Rsa.KEY_TYPE_PUBLIC));
  const event = JSON.parse(callback.body);
  const { ciphertext, nonce, associated_data: aad } = event.resource;
  const open = () => JSON.parse(Aes.AesGcm.decrypt(ciphertext, merchant.apiV3Key, nonce, aad));
  return { genuine, event, open };
}

export interface OrderWish {
  outTradeNo: string;
  openid: string;
  total?: number;
  notifyUrl: string;
  timeExpire?: string;
}

export function prepayBody(merchant: MerchantCredentials, wish: OrderWish) {
  return {
    appid: merchant.appid,
    mchid: merchant.mchid,
    description: '图像采集费',
    out_trade_no: wish.outTradeNo,
    notify_url: wish.notifyUrl,
    ...(wish.timeExpire === undefined ? {} : { time_expire: wish.timeExpire }),
    amount: { total: wish.total ?? 3000, currency: 'CNY' },
    payer: { openid: wish.openid },
  };
}

/** The parameters of wx.requestPayment, signed by the merchant. */
export function paymentParameters(merchant: MerchantCredentials, prepayId: string) {
  const parameters = {
    appId: merchant.appid,
    timeStamp: String(Math.floor(Date.now() / 1000)),
    nonceStr: 'a1b2c3d4e5',
    package: `prepay_id=${prepayId}`,
    signType: 'RSA',
  };
  const { appId, timeStamp, nonceStr } = parameters;
  const paySign = createSign('RSA-SHA256')
    .update(`${appId}\n${timeStamp}\n${nonceStr}\n${parameters.package}\n`)
    .sign(merchant.privateKey, 'base64');
  return { ...parameters, paySign };
}
