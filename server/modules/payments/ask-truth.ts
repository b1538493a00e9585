import type { WeChatPay } from '../../platform/wechat-pay/client';
import type { TruthOfOrder } from './catch-up-order';

/** Refund numbers with the time of their acceptance, where a bill tells it. */
export type RefundNumbers = ReadonlyMap<string, Date | null>;

/**
 * Asks WeChat about an order and some of its refunds.
 *
 * @returns null when it was not paid there
 * @throws WeChatPayError
 */
export async function askTruth(
  pay: WeChatPay,
  orderNo: string,
  refundNos: RefundNumbers,
): Promise<TruthOfOrder | null> {
  const paid = await pay.queryOrder(orderNo);
  if (paid.state !== 'SUCCESS' && paid.state !== 'REFUND') return null;
  const refunds: TruthOfOrder['refunds'] = [];
  for (const [refundNo, acceptedAt] of refundNos) {
    const news = await pay.queryRefund(refundNo);
    if (news.status !== 'NOT_EXIST') refunds.push({ news, acceptedAt });
  }
  return { paid, refunds };
}
