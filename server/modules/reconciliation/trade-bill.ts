import type { Readable } from 'node:stream';
import { readAttach } from '../payments/attach';
import { type BillLayout, type Header, readBill, refuseBill } from './bill-table';
import {
  type Claim,
  checkClaims,
  countOf,
  dayChecker,
  fenOf,
  instantReader,
  moneyColumn,
} from './bill-values';

/** A line of the trade bill (交易账单, type ALL). */
export interface TradeRow {
  kind: 'payment' | 'refund';
  orderNo: string;
  refundNo: string | null;
  /** Ours, as 商户数据包 has it: whose payment it is, should the order be unknown here. */
  bookingId: string | null;
  /** 微信订单号, or 微信退款单号 for a refund. */
  wechatNo: string;
  /** Payment's success, refund's acceptance. */
  at: Date;
  /** What the order or the refund is about: 订单金额, 申请退款金额. */
  fen: number;
  /** What the merchant gets or gives: 应结订单金额, 退款金额. Less than `fen` when WeChat's coupon was free for it. */
  settledFen: number;
  /** Negative on refunds. */
  feeFen: number;
  /** "0.60%" */
  rate: string;
  /** SUCCESS, or the refund's 退款状态 as it stood when the bill was made. */
  status: string;
}

export interface TradeTotals {
  rows: number;
  payments: number;
  paidFen: number;
  settledFen: number;
  refunds: number;
  refundedFen: number;
  settledRefundFen: number;
  feeFen: number;
}

export const noTrade = (): TradeTotals => ({
  rows: 0,
  payments: 0,
  paidFen: 0,
  settledFen: 0,
  refunds: 0,
  refundedFen: 0,
  settledRefundFen: 0,
  feeFen: 0,
});

/**
 * Streams the rows of one day and merchant, adds them up, and holds the footer against the sums at the end.
 *
 * @param totals counted up while reading
 * @throws AppError BILL_REFUSED for another merchant's or day's bill, a file cut short, a footer that does not add up
 */
export function readTradeBill(
  content: Readable,
  expected: { mchid: string; day: string },
  totals: TradeTotals,
): AsyncGenerator<TradeRow[]> {
  return readBill(content, {
    footerColumn: '总交易单数',
    details(header) {
      const rowOf = rowReader(header);
      const mchid = header.column('商户号');
      const checkDay = dayChecker(expected.day, '交易');
      return (cells) => {
        const whose = mchid(cells);
        if (whose !== expected.mchid) throw refuseBill(`是商户号 ${whose.slice(0, 32)} 的账单`);
        const row = rowOf(cells);
        checkDay(row.at);
        add(totals, row);
        return row;
      };
    },
    footer: (header, cells) => checkClaims(claimsOf(header, totals).map((claim) => claim(cells))),
  });
}

function rowReader(header: Header): ReturnType<BillLayout<TradeRow>['details']> {
  const state = header.column('交易状态');
  const at = header.column('交易时间');
  const orderNo = header.column('商户订单号');
  const transactionId = header.column('微信订单号');
  const refundNo = header.column('商户退款单号');
  const refundId = header.column('微信退款单号');
  const refundStatus = header.column('退款状态');
  const settled = moneyColumn(header.column('应结订单金额'));
  const newerTotal = header.optional('订单金额');
  const total = newerTotal ? moneyColumn(newerTotal) : settled;
  const refunded = moneyColumn(header.column('退款金额'));
  const newerAsked = header.optional('申请退款金额');
  const asked = newerAsked ? moneyColumn(newerAsked) : refunded;
  const attached = header.optional('商户数据包');
  const fee = moneyColumn(header.column('手续费'));
  const rate = header.column('费率');
  const instantOf = instantReader();
  return (cells) => {
    const status = state(cells);
    const isRefund = status === 'REFUND';
    return {
      kind: isRefund ? 'refund' : 'payment',
      orderNo: orderNo(cells),
      refundNo: isRefund ? refundNo(cells) : null,
      bookingId: readAttach(attached?.(cells))?.bookingId ?? null,
      wechatNo: isRefund ? refundId(cells) : transactionId(cells),
      at: instantOf(at(cells)),
      fen: isRefund ? asked(cells) : total(cells),
      settledFen: isRefund ? refunded(cells) : settled(cells),
      feeFen: fee(cells),
      rate: rate(cells),
      status: isRefund ? refundStatus(cells) : status,
    };
  };
}

function add(totals: TradeTotals, { kind, fen, settledFen, feeFen }: TradeRow): void {
  totals.rows += 1;
  totals.feeFen += feeFen;
  if (kind === 'payment') {
    totals.payments += 1;
    totals.paidFen += fen;
    totals.settledFen += settledFen;
  } else {
    totals.refunds += 1;
    totals.refundedFen += fen;
    totals.settledRefundFen += settledFen;
  }
}

function claimsOf(header: Header, totals: TradeTotals): ((cells: readonly string[]) => Claim)[] {
  const rows = header.column('总交易单数');
  const money: [string, number][] = [
    ['应结订单总金额', totals.settledFen],
    ['退款总金额', totals.settledRefundFen],
    ['手续费总金额', totals.feeFen],
  ];
  const newer: [string, number][] = [
    ['订单总金额', totals.paidFen],
    ['申请退款总金额', totals.refundedFen],
  ];
  const claim =
    (name: string, counted: number, column = header.column(name)) =>
    (cells: readonly string[]): Claim => [name, fenOf(column(cells)), counted];
  return [
    (cells) => ['总交易单数', countOf(rows(cells)), totals.rows],
    ...money.map(([name, counted]) => claim(name, counted)),
    ...newer.flatMap(([name, counted]) => {
      const column = header.optional(name);
      return column ? [claim(name, counted, column)] : [];
    }),
  ];
}
