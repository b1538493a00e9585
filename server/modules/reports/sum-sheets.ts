import type { CampaignLine, FeeDay } from '../../../shared/contract/reports';
import { DIFFERENCE_NAMES } from '../../../shared/domain/finance-words';
import { sumFen } from '../../../shared/domain/money';
import type { Row, Sheet } from '../../platform/tables/workbook';
import type { TypeCount } from '../reconciliation/report-days';
import { total } from './cells';

/** 手续费: what the bill charged and gave back, by its rates and by its footer. */
export const feeSheet = (days: readonly FeeDay[], title: readonly string[]): Sheet => ({
  name: '手续费',
  title,
  columns: [
    { title: '账单日' },
    { title: '收款笔数', kind: 'integer' },
    { title: '应结金额', kind: 'yuan' },
    { title: '收取手续费', kind: 'yuan' },
    { title: '退款笔数', kind: 'integer' },
    { title: '退款金额', kind: 'yuan' },
    { title: '退还手续费', kind: 'yuan' },
    { title: '净手续费', kind: 'yuan' },
    { title: '按费率应为', kind: 'yuan' },
    { title: '微信合计', kind: 'yuan' },
    { title: '相差', kind: 'yuan' },
    { title: '费率', width: 18 },
  ],
  rows: [
    ...days.map((day) => feeRow(day.day, day)),
    total(feeRow('合计', { ...sumFees(days), rates: [...new Set(days.flatMap(({ rates }) => rates))] })),
  ],
  frozenColumns: 1,
});

const feeRow = (name: string, fees: Omit<FeeDay, 'day'>): Row => [
  name,
  fees.payments,
  fees.settledFen,
  fees.chargedFen,
  fees.refunds,
  fees.settledRefundFen,
  fees.returnedFen,
  fees.chargedFen - fees.returnedFen,
  fees.expectedFen,
  fees.footerFen,
  fees.footerFen - fees.expectedFen,
  fees.rates.join('、'),
];

const sumFees = (days: readonly FeeDay[]) => {
  const sum = (pick: (day: FeeDay) => number) => sumFen(days.map(pick));
  return {
    payments: sum(({ payments }) => payments),
    settledFen: sum(({ settledFen }) => settledFen),
    chargedFen: sum(({ chargedFen }) => chargedFen),
    refunds: sum(({ refunds }) => refunds),
    settledRefundFen: sum(({ settledRefundFen }) => settledRefundFen),
    returnedFen: sum(({ returnedFen }) => returnedFen),
    expectedFen: sum(({ expectedFen }) => expectedFen),
    footerFen: sum(({ footerFen }) => footerFen),
  };
};

/** 差异, by type. */
export const typeSheet = (types: readonly TypeCount[], title: readonly string[]): Sheet => ({
  name: '按类型',
  title,
  columns: [
    { title: '类型', width: 24 },
    { title: '共', kind: 'integer' },
    { title: '未平', kind: 'integer' },
    { title: '未平金额', kind: 'yuan' },
  ],
  rows: [
    ...types.map(({ type, all, unsettled, unsettledFen }) => [
      DIFFERENCE_NAMES[type],
      all,
      unsettled,
      unsettledFen,
    ]),
    total([
      '合计',
      types.reduce((sum, { all }) => sum + all, 0),
      types.reduce((sum, { unsettled }) => sum + unsettled, 0),
      sumFen(types.map(({ unsettledFen }) => unsettledFen)),
    ]),
  ],
});

/** 批次结算: a line a campaign and college, a column a fee item. */
export function campaignSheet(lines: readonly CampaignLine[], title: readonly string[]): Sheet {
  const items = new Map(lines.flatMap((line) => line.items.map(({ code, name }) => [code, name])));
  const netOf = (line: CampaignLine, code: string) =>
    line.items.find((item) => item.code === code)?.netFen ?? 0;
  const row = (line: CampaignLine): Row => [
    line.campaign,
    line.college,
    line.shots,
    line.shotUnpaid,
    line.shotWaived,
    line.paidWithoutShot,
    line.payments,
    line.receivedFen,
    line.refundedFen,
    line.refundingFen,
    line.asideFen,
    ...[...items.keys()].map((code) => netOf(line, code)),
  ];
  const rows = lines.map(row);
  return {
    name: '批次结算',
    title,
    columns: [
      { title: '采集批次', width: 28 },
      { title: '学院', width: 22 },
      { title: '已拍', kind: 'integer' },
      { title: '已拍未付', kind: 'integer' },
      { title: '已拍免缴', kind: 'integer' },
      { title: '已付未拍', kind: 'integer' },
      { title: '付款笔数', kind: 'integer' },
      { title: '收款', kind: 'yuan' },
      { title: '已退', kind: 'yuan' },
      { title: '在退', kind: 'yuan' },
      { title: '存疑', kind: 'yuan' },
      ...[...items.values()].map((name) => ({ title: `${name}净额`, kind: 'yuan' as const })),
    ],
    rows: [...rows, total(['合计', '', ...columnSums(rows, 2)])],
    frozenColumns: 2,
  };
}

/** Sums of every column from `from` on, all of which are numbers. */
const columnSums = (rows: readonly Row[], from: number): number[] => {
  const [first = []] = rows;
  return first.slice(from).map((_, at) => sumFen(rows.map((row) => Number(row[at + from] ?? 0))));
};
