import { isPaid, type Order, type PaidOrder, type Refund } from '../books/records';
import { rfc3339 } from '../books/time';

const STATE_TEXT: Record<string, string> = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
  USERPAYING: '用户支付中',
  PAYERROR: '支付失败',
};

/** trade_state: an order with any refund reads REFUND for ever. */
function tradeState(order: Order): string {
  return isPaid(order) && order.refunds.length > 0 ? 'REFUND' : order.state;
}

/** The answer to an order query; unpaid orders carry no transaction. */
export function presentOrder(order: Order) {
  const state = tradeState(order);
  const common = {
    appid: order.appid,
    mchid: order.mchid,
    out_trade_no: order.outTradeNo,
    trade_state: state,
    trade_state_desc: STATE_TEXT[state] ?? state,
    attach: order.attach ?? '',
  };
  if (!isPaid(order)) {
    return { ...common, amount: { total: order.totalFen, currency: order.currency }, payer: {} };
  }
  return { ...common, ...paymentOf(order) };
}

/** The resource of a payment callback. */
export function presentPayment(order: PaidOrder) {
  return {
    out_trade_no: order.outTradeNo,
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    attach: order.attach ?? '',
    ...paymentOf(order),
  };
}

function paymentOf({ payment }: PaidOrder) {
  const coupon =
    payment.couponFen === 0
      ? {}
      : {
          promotion_detail: [
            {
              coupon_id: '109519',
              name: '样本代金券',
              scope: 'GLOBAL',
              type: 'CASH',
              amount: payment.couponFen,
              wechatpay_contribute: payment.couponFen,
              merchant_contribute: 0,
              other_contribute: 0,
              currency: 'CNY',
            },
          ],
        };
  return {
    appid: payment.appid,
    mchid: payment.mchid,
    transaction_id: payment.transactionId,
    trade_type: 'JSAPI',
    bank_type: payment.bankType,
    success_time: rfc3339(payment.successMs),
    payer: { openid: payment.payerOpenid },
    amount: {
      total: payment.totalFen,
      payer_total: payment.payerTotalFen,
      currency: payment.currency,
      payer_currency: payment.currency,
    },
    ...coupon,
  };
}

const RECEIVED_BY = '样本银行借记卡0403';

/** The answer to a refund request or query. */
export function presentRefund(refund: Refund) {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: RECEIVED_BY,
    ...successTime(refund),
    create_time: rfc3339(refund.createdMs),
    status: refund.status,
    funds_account: 'AVAILABLE',
    amount: {
      ...refundAmount(refund),
      from: [],
      settlement_refund: refund.refundFen,
      settlement_total: refund.totalFen,
      discount_refund: refund.couponFen,
      currency: 'CNY',
      refund_fee: refund.feeFen,
    },
    promotion_detail: [],
  };
}

/** The resource of a refund callback: refund_status, and neither appid nor currency. */
export function presentRefundNotice(refund: Refund) {
  return {
    mchid: refund.mchid,
    out_trade_no: refund.outTradeNo,
    transaction_id: refund.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: refund.status,
    ...successTime(refund),
    user_received_account: RECEIVED_BY,
    amount: refundAmount(refund),
  };
}

function refundAmount(refund: Refund) {
  return {
    total: refund.totalFen,
    refund: refund.refundFen,
    payer_total: refund.totalFen - refund.couponTotalFen,
    payer_refund: refund.refundFen - refund.couponFen,
  };
}

function successTime(refund: Refund): { success_time?: string } {
  return refund.successMs === undefined ? {} : { success_time: rfc3339(refund.successMs) };
}
