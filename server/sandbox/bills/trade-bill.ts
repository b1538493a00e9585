import type { Books } from '../books/books';
import type { PaidOrder, Refund, RefundStatus } from '../books/records';
import { billTime } from '../books/time';
import type { Merchant } from '../credentials/credentials';
import { billLine, billText, type CountStyle, count, feeYuan, headerLine, rate, yuan } from './format';

export const tradeBillTypes = ['ALL', 'SUCCESS', 'REFUND'] as const;
export type TradeBillType = (typeof tradeBillTypes)[number];

const ORDER = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
];
const REFUND_TIMES = ['退款申请时间', '退款成功时间'];
const REFUND = ['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态'];
const GOODS = ['商品名称', '商户数据包', '手续费', '费率', '订单金额'];
const ASKED = ['申请退款金额'];
const LAST = ['费率备注'];

const HEADERS: Record<TradeBillType, string[]> = {
  ALL: [...ORDER, ...REFUND, ...GOODS, ...ASKED, ...LAST],
  SUCCESS: [...ORDER, ...GOODS, ...LAST],
  REFUND: [...ORDER, ...REFUND_TIMES, ...REFUND, ...GOODS, ...ASKED, ...LAST],
};
const SUMMARY = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
];

export interface BillDay {
  merchant: Merchant;
  books: Books;
  fromMs: number;
  toMs: number;
  /** Refunds are shown as they stood at this instant. */
  snapshotMs: number;
  countStyle: CountStyle;
}

/** The lines of a day's trade bill; nothing at all when the day had no trade. */
export function* tradeBill(type: TradeBillType, day: BillDay): Generator<string> {
  const { books, merchant, fromMs, toMs } = day;
  const payments = type === 'REFUND' ? [] : books.paidBetween(merchant.mchid, fromMs, toMs);
  const refunds = type === 'SUCCESS' ? [] : books.refundsBetween(merchant.mchid, fromMs, toMs);
  const sums = { rows: 0, settledFen: 0, refundFen: 0, couponRefundFen: 0, feeFen: 0, totalFen: 0 };

  for (const row of byTime(payments, refunds)) {
    if (sums.rows === 0) yield headerLine(HEADERS[type]);
    sums.rows += 1;
    if ('payment' in row) {
      sums.settledFen += row.payment.totalFen;
      sums.totalFen += row.payment.totalFen;
      sums.feeFen += row.payment.feeFen;
      yield billLine(pick(type, paymentRow(row, merchant)));
      continue;
    }
    sums.refundFen += row.refundFen;
    sums.couponRefundFen += row.couponFen;
    sums.feeFen -= row.feeFen;
    yield billLine(pick(type, refundRow(type, row, day)));
  }
  if (sums.rows === 0) return;
  yield headerLine(SUMMARY);
  yield billLine([
    count(sums.rows, day.countStyle),
    yuan(sums.settledFen),
    yuan(sums.refundFen),
    yuan(sums.couponRefundFen),
    feeYuan(sums.feeFen),
    yuan(sums.totalFen),
    yuan(sums.refundFen),
  ]);
}

type Row = Record<string, string>;

function pick(type: TradeBillType, row: Row): string[] {
  return HEADERS[type].map((name) => row[name] ?? '');
}

function paymentRow(order: PaidOrder, merchant: Merchant): Row {
  const { payment } = order;
  return {
    ...orderColumns(order, merchant),
    交易时间: billTime(payment.successMs),
    交易状态: 'SUCCESS',
    应结订单金额: yuan(payment.totalFen),
    代金券金额: yuan(payment.couponFen),
    微信退款单号: '0',
    商户退款单号: '0',
    退款金额: '0.00',
    充值券退款金额: '0.00',
    手续费: feeYuan(payment.feeFen),
    订单金额: yuan(payment.totalFen),
    申请退款金额: '0.00',
  };
}

function refundRow(type: TradeBillType, refund: Refund, { books, merchant, snapshotMs }: BillDay): Row {
  const order = books.orderByTransactionId(refund.transactionId);
  const status = statusAt(refund, snapshotMs);
  const succeeded = status === 'SUCCESS' && refund.successMs !== undefined;
  const ownTime = type === 'REFUND' && order ? order.payment.successMs : refund.createdMs;
  return {
    ...(order ? orderColumns(order, merchant) : {}),
    交易时间: billTime(ownTime),
    交易状态: 'REFUND',
    应结订单金额: '0.00',
    代金券金额: '0.00',
    退款申请时间: billTime(refund.createdMs),
    退款成功时间: succeeded ? billTime(refund.successMs ?? 0) : '',
    微信退款单号: refund.refundId,
    商户退款单号: refund.outRefundNo,
    退款金额: yuan(refund.refundFen),
    充值券退款金额: yuan(refund.couponFen),
    退款类型: 'ORIGINAL',
    退款状态: status,
    手续费: feeYuan(-refund.feeFen),
    订单金额: '0.00',
    申请退款金额: yuan(refund.refundFen),
  };
}

function orderColumns(order: PaidOrder, merchant: Merchant): Row {
  return {
    公众账号ID: order.payment.appid,
    商户号: order.mchid,
    特约商户号: '0',
    设备号: '',
    微信订单号: order.payment.transactionId,
    商户订单号: order.outTradeNo,
    用户标识: order.payment.payerOpenid,
    交易类型: 'JSAPI',
    付款银行: order.payment.bankType,
    货币种类: order.payment.currency,
    商品名称: billText(order.description),
    商户数据包: billText(order.attach ?? ''),
    费率: rate(merchant.feeBasisPoints),
  };
}

function statusAt(refund: Refund, atMs: number): RefundStatus {
  return refund.history.filter((change) => change.atMs <= atMs).at(-1)?.status ?? 'PROCESSING';
}

/** Two sequences in time order as one. */
function* byTime(payments: Iterable<PaidOrder>, refunds: Iterable<Refund>): Generator<PaidOrder | Refund> {
  const left = payments[Symbol.iterator]();
  const right = refunds[Symbol.iterator]();
  let payment = left.next();
  let refund = right.next();
  while (!payment.done || !refund.done) {
    const paymentFirst =
      !payment.done && (refund.done || payment.value.payment.successMs <= refund.value.createdMs);
    if (paymentFirst) {
      yield payment.value;
      payment = left.next();
    } else if (!refund.done) {
      yield refund.value;
      refund = right.next();
    }
  }
}
