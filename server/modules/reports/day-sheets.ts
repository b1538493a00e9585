import type { MoneyGroup, MoneySummary, ReportDay } from '../../../shared/contract/reports';
import { DAY_STATE_NAMES, NO_ITEM, NOBODYS } from '../../../shared/domain/finance-words';
import { sumFen } from '../../../shared/domain/money';
import {
  apart,
  byMonth,
  type FooterSums,
  type MoneySums,
  netFen,
  totalOf,
} from '../../../shared/domain/money-days';
import type { Column, Row, Sheet } from '../../platform/tables/workbook';
import { total } from './cells';

/** 日汇总: a line a day, ours beside WeChat's footer, and their totals. */
export const dailySheet = (summary: MoneySummary, title: readonly string[]): Sheet =>
  summary.by === 'shot'
    ? { name: '按拍摄日', title, columns: SHOT_COLUMNS, rows: shotRows(summary.days) }
    : {
        name: '日汇总',
        title: [...title, ...missingLine(summary.days)],
        columns: dayColumns('日期', '状态'),
        rows: [
          ...summary.days.map((day) => sideBySide(day.day, day.ours, day.theirs, stateOf(day))),
          totalRow(summary.days),
        ],
        frozenColumns: 1,
      };

/** 月报: a line a month. */
export const monthlySheet = (summary: MoneySummary, title: readonly string[]): Sheet =>
  summary.by === 'shot'
    ? dailySheet(summary, title)
    : {
        name: '月报',
        title: [...title, ...missingLine(summary.days)],
        columns: dayColumns('月份', '关账'),
        rows: [
          ...byMonth(summary.days).map(({ month, days }) => {
            const { ours, theirs } = totalOf(days);
            const closed = days.filter(({ state }) => state === 'closed').length;
            return sideBySide(month, ours, theirs, `${closed} / ${days.length} 天已关账`);
          }),
          totalRow(summary.days),
        ],
        frozenColumns: 1,
      };

/** The same money by campaign, college and fee item. */
export const groupSheet = ({ groups }: MoneySummary, title: readonly string[]): Sheet => ({
  name: '按批次学院项目',
  title,
  columns: [
    { title: '采集批次', width: 28 },
    { title: '学院', width: 22 },
    { title: '收费项目', width: 20 },
    { title: '收款笔数', kind: 'integer' },
    { title: '收款金额', kind: 'yuan' },
    { title: '退款笔数', kind: 'integer' },
    { title: '退款金额', kind: 'yuan' },
    { title: '净额', kind: 'yuan' },
  ],
  rows: [...groups.map(groupRow), groupTotal(groups)],
});

const dayColumns = (first: string, last: string): Column[] => [
  { title: first },
  { title: '我方收款笔数', kind: 'integer' },
  { title: '我方收款', kind: 'yuan' },
  { title: '我方退款笔数', kind: 'integer' },
  { title: '我方退款', kind: 'yuan' },
  { title: '我方净额', kind: 'yuan' },
  { title: '微信收款笔数', kind: 'integer' },
  { title: '微信收款', kind: 'yuan' },
  { title: '微信退款笔数', kind: 'integer' },
  { title: '微信退款', kind: 'yuan' },
  { title: '微信手续费', kind: 'yuan' },
  { title: '收款相差', kind: 'yuan' },
  { title: '退款相差', kind: 'yuan' },
  { title: last, width: 20 },
];

/** A difference is written only where there is a footer to differ from. */
function sideBySide(name: string, ours: MoneySums, theirs: FooterSums | null, last: string): Row {
  const left = [name, ours.payments, ours.paidFen, ours.refunds, ours.refundedFen, netFen(ours)];
  if (!theirs) return [...left, null, null, null, null, null, null, null, last];
  const { paidFen, refundedFen } = apart(theirs, ours);
  return [
    ...left,
    theirs.payments,
    theirs.paidFen,
    theirs.refunds,
    theirs.refundedFen,
    theirs.feeFen,
    off(paidFen),
    off(refundedFen),
    last,
  ];
}

const off = (fen: number): Row[number] => (fen === 0 ? fen : { value: fen, tone: 'error' });

/** Differences of the days that have a bill; the others stand in the title. */
function totalRow(days: readonly ReportDay[]): Row {
  const { ours, covered, theirs } = totalOf(days);
  const row = sideBySide('合计', ours, theirs, '');
  if (!theirs) return total(row);
  const difference = apart(theirs, covered);
  return total([...row.slice(0, 11), difference.paidFen, difference.refundedFen, '']);
}

const missingLine = (days: readonly ReportDay[]): string[] => {
  const { missing } = totalOf(days);
  return missing.length === 0
    ? []
    : [`${missing.length} 天还没有微信账单，未计入相差：${missing.join('、')}`];
};

const stateOf = ({ state, differences }: ReportDay): string => {
  const name = state === null ? '' : DAY_STATE_NAMES[state];
  return differences === 0 ? name : `${name} ${differences} 处`;
};

const SHOT_COLUMNS: Column[] = [
  { title: '拍摄日' },
  { title: '已拍人数', kind: 'integer' },
  { title: '收款笔数', kind: 'integer' },
  { title: '收款', kind: 'yuan' },
  { title: '退款笔数', kind: 'integer' },
  { title: '退款', kind: 'yuan' },
  { title: '净额', kind: 'yuan' },
];

const shotRows = (days: readonly ReportDay[]): Row[] => {
  const { ours } = totalOf(days);
  const shots = days.reduce((sum, day) => sum + day.shots, 0);
  return [...days.map((day) => shotRow(day.day, day.shots, day.ours)), total(shotRow('合计', shots, ours))];
};

const shotRow = (name: string, shots: number, ours: MoneySums): Row => [
  name,
  shots,
  ours.payments,
  ours.paidFen,
  ours.refunds,
  ours.refundedFen,
  netFen(ours),
];

const groupRow = (group: MoneyGroup): Row => [
  group.campaign || NOBODYS,
  group.college,
  group.item || NO_ITEM,
  group.payments,
  group.paidFen,
  group.refunds,
  group.refundedFen,
  netFen(group),
];

/** Only amounts: an order of two items is counted with both. */
const groupTotal = (groups: readonly MoneyGroup[]): Row => {
  const paidFen = sumFen(groups.map((group) => group.paidFen));
  const refundedFen = sumFen(groups.map((group) => group.refundedFen));
  return total(['合计', '', '', null, paidFen, null, refundedFen, netFen({ paidFen, refundedFen })]);
};
