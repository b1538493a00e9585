import { type KeyObject, sign } from 'node:crypto';
import Pay from 'wechatpay-node-v3';
import type { Clock } from '../clock';
import type { RandomBytes } from '../crypto/random';
import type { MerchantCredentials } from './credentials';

/** The SDK's door for a transport of one's own. */
export type SdkHttp = Parameters<Pay['createHttp']>[0];
export type SdkOutput = Awaited<ReturnType<SdkHttp['get']>>;

/** Where WeChat Pay lives. Addresses are built and signed with it; the transport knows where they really go. */
export const ORIGIN = 'https://api.mch.weixin.qq.com';
const USER_AGENT = `tucai-yuyue node/${process.versions.node}`;
const NONCE_BYTES = 16;

/**
 * wechatpay-node-v3 as the builder and signer of requests. What it gets wrong is replaced here or left unused:
 * it takes nonces from Math.random and the time from the system (both ours now), signs the full address when the host
 * is not production's (only path and query here), parses the private key anew for each signature, and its checks of
 * callbacks are never called.
 *
 * One instance serves one request: it holds the `http` of that request.
 */
export class SignedRequests extends Pay {
  constructor(
    merchant: MerchantCredentials,
    http: SdkHttp,
    private readonly source: { clock: Clock; random: RandomBytes; privateKey: KeyObject },
  ) {
    super({
      appid: merchant.appid,
      mchid: merchant.mchid,
      serial_no: merchant.serialNo.toUpperCase(),
      publicKey: Buffer.from(merchant.certificatePem),
      privateKey: Buffer.from(merchant.privateKeyPem),
      userAgent: USER_AGENT,
    });
    this.createHttp(http);
  }

  /** What `wx.requestPayment` takes. */
  paymentParameters(prepayId: string) {
    const timeStamp = this.timestamp();
    const nonceStr = this.nonce();
    const packed = `prepay_id=${prepayId}`;
    const paySign = this.sha256WithRsa(`${this.appid}\n${timeStamp}\n${nonceStr}\n${packed}\n`);
    return { timeStamp, nonceStr, package: packed, signType: 'RSA' as const, paySign };
  }

  /** Missing in the SDK. */
  balance(accountType: 'BASIC'): Promise<SdkOutput> {
    const url = `${ORIGIN}/v3/merchant/fund/balance/${accountType}`;
    return this.httpService.get(url, this.signedHeaders('GET', url));
  }

  /** Missing in the SDK. */
  applyAbnormalRefund(
    refundId: string,
    body: Record<string, string>,
    keySerial: string | undefined,
  ): Promise<SdkOutput> {
    const url = `${ORIGIN}/v3/refund/domestic/refunds/${encodeURIComponent(refundId)}/apply-abnormal-refund`;
    const headers = {
      ...this.signedHeaders('POST', url, body),
      'Content-Type': 'application/json',
      ...(keySerial === undefined ? {} : { 'Wechatpay-Serial': keySerial }),
    };
    return this.httpService.post(url, body, headers);
  }

  signedHeaders(method: 'GET' | 'POST', url: string, body?: Record<string, string>): Record<string, string> {
    return this.getHeaders(this.buildAuthorization(method, url, body));
  }

  /** Parsing the PEM takes as long as signing does. */
  override sha256WithRsa(text: string): string {
    return sign('RSA-SHA256', Buffer.from(text), this.source.privateKey).toString('base64');
  }

  protected override buildAuthorization(method: string, url: string, body?: Record<string, unknown>): string {
    const { pathname, search } = new URL(url);
    const timestamp = this.timestamp();
    const nonce = this.nonce();
    const signature = this.getSignature(method, nonce, timestamp, `${pathname}${search}`, body);
    return this.getAuthorization(nonce, timestamp, signature);
  }

  /** 32 hexadecimal characters: the longest WeChat takes. */
  private nonce(): string {
    return this.source.random(NONCE_BYTES).toString('hex');
  }

  private timestamp(): string {
    return String(Math.floor(this.source.clock.now().getTime() / 1000));
  }
}
