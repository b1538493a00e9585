import { Card, Empty, Table, type TableColumnsType } from 'antd';
import type { ReportDay } from '../../../../shared/contract/reports';
import { apart, byMonth, netFen, totalOf } from '../../../../shared/domain/money-days';
import { useRead } from '../../api/hooks';
import { Bars } from '../../parts/bars';
import { Loaded } from '../../parts/loaded';
import { count, yuan } from '../../words/format';
import { monthName } from '../reconciliation/days';
import { useReportRequest } from './asked';
import { Export } from './export';
import { Footer } from './footer';
import { Groups } from './groups';

type Month = ReturnType<typeof byMonth<ReportDay>>[number];

/** 月报: the same days, added up by month. */
export function MonthReport() {
  const summary = useRead('GET /api/console/merchants/:merchantId/reports/summary', useReportRequest(), {
    keepLast: true,
  });
  return (
    <Loaded query={summary} rows={8}>
      {(data) => {
        const months = byMonth(data.days);
        return (
          <div className="stack">
            <Card title="月报" extra={<Export report="monthly" what="月报" />}>
              {months.length === 0 ? (
                <Empty description="这些日子没有收款，也没有退款" />
              ) : (
                <div className="stack">
                  <Bars label="每月的收款和退款" up="收款" down="退款" bars={months.map(barOf)} />
                  <Table
                    className="number"
                    size="small"
                    rowKey="month"
                    columns={COLUMNS}
                    dataSource={months}
                    pagination={false}
                  />
                  <Footer summary={data} />
                </div>
              )}
            </Card>
            <Groups groups={data.groups} />
          </div>
        );
      }}
    </Loaded>
  );
}

function barOf({ month, days }: Month) {
  const { ours } = totalOf(days);
  return {
    name: month,
    up: ours.paidFen,
    down: ours.refundedFen,
    amount: yuan(ours.paidFen),
    words: `${monthName(month)}：收款 ${yuan(ours.paidFen)} 元，退款 ${yuan(ours.refundedFen)} 元`,
  };
}

const COLUMNS: TableColumnsType<Month> = [
  { title: '月份', width: 130, render: (_, { month }) => monthName(month) },
  { title: '收款笔数', align: 'right', render: (_, { days }) => count(totalOf(days).ours.payments) },
  { title: '收款', align: 'right', render: (_, { days }) => yuan(totalOf(days).ours.paidFen) },
  { title: '退款笔数', align: 'right', render: (_, { days }) => count(totalOf(days).ours.refunds) },
  { title: '退款', align: 'right', render: (_, { days }) => yuan(totalOf(days).ours.refundedFen) },
  { title: '净额', align: 'right', render: (_, { days }) => yuan(netFen(totalOf(days).ours)) },
  {
    title: '手续费',
    align: 'right',
    render: (_, { days }) => {
      const { theirs } = totalOf(days);
      return theirs ? yuan(theirs.feeFen) : <span className="faint">—</span>;
    },
  },
  {
    title: '与微信相差',
    align: 'right',
    render: (_, { days }) => {
      const { covered, theirs } = totalOf(days);
      if (!theirs) return <span className="faint">—</span>;
      const off = netFen(apart(theirs, covered));
      return <span className={off === 0 ? 'good' : 'bad'}>{yuan(off)}</span>;
    },
  },
  {
    title: '关账',
    width: 140,
    align: 'right',
    render: (_, { days }) => `${days.filter(({ state }) => state === 'closed').length} / ${days.length} 天`,
  },
];
