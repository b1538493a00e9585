import type { DifferenceLine, OrderLine, RefundLine, ReportDay } from '../../../shared/contract/reports';
import {
  DIFFERENCE_NAMES,
  DIFFERENCE_STATE_NAMES,
  NOBODYS,
  RECEIPT_KIND_NAMES,
  REFUND_PROMISE_NAMES,
  REFUND_STATE_NAMES,
  REPAIR_NAMES,
} from '../../../shared/domain/finance-words';
import { apart, totalOf } from '../../../shared/domain/money-days';
import type { Row, Sheet } from '../../platform/tables/workbook';
import { instant, total } from './cells';
import type { OrderTotals } from './list-orders';

const PAGE = 500;

type Pages<Line> = (
  after: string | undefined,
  limit: number,
) => Promise<{ lines: Line[]; next: string | null }>;

/** All pages one after the other, never all at once. */
async function* every<Line>(pages: Pages<Line>): AsyncGenerator<Line> {
  let after: string | undefined;
  do {
    const { lines, next } = await pages(after, PAGE);
    yield* lines;
    after = next ?? undefined;
  } while (after !== undefined);
}

/** 明细. @param days those of the same span, for the footer; empty where there is nothing to compare with */
export const orderSheet = (
  pages: Pages<OrderLine>,
  { totals, days, title }: { totals: OrderTotals; days: readonly ReportDay[]; title: readonly string[] },
): Sheet => ({
  name: '明细',
  title,
  columns: [
    { title: '商户订单号', width: 34 },
    { title: '微信支付订单号', width: 32 },
    { title: '付款时间', kind: 'instant', width: 20 },
    { title: '采集批次', width: 24 },
    { title: '学号', width: 16 },
    { title: '姓名' },
    { title: '学院', width: 20 },
    { title: '收款', kind: 'yuan' },
    { title: '已退', kind: 'yuan' },
    { title: '在退', kind: 'yuan' },
    { title: '净额', kind: 'yuan' },
    { title: '拍摄日', kind: 'day' },
    { title: '票据', width: 34 },
    { title: '说明' },
  ],
  rows: orderRows(pages, totals, days),
  frozenColumns: 1,
});

async function* orderRows(
  pages: Pages<OrderLine>,
  { orders, receivedFen, refundedFen, refundingFen }: OrderTotals,
  days: readonly ReportDay[],
): AsyncGenerator<Row> {
  for await (const line of every(pages)) {
    yield [
      line.orderNo,
      line.transactionId,
      instant(line.paidAt),
      line.campaign || NOBODYS,
      line.studentNo,
      line.name,
      line.college,
      line.receivedFen,
      line.refundedFen,
      line.refundingFen,
      line.receivedFen - line.refundedFen - line.refundingFen,
      line.shotDay,
      receiptWords(line),
      line.isAside ? '款项存疑，未入账' : null,
    ];
  }
  const net = receivedFen - refundedFen - refundingFen;
  yield totalLine(`合计 ${orders} 笔`, 7, [receivedFen, refundedFen, refundingFen, net]);
  const { covered, theirs } = totalOf(days);
  if (!theirs) return;
  yield totalLine(`微信账单合计 ${theirs.payments} 笔`, 7, [theirs.paidFen]);
  yield totalLine('相差（已有账单的日子）', 7, [apart(theirs, covered).paidFen]);
}

/** Issued for money that has all gone back, it has to be voided. */
function receiptWords({ receipt, receivedFen, refundedFen }: OrderLine): string {
  if (!receipt) return '未开';
  const issued = `${RECEIPT_KIND_NAMES[receipt.kind]} ${receipt.number}`;
  return refundedFen === receivedFen ? `${issued}，已全退，待冲红` : issued;
}

export interface RefundTotals {
  accepted: { refunds: number; amountFen: number };
  closed: { refunds: number; amountFen: number };
  waiting: { refunds: number; amountFen: number };
}

