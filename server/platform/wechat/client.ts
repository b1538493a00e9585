import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { CallLog } from '../call-log';
import type { Clock } from '../clock';
import { createTransport, type RawAnswer } from '../http/transport';
import { createAccessTokens, type TokenStore } from './access-tokens';
import { WeChatError, type WeChatOperation } from './errors';
import { createExchange, postWithToken, readAnswer } from './exchange';
import { fitMessageField } from './message-fields';

export interface SubscribeMessage {
  openid: string;
  templateId: string;
  /** Opens when the message is tapped; without leading slash. */
  page?: string;
  /** By the template's names: `{thing1: '…', date2: '2022年11月19日 09:05'}`. Texts that are too long are cut. */
  fields: Readonly<Record<string, string>>;
}

export interface UnlimitedCode {
  /** What the page finds in `scene`: 1–32 characters, no "%". */
  scene: string;
  /** Without leading slash and query. */
  page: string;
  /** 280–1280 px */
  width?: number;
}

export interface Shipping {
  transactionId: string;
  payerOpenid: string;
  /** What was delivered, ≤ 120 characters. */
  description: string;
  /** The portrait reaches the register (nothing is handed over), or the student comes for it. */
  how: 'virtual' | 'pick-up';
}

/** The mini-program's server interface. Every method throws WeChatError. */
export interface WeChat {
  /** Spends the code of wx.login. The session key stays at WeChat's side of this line: nobody here needs it. */
  code2Session(code: string): Promise<{ openid: string; unionid: string | undefined }>;
  /** Spends the code of a getPhoneNumber button. Paid per call. */
  getPhoneNumber(code: string): Promise<{ phone: string; countryCode: string }>;
  /** @throws also MessageFieldError, before anything is sent */
  sendSubscribeMessage(message: SubscribeMessage): Promise<void>;
  getUnlimitedCode(code: UnlimitedCode): Promise<{ bytes: Buffer; contentType: string }>;
  /** True: paid money stays frozen until `uploadShippingInfo`. */
  isTradeManaged(): Promise<boolean>;
  uploadShippingInfo(shipping: Shipping): Promise<void>;
}

export interface WeChatOptions {
  appid: string;
  secret: string;
  baseUrl?: string;
  /** Which build of the mini-program codes and messages open. */
  version?: 'release' | 'trial' | 'develop';
  tokenStore: TokenStore;
  clock: Clock;
  timeoutMs?: number;
  log: CallLog;
  dispatcher?: Dispatcher;
}

const ORIGIN = 'https://api.weixin.qq.com';
const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;
const LOGISTICS = { virtual: 3, 'pick-up': 4 } as const;
const MESSAGE_STATE = { release: 'formal', trial: 'trial', develop: 'developer' } as const;
const WHOLE_DELIVERY = 1;
const BY_TRANSACTION_ID = 2;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** @throws SettingError */
export function createWeChat(options: WeChatOptions): WeChat {
  const { appid, secret, clock, log, dispatcher, baseUrl = ORIGIN, version = 'release' } = options;
  const exchange = createExchange({
    transport: createTransport({ setting: 'wechat.baseUrl', baseUrl, dispatcher }),
    timeoutMs: options.timeoutMs ?? 5_000,
    log,
  });
  const tokens = createAccessTokens({
    store: options.tokenStore,
    clock,
    async fetchToken(force) {
      const body = { grant_type: 'client_credential', appid, secret, force_refresh: force };
      const answer = await exchange.post('token', '/cgi-bin/stable_token', body);
      const { access_token, expires_in } = readAnswer('token', issuedToken, answer);
      return { token: access_token, expiresInSeconds: expires_in };
    },
  });
  const post = (operation: WeChatOperation, path: string, body: object) =>
    postWithToken(exchange, tokens, operation, path, body);

  return {
    async code2Session(code) {
      const query = { appid, secret, js_code: code, grant_type: 'authorization_code' };
      const { openid, unionid } = readAnswer(
        'login',
        session,
        await exchange.get('login', '/sns/jscode2session', query),
      );
      return { openid, unionid };
    },

    async getPhoneNumber(code) {
      const answer = await post('phone-number', '/wxa/business/getuserphonenumber', { code });
      const { phone_info } = readAnswer('phone-number', phoneNumber, answer);
      return { phone: phone_info.purePhoneNumber, countryCode: phone_info.countryCode };
    },

    async sendSubscribeMessage({ openid, templateId, page, fields }) {
      const data = Object.fromEntries(
        Object.entries(fields).map(([field, value]) => [field, { value: fitMessageField(field, value) }]),
      );
      await post('subscribe-message', '/cgi-bin/message/subscribe/send', {
        touser: openid,
        template_id: templateId,
        ...(page ? { page } : {}),
        data,
        miniprogram_state: MESSAGE_STATE[version],
        lang: 'zh_CN',
      });
    },

    async getUnlimitedCode({ scene, page, width = 430 }) {
      if (!SCENE.test(scene)) {
        throw new WeChatError({
          kind: 'refused',
          operation: 'unlimited-code',
          code: 'SCENE',
          reason: 'bad_scene',
        });
      }
      const body = { scene, page, width, env_version: version, check_path: version === 'release' };
      return pictureIn(await post('unlimited-code', '/wxa/getwxacodeunlimit', body));
    },

    async isTradeManaged() {
      const answer = await post('is-trade-managed', '/wxa/sec/order/is_trade_managed', { appid });
      return readAnswer('is-trade-managed', tradeManaged, answer).is_trade_managed;
    },

    async uploadShippingInfo({ transactionId, payerOpenid, description, how }) {
      await post('upload-shipping', '/wxa/sec/order/upload_shipping_info', {
        order_key: { order_number_type: BY_TRANSACTION_ID, transaction_id: transactionId },
        logistics_type: LOGISTICS[how],
        delivery_mode: WHOLE_DELIVERY,
        shipping_list: [{ item_desc: description.slice(0, 120) }],
        upload_time: rfc3339WithMilliseconds(clock.now()),
        payer: { openid: payerOpenid },
      });
    },
  };
}

const issuedToken = z.object({ access_token: z.string().min(1), expires_in: z.number().int().nonnegative() });
const session = z.object({ openid: z.string().min(1), unionid: z.string().optional() });
const phoneNumber = z.object({
  phone_info: z.object({ purePhoneNumber: z.string(), countryCode: z.string() }),
});
const tradeManaged = z.object({ is_trade_managed: z.boolean() });

function pictureIn({ headers, body }: RawAnswer): { bytes: Buffer; contentType: string } {
  const contentType = headers['content-type'];
  if (typeof contentType === 'string' && contentType.startsWith('image/'))
    return { bytes: body, contentType };
  throw new WeChatError({
    kind: 'unexpected-answer',
    operation: 'unlimited-code',
    code: 'NOT_A_PICTURE',
  });
}

/** "2022-11-19T09:05:00.120+08:00": a later upload must have a later time. */
const rfc3339WithMilliseconds = (instant: Date) =>
  new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().replace('Z', '+08:00');
