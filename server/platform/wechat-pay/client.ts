import type { Dispatcher } from 'undici';
import type { ShanghaiDay } from '../../../shared/domain/time';
import type { CallLog } from '../call-log';
import type { Clock } from '../clock';
import { type RandomBytes, secureRandom } from '../crypto/random';
import { createTransport } from '../http/transport';
import { type BillAnswer, fundFlowBill, type TradeBillType, tradeBill } from './bills';
import { checkCredentials, type MerchantCredentials } from './credentials';
import { createExchange } from './exchange';
import { type Notification, openNotification } from './notification';
import { closeOrder, type OrderAtWeChat, type PrepayRequest, prepay, queryOrder } from './orders';
import type { RefundPace } from './refund-pace';
import {
  type AbnormalRefundRequest,
  applyAbnormalRefund,
  queryRefund,
  type RefundAtWeChat,
  type RefundRequest,
  requestRefund,
} from './refunds';
import { readAnswer } from './request-rules';
import type { Headers } from './signature';
import { ORIGIN } from './signed-requests';
import type { VerificationKeys } from './verification-keys';
import { type Balance, balance, type Refund } from './wire';

/** What `wx.requestPayment` takes. Its success on the phone is a hint only: query. */
export interface PaymentParameters {
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: 'RSA';
  paySign: string;
}

/** One merchant account at WeChat Pay. Every method but `openNotification` throws WeChatPayError. */
export interface WeChatPay {
  readonly mchid: string;
  readonly appid: string;
  prepayJsapi(request: PrepayRequest): Promise<{ prepayId: string }>;
  paymentParameters(prepayId: string): PaymentParameters;
  queryOrder(outTradeNo: string): Promise<OrderAtWeChat>;
  closeOrder(outTradeNo: string): Promise<void>;
  requestRefund(request: RefundRequest): Promise<Refund>;
  queryRefund(outRefundNo: string): Promise<RefundAtWeChat>;
  applyAbnormalRefund(request: AbnormalRefundRequest): Promise<Refund>;
  tradeBill(day: ShanghaiDay, type: TradeBillType): Promise<BillAnswer>;
  fundFlowBill(day: ShanghaiDay): Promise<BillAnswer>;
  availableBalance(): Promise<Balance>;
  /** A callback, verified and opened. @throws CallbackError */
  openNotification(callback: { headers: Headers; rawBody: Uint8Array }): Notification;
}

export interface WeChatPayOptions {
  merchant: MerchantCredentials;
  verificationKeys: VerificationKeys;
  /** An origin; WeChat's own unless the sandbox stands in. */
  baseUrl?: string;
  clock: Clock;
  random?: RandomBytes;
  /** Limit for a whole operation, further attempts included. */
  timeoutMs?: number;
  /** Pause before the second, third … attempt of a read. */
  retryDelaysMs?: readonly number[];
  log: CallLog;
  /** Holds refunds back; none when absent. */
  refundPace?: RefundPace;
  /** Connections to share between merchants. */
  dispatcher?: Dispatcher;
}

/** @throws SettingError naming the setting that is wrong */
export function createWeChatPay(options: WeChatPayOptions): WeChatPay {
  const { merchant, verificationKeys, clock, log, dispatcher, refundPace, baseUrl = ORIGIN } = options;
  checkCredentials(merchant, clock);
  const exchange = createExchange({
    merchant,
    verificationKeys,
    transport: createTransport({ setting: 'wechatPay.baseUrl', baseUrl, dispatcher }),
    clock,
    random: options.random ?? secureRandom,
    timeoutMs: options.timeoutMs ?? 8_000,
    retryDelaysMs: options.retryDelaysMs ?? [200, 800],
    log,
  });

  return {
    mchid: merchant.mchid,
    appid: merchant.appid,
    prepayJsapi: (request) => prepay(exchange, request),
    paymentParameters: (prepayId) => exchange.signer().paymentParameters(prepayId),
    queryOrder: (outTradeNo) => queryOrder(exchange, outTradeNo),
    closeOrder: (outTradeNo) => closeOrder(exchange, outTradeNo),
    requestRefund: (request) =>
      refundPace
        ? refundPace.inTurn(() => requestRefund(exchange, request))
        : requestRefund(exchange, request),
    queryRefund: (outRefundNo) => queryRefund(exchange, outRefundNo),
    applyAbnormalRefund: (request) => applyAbnormalRefund(exchange, verificationKeys, request),
    tradeBill: (day, type) => tradeBill(exchange, day, type),
    fundFlowBill: (day) => fundFlowBill(exchange, day),
    async availableBalance() {
      const answer = await exchange.ask('query-balance', (sdk) => sdk.balance('BASIC'));
      return readAnswer('query-balance', balance, answer);
    },
    openNotification: ({ headers, rawBody }) =>
      openNotification({ headers, rawBody, keys: verificationKeys, clock, apiV3Key: merchant.apiV3Key }),
  };
}
