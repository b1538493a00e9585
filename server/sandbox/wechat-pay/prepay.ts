import { z } from 'zod';
import type { Books } from '../books/books';
import { isPaid, type Order } from '../books/records';
import type { DemoClock } from '../clock/demo-clock';
import type { Merchant } from '../credentials/credentials';
import { randomHex } from '../random';
import { payErrors } from './errors';
import { canonical, fen, notifyUrl, parseBody, text } from './validate';

export const PREPAY_ID_MS = 2 * 3_600_000;

const outTradeNo = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/, '商户订单号为6到32位数字、字母或_-|*');

const request = z.object({
  appid: z.string().min(1).max(32),
  mchid: z.string().min(1).max(32),
  description: text(127),
  out_trade_no: outTradeNo,
  time_expire: z.iso.datetime({ offset: true }).optional(),
  attach: text(128).optional(),
  notify_url: notifyUrl,
  goods_tag: text(32).optional(),
  support_fapiao: z.boolean().optional(),
  amount: z.object({ total: fen, currency: z.literal('CNY').default('CNY') }),
  payer: z.object({ openid: z.string().regex(/^[\w-]{1,128}$/) }),
});
type PrepayRequest = z.infer<typeof request>;

/** `POST /v3/pay/transactions/jsapi`: a new order, or the same one again while it may still be paid. */
export function prepay(
  rawBody: Buffer,
  merchant: Merchant,
  books: Books,
  clock: DemoClock,
): { prepay_id: string } {
  const wanted = parseBody(rawBody, request);
  if (wanted.mchid !== merchant.mchid) throw payErrors.paramError('mchid与签名商户不一致');
  if (wanted.appid !== merchant.appid) throw payErrors.appidMchidNotMatch();
  const nowMs = clock.nowMs();
  const order = books.order(merchant.mchid, wanted.out_trade_no);
  if (order) return repeat(order, wanted, books, nowMs);
  if (wanted.time_expire !== undefined && Date.parse(wanted.time_expire) <= nowMs) {
    throw payErrors.paramError('time_expire时间过短', { field: '/time_expire', location: 'body' });
  }
  const fresh = newOrder(wanted, nowMs);
  books.keepOrder(fresh);
  return { prepay_id: fresh.prepayId };
}

function repeat(order: Order, wanted: PrepayRequest, books: Books, nowMs: number): { prepay_id: string } {
  if (isPaid(order)) throw payErrors.orderPaid();
  if (order.state === 'CLOSED') throw payErrors.orderClosed();
  if (order.requestText !== canonical(wanted)) throw payErrors.outTradeNoUsed();
  if (order.timeExpireMs !== undefined && order.timeExpireMs <= nowMs) {
    throw payErrors.invalidRequest('订单已超过支付截止时间，请关单后使用新的商户订单号');
  }
  if (nowMs - order.prepaidMs < PREPAY_ID_MS) return { prepay_id: order.prepayId };
  const renewed = { ...order, prepayId: makePrepayId(nowMs), prepaidMs: nowMs };
  books.keepOrder(renewed);
  return { prepay_id: renewed.prepayId };
}

function newOrder(wanted: PrepayRequest, nowMs: number): Order {
  return {
    mchid: wanted.mchid,
    appid: wanted.appid,
    outTradeNo: wanted.out_trade_no,
    description: wanted.description,
    attach: wanted.attach,
    notifyUrl: wanted.notify_url,
    totalFen: wanted.amount.total,
    currency: wanted.amount.currency,
    openid: wanted.payer.openid,
    timeExpireMs: wanted.time_expire === undefined ? undefined : Date.parse(wanted.time_expire),
    requestText: canonical(wanted),
    prepayId: makePrepayId(nowMs),
    prepaidMs: nowMs,
    createdMs: nowMs,
    state: 'NOTPAY',
    refunds: [],
    refundedFen: 0,
  };
}

function makePrepayId(nowMs: number): string {
  return `wx${new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 19).replaceAll(/\D/g, '')}${randomHex(10)}`;
}