/** 退款, with what was promised. */
export const refundSheet = (
  lines: { count: number; from: (from: number, to: number) => Promise<RefundLine[]> },
  { totals, days, title }: { totals: RefundTotals; days: readonly ReportDay[]; title: readonly string[] },
): Sheet => ({
  name: '退款',
  title,
  columns: [
    { title: '商户退款单号', width: 34 },
    { title: '商户订单号', width: 34 },
    { title: '微信退款单号', width: 32 },
    { title: '学号', width: 16 },
    { title: '姓名' },
    { title: '学院', width: 20 },
    { title: '退款金额', kind: 'yuan' },
    { title: '原因', width: 24 },
    { title: '状态', width: 18 },
    { title: '申请时间', kind: 'instant', width: 20 },
    { title: '微信受理', kind: 'instant', width: 20 },
    { title: '答应到账日', kind: 'day' },
    { title: '到账时间', kind: 'instant', width: 20 },
    { title: '用了几个工作日', kind: 'integer' },
    { title: '承诺', width: 18 },
  ],
  rows: refundRows(lines, totals, days),
  frozenColumns: 1,
});

async function* refundRows(
  lines: { count: number; from: (from: number, to: number) => Promise<RefundLine[]> },
  { accepted, closed, waiting }: RefundTotals,
  days: readonly ReportDay[],
): AsyncGenerator<Row> {
  for (let from = 0; from < lines.count; from += PAGE) {
    for (const line of await lines.from(from, from + PAGE)) yield refundRow(line);
  }
  yield totalLine(`合计 ${accepted.refunds} 笔（微信已受理）`, 6, [accepted.amountFen]);
  yield totalLine(`其中微信已关闭 ${closed.refunds} 笔`, 6, [closed.amountFen]);
  yield totalLine(`微信未受理 ${waiting.refunds} 笔`, 6, [waiting.amountFen]);
  const { covered, theirs } = totalOf(days);
  if (!theirs) return;
  yield totalLine(`微信账单合计 ${theirs.refunds} 笔`, 6, [theirs.refundedFen]);
  yield totalLine('相差（已有账单的日子）', 6, [apart(theirs, covered).refundedFen]);
}

const refundRow = (line: RefundLine): Row => [
  line.refundNo,
  line.orderNo,
  line.refundId,
  line.studentNo,
  line.name,
  line.college,
  line.amountFen,
  line.reason,
  REFUND_STATE_NAMES[line.state],
  instant(line.requestedAt),
  instant(line.acceptedAt),
  line.dueDay,
  instant(line.arrivedAt),
  line.workingDays,
  line.promise && REFUND_PROMISE_NAMES[line.promise],
];

/** 差异, with how each was settled and by whom. */
export const differenceSheet = (pages: Pages<DifferenceLine>, title: readonly string[]): Sheet => ({
  name: '差异',
  title,
  columns: [
    { title: '账单日', kind: 'day' },
    { title: '类型', width: 22 },
    { title: '状态' },
    { title: '商户订单号', width: 34 },
    { title: '商户退款单号', width: 34 },
    { title: '微信单号', width: 32 },
    { title: '我方', kind: 'yuan' },
    { title: '微信', kind: 'yuan' },
    { title: '说明', width: 50 },
    { title: '办法' },
    { title: '经办' },
    { title: '复核' },
    { title: '平账时间', kind: 'instant', width: 20 },
    { title: '结果', width: 40 },
  ],
  rows: differenceRows(pages),
  frozenColumns: 2,
});

async function* differenceRows(pages: Pages<DifferenceLine>): AsyncGenerator<Row> {
  for await (const line of every(pages)) {
    yield [
      line.day,
      DIFFERENCE_NAMES[line.type],
      DIFFERENCE_STATE_NAMES[line.status],
      line.orderNo,
      line.refundNo,
      line.transactionId,
      line.oursFen,
      line.theirsFen,
      line.explanation,
      line.repair && REPAIR_NAMES[line.repair],
      line.by ?? line.owner,
      line.approvedBy,
      instant(line.settledAt),
      line.result,
    ];
  }
}

/** A name in the first column, amounts from column `at` on. */
const totalLine = (name: string, at: number, amounts: readonly number[]): Row =>
  total([name, ...Array.from({ length: at - 1 }, () => null), ...amounts]);
