import { z } from 'zod';
import type { Fen } from '../../../shared/domain/money';
import { WeChatPayError } from './errors';
import type { Exchange } from './exchange';
import { amount, checkRequest, notifyUrl, outTradeNo, readAnswer, rfc3339 } from './request-rules';
import { prepaid, type Transaction, transaction } from './wire';

export interface PrepayRequest {
  /** 6–32 of 0–9 A–Z a–z _ - | *; unique per merchant for ever. */
  outTradeNo: string;
  /** What the payer reads, 1–127 characters. */
  description: string;
  total: Fen;
  payerOpenid: string;
  /** https, without query. */
  notifyUrl: string;
  /** WeChat takes no payment after it, but does not close the order. */
  expiresAt: Date;
  /** Comes back in queries, callbacks and bills; ≤ 128 characters. */
  attach?: string;
}

export type OrderAtWeChat = Transaction | { state: 'NOT_EXIST'; outTradeNo: string };

/** Two generations of the interface spell it differently. */
const NO_SUCH_ORDER: ReadonlySet<string> = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST']);

const prepayRules = z.object({
  outTradeNo,
  description: z.string().min(1).max(127),
  total: amount,
  payerOpenid: z.string().min(1).max(128),
  notifyUrl,
  expiresAt: z.date(),
  attach: z.string().max(128).optional(),
});

export async function prepay(exchange: Exchange, request: PrepayRequest): Promise<{ prepayId: string }> {
  const order = checkRequest('prepay', prepayRules, request);
  const answer = await exchange.command('prepay', 200, (sdk) =>
    sdk.transactions_jsapi({
      description: order.description,
      out_trade_no: order.outTradeNo,
      time_expire: rfc3339(order.expiresAt),
      ...(order.attach ? { attach: order.attach } : {}),
      notify_url: order.notifyUrl,
      amount: { total: order.total, currency: 'CNY' },
      payer: { openid: order.payerOpenid },
    }),
  );
  return { prepayId: readAnswer('prepay', prepaid, answer).prepay_id };
}

export async function queryOrder(exchange: Exchange, number: string): Promise<OrderAtWeChat> {
  const checked = checkRequest('query-order', outTradeNo, number);
  try {
    const answer = await exchange.ask('query-order', (sdk) =>
      sdk.query({ out_trade_no: encodeURIComponent(checked) }),
    );
    return readAnswer('query-order', transaction, answer);
  } catch (error) {
    if (isRefusal(error, NO_SUCH_ORDER)) return { state: 'NOT_EXIST', outTradeNo: checked };
    throw error;
  }
}

/** @throws WeChatPayError `refused` with ORDERPAID, ORDER_CLOSED, ORDER_NOT_EXIST …: query to learn the state */
export async function closeOrder(exchange: Exchange, number: string): Promise<void> {
  const checked = checkRequest('close-order', outTradeNo, number);
  await exchange.command('close-order', 204, (sdk) => sdk.close(encodeURIComponent(checked)));
}

export const isRefusal = (error: unknown, codes: ReadonlySet<string>): boolean =>
  error instanceof WeChatPayError && error.kind === 'refused' && codes.has(error.code);
