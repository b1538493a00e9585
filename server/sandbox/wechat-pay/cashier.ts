import { createVerify } from 'node:crypto';
import { z } from 'zod';
import type { Books } from '../books/books';
import { isPaid, type Order } from '../books/records';
import type { DemoClock } from '../clock/demo-clock';
import type { Credentials, Merchant } from '../credentials/credentials';
import { publicKeyOf } from '../credentials/keys';
import { PREPAY_ID_MS } from './prepay';

/** The parameters of wx.requestPayment, and what the customer does. */
export const cashierVisit = z.strictObject({
  appId: z.string(),
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.string(),
  paySign: z.string(),
  openid: z.string(),
  outcome: z.enum(['pay', 'cancel', 'fail']),
  couponFen: z.number().int().nonnegative().optional(),
});
export type CashierVisit = z.infer<typeof cashierVisit>;

/** `errMsg` as the phone's callback receives it. */
export type CashierResult =
  | { ok: true; order: Order; merchant: Merchant }
  | { ok: false; errMsg: string; reason: string };

/** What WeChat checks before it shows the customer the amount. */
export function openCashier(
  visit: CashierVisit,
  books: Books,
  credentials: Credentials,
  clock: DemoClock,
): CashierResult {
  const refused = (reason: string): CashierResult => ({
    ok: false,
    errMsg: `requestPayment:fail ${reason}`,
    reason,
  });
  if (!/^\d{1,32}$/.test(visit.timeStamp)) return refused('调用支付JSAPI缺少参数：timeStamp');
  if (visit.nonceStr === '' || visit.nonceStr.length > 32) return refused('调用支付JSAPI缺少参数：nonceStr');
  if (visit.signType !== 'RSA') return refused('调用支付JSAPI参数错误：signType');
  const order = books.orderByPrepayId(visit.package.replace(/^prepay_id=/, ''));
  if (!visit.package.startsWith('prepay_id=') || !order) return refused('预支付交易会话标识不存在');
  const merchant = credentials.merchant(order.mchid);
  if (!merchant || !isSigned(visit, merchant)) return refused('支付验证签名失败');
  if (visit.appId !== order.appid) return refused('appid与下单不一致');
  const obstacle = obstacleTo(order, visit, clock.nowMs());
  if (obstacle !== undefined) return refused(obstacle);
  if (visit.outcome === 'cancel') {
    return { ok: false, errMsg: 'requestPayment:fail cancel', reason: 'cancel' };
  }
  if (visit.outcome === 'fail') return refused('银行卡余额不足');
  return { ok: true, order, merchant };
}

function isSigned(visit: CashierVisit, merchant: Merchant): boolean {
  return createVerify('RSA-SHA256')
    .update(`${visit.appId}\n${visit.timeStamp}\n${visit.nonceStr}\n${visit.package}\n`)
    .verify(publicKeyOf(merchant.keys.publicKey), visit.paySign, 'base64');
}

function obstacleTo(order: Order, visit: CashierVisit, nowMs: number): string | undefined {
  if (isPaid(order)) return '该订单已支付';
  if (order.state === 'CLOSED') return '订单已关闭';
  if (order.timeExpireMs !== undefined && nowMs >= order.timeExpireMs) return '订单已过期';
  if (nowMs - order.prepaidMs >= PREPAY_ID_MS) return '预支付交易会话已过期';
  if (visit.openid !== order.openid) return '支付者与下单用户不一致';
  if ((visit.couponFen ?? 0) >= order.totalFen) return '代金券金额有误';
  return undefined;
}
