import type { ReportName } from '../../../shared/contract/reports';
import { shanghaiStamp } from '../../../shared/domain/time';
import type { UserActor } from '../../http/actor';
import type { Download } from '../../http/route';
import type { Sheet } from '../../platform/tables/workbook';
import { writeXlsx } from '../../platform/tables/write-xlsx';
import type { World } from '../../world';
import { recordLook } from '../audit/record-look';
import { differenceTypes } from '../reconciliation/report-days';
import { type Asked, refuseSpan } from './asked';
import { dailySheet, groupSheet, monthlySheet } from './day-sheets';
import { listDifferences } from './list-differences';
import { listFees } from './list-fees';
import { listOrders, orderTotals } from './list-orders';
import { reportRefunds } from './list-refunds';
import { differenceSheet, orderSheet, refundSheet } from './list-sheets';
import { sumCampaigns } from './sum-campaigns';
import { sumMoney } from './sum-money';
import { campaignSheet, feeSheet, typeSheet } from './sum-sheets';

type Clocked = Pick<World, 'clock' | 'ids'>;

/** A report as a workbook; that it was taken away is written down first. @throws AppError BAD_REQUEST, NOT_FOUND */
export async function exportReport(
  world: Clocked,
  by: UserActor,
  report: ReportName,
  asked: Asked,
): Promise<Download> {
  refuseSpan(asked);
  const { merchant, from, to, by: basis, campaignId } = asked;
  const now = shanghaiStamp(world.clock.now());
  const span = from === to ? from : `${from} 至 ${to}`;
  await recordLook(world, by, {
    verb: 'export',
    subject: `merchant:${merchant._id}`,
    facts: { report, span, basis, ...(campaignId && { campaign: campaignId }) },
  });
  const name = NAMES[report];
  const title = [
    `${name}　${merchant.name}（${merchant.mchid}）　${report === 'campaigns' ? '截至导出时' : span}`,
    `${basis === 'shot' ? '按拍摄日' : '按付款日'}　${by.name} 导出于 ${now}　金额单位：元`,
  ];
  const sheets = await SHEETS[report](world, asked, title);
  return { name: `${name}-${from}至${to}.xlsx`, body: writeXlsx(sheets) };
}

const NAMES: Readonly<Record<ReportName, string>> = {
  daily: '日汇总',
  detail: '收退款明细',
  differences: '差异',
  refunds: '退款',
  fees: '手续费',
  monthly: '月报',
  campaigns: '批次结算',
};

type Sheets = (world: Clocked, asked: Asked, title: readonly string[]) => Promise<Sheet[]>;

const SHEETS: Readonly<Record<ReportName, Sheets>> = {
  async daily(world, asked, title) {
    const summary = await sumMoney(world, asked);
    return [dailySheet(summary, title), groupSheet(summary, title)];
  },
  async monthly(world, asked, title) {
    const summary = await sumMoney(world, asked);
    return [monthlySheet(summary, title), groupSheet(summary, title)];
  },
  async detail(world, asked, title) {
    const [{ days }, totals] = await Promise.all([sumMoney(world, asked), orderTotals(asked)]);
    const pages = (after: string | undefined, limit: number) => listOrders(asked, { after, limit });
    return [orderSheet(pages, { totals, days, title })];
  },
  async refunds(world, asked, title) {
    const [{ days }, { totals, count, lines }] = await Promise.all([
      sumMoney(world, asked),
      reportRefunds(world, asked),
    ]);
    return [refundSheet({ count, from: lines }, { totals, days, title })];
  },
  async differences(world, asked, title) {
    const [summary, types] = await Promise.all([
      sumMoney(world, { ...asked, by: 'payment', campaignId: undefined }),
      differenceTypes(asked.merchant._id, asked),
    ]);
    const pages = (after: string | undefined, limit: number) => listDifferences(asked, { after, limit });
    return [differenceSheet(pages, title), typeSheet(types, title), dailySheet(summary, title)];
  },
  async fees(_world, asked, title) {
    return [feeSheet(await listFees(asked), title)];
  },
  async campaigns(_world, asked, title) {
    return [campaignSheet(await sumCampaigns(asked), title)];
  },
};
