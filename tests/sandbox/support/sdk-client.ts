import Pay from 'wechatpay-node-v3';
import type { MerchantCredentials, TestSandbox } from './sandbox';

const PRODUCTION = 'https://api.mch.weixin.qq.com';

/** wechatpay-node-v3 as this merchant's client: its requests unchanged but for the origin. */
export function sdkClient({ urls }: TestSandbox, merchant: MerchantCredentials): Pay {
  const pay = new Pay({
    appid: merchant.appid,
    mchid: merchant.mchid,
    publicKey: Buffer.from(merchant.certificate),
    privateKey: Buffer.from(merchant.privateKey),
    key: merchant.apiV3Key,
  });
  const send = async (url: string, headers: Record<string, string>, body?: string) => {
    const response = await fetch(url.replace(PRODUCTION, urls.pay), {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    const data = isJson ? JSON.parse(bytes.toString('utf8')) : bytes;
    return response.ok ? { status: response.status, data } : { status: response.status, error: data };
  };
  pay.createHttp({
    get: (url, headers) => send(url, headers),
    post: (url, parameters, headers) => send(url, headers, JSON.stringify(parameters)),
    upload: () => Promise.reject(new Error('nothing is uploaded here')),
  });
  return pay;
}
