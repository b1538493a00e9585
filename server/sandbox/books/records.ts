/** Amounts are fen; instants are milliseconds of the demo clock. */

type TradeState = 'NOTPAY' | 'USERPAYING' | 'PAYERROR' | 'SUCCESS' | 'CLOSED';

export interface Payment {
  transactionId: string;
  successMs: number;
  /** What the order was for, as booked; a planted wrong amount stands here. */
  totalFen: number;
  currency: string;
  payerTotalFen: number;
  couponFen: number;
  payerOpenid: string;
  appid: string;
  /** As answers and callbacks say it; a planted wrong one stands here. */
  mchid: string;
  bankType: string;
  feeFen: number;
}

export interface Order {
  mchid: string;
  appid: string;
  outTradeNo: string;
  description: string;
  attach?: string | undefined;
  notifyUrl: string;
  totalFen: number;
  currency: string;
  openid: string;
  timeExpireMs?: number | undefined;
  /** The whole request, canonical: a repeat must be the same. */
  requestText: string;
  prepayId: string;
  prepaidMs: number;
  createdMs: number;
  state: TradeState;
  closedMs?: number | undefined;
  payment?: Payment | undefined;
  /** Out-refund numbers in order of acceptance. */
  refunds: string[];
  /** Refunded or being refunded. */
  refundedFen: number;
  /** Set by upload_shipping_info. */
  shippedMs?: number | undefined;
}

export type PaidOrder = Order & { payment: Payment };

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

export interface Refund {
  mchid: string;
  outRefundNo: string;
  refundId: string;
  outTradeNo: string;
  transactionId: string;
  refundFen: number;
  totalFen: number;
  /** The coupon's part of the payment, and of this refund. */
  couponTotalFen: number;
  couponFen: number;
  /** Fee given back, a positive number. */
  feeFen: number;
  reason?: string | undefined;
  notifyUrl?: string | undefined;
  requestText: string;
  createdMs: number;
  status: RefundStatus;
  /** How it stood from when on; bills show the status at their making. */
  history: Array<{ status: RefundStatus; atMs: number }>;
  successMs?: number | undefined;
  /** What it will become; PROCESSING keeps it waiting. */
  outcome: RefundStatus;
}

export interface FlowEntry {
  mchid: string;
  atMs: number;
  /** transaction_id or refund_id */
  businessNo: string;
  flowNo: string;
  name: string;
  /** 业务类型: 交易, 扣除交易手续费, 退款, 退还交易手续费, 退款关闭, or a planted one. */
  type: string;
  direction: '收入' | '支出';
  amountFen: number;
  balanceFen: number;
  voucher: string;
}

export function isPaid(order: Order): order is PaidOrder {
  return order.payment !== undefined;
}
