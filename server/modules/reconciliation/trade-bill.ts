import type { Readable } from 'node:stream';
import { shanghaiDay } from '../../../shared/domain/time';
import { type BillLine, readBillTable, refuseBill } from './bill-table';
import { countOf, fenOf, instantOf } from './bill-values';

/** A line of the trade bill (交易账单). */
export interface TradeRow {
  kind: 'payment' | 'refund';
  orderNo: string;
  refundNo: string | null;
  /** 微信订单号, or 微信退款单号 for a refund. */
  wechatNo: string;
  at: Date;
  /** 应结订单金额, or 申请退款金额. */
  fen: number;
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
  refunds: number;
  refundedFen: number;
  feeFen: number;
}

export const noTrade = (): TradeTotals => ({
  rows: 0,
  payments: 0,
  paidFen: 0,
  refunds: 0,
  refundedFen: 0,
  feeFen: 0,
});

/**
 * Streams the rows of one day and merchant, and holds the footer against their sums at the end.
 *
 * @throws AppError BILL_REFUSED for another merchant's or day's bill, a file cut short, a footer that does not add up
 */
export async function* readTradeBill(
  content: Readable,
  expected: { mchid: string; day: string },
  totals: TradeTotals,
): AsyncGenerator<TradeRow> {
  const table = readBillTable(content);
  for await (const line of table.rows) {
    if (line('商户号') !== expected.mchid) throw refuseBill(`是商户号 ${line('商户号')} 的账单`);
    const row = rowOf(line);
    if (shanghaiDay(row.at) !== expected.day) throw refuseBill(`含有 ${shanghaiDay(row.at)} 的交易`);
    add(totals, row);
    yield row;
  }
  checkFooter(table.footer(), totals);
}

function rowOf(line: BillLine): TradeRow {
  const isRefund = line('交易状态') === 'REFUND';
  return {
    kind: isRefund ? 'refund' : 'payment',
    orderNo: line('商户订单号'),
    refundNo: isRefund ? line('商户退款单号') : null,
    wechatNo: isRefund ? line('微信退款单号') : line('微信订单号'),
    at: instantOf(line('交易时间')),
    fen: fenOf(isRefund ? line('申请退款金额') : line('应结订单金额')),
    feeFen: fenOf(line('手续费')),
    rate: line('费率'),
    status: isRefund ? line('退款状态') : line('交易状态'),
  };
}

function add(totals: TradeTotals, { kind, fen, feeFen }: TradeRow): void {
  totals.rows += 1;
  totals.feeFen += feeFen;
  if (kind === 'payment') {
    totals.payments += 1;
    totals.paidFen += fen;
  } else {
    totals.refunds += 1;
    totals.refundedFen += fen;
  }
}

function checkFooter(line: BillLine, totals: TradeTotals): void {
  const claims: [string, number, number][] = [
    ['总交易单数', countOf(line('总交易单数')), totals.rows],
    ['应结订单总金额', fenOf(line('应结订单总金额')), totals.paidFen],
    ['申请退款总金额', fenOf(line('申请退款总金额')), totals.refundedFen],
    ['手续费总金额', fenOf(line('手续费总金额')), totals.feeFen],
  ];
  const wrong = claims.find(([, claimed, counted]) => claimed !== counted);
  if (wrong) throw refuseBill(`汇总行的“${wrong[0]}”与明细合计不一致`);
}
