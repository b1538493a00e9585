import { Card, Empty, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { ReportDay } from '../../../../shared/contract/reports';
import { netFen } from '../../../../shared/domain/money-days';
import { useRead } from '../../api/hooks';
import { pathOf, useCampaign } from '../../layout/use-campaign';
import { Bars } from '../../parts/bars';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { count, dayName, yuan } from '../../words/format';
import { DAY_STATES } from '../reconciliation/days';
import { useReportRequest } from './asked';
import { Export } from './export';
import { Footer } from './footer';
import { Groups } from './groups';

/** 日汇总: a bar and a line a day. */
export function DayReport() {
  const summary = useRead('GET /api/console/merchants/:merchantId/reports/summary', useReportRequest(), {
    keepLast: true,
  });
  const { id } = useCampaign();
  return (
    <Loaded query={summary} rows={8}>
      {(data) => (
        <div className="stack">
          <Card
            title={data.by === 'shot' ? '按拍摄日' : '按付款日'}
            extra={<Export report="daily" what="日汇总" />}
          >
            {data.days.length === 0 ? (
              <Empty description="这些日子没有收款，也没有退款" />
            ) : (
              <div className="stack">
                <Bars label="每天的收款和退款" up="收款" down="退款" bars={data.days.map(barOf)} />
                <Footer summary={data} />
              </div>
            )}
          </Card>
          {data.days.length > 0 && (
            <Card title="每天" styles={{ body: { padding: 0 } }}>
              <Table
                className="number"
                size="small"
                rowKey="day"
                columns={data.by === 'shot' ? SHOT_COLUMNS : columns(id)}
                dataSource={[...data.days].reverse()}
                pagination={{ pageSize: 31, hideOnSinglePage: true, showSizeChanger: false }}
              />
            </Card>
          )}
          <Groups groups={data.groups} />
        </div>
      )}
    </Loaded>
  );
}

const barOf = ({ day, ours }: ReportDay) => ({
  name: day.slice(5),
  up: ours.paidFen,
  down: ours.refundedFen,
  amount: yuan(ours.paidFen),
  words: `${dayName(day)}：收款 ${yuan(ours.paidFen)} 元，退款 ${yuan(ours.refundedFen)} 元`,
});

const amount = (title: string, of: (day: ReportDay) => number) =>
  ({ title, align: 'right', render: (_: unknown, day: ReportDay) => yuan(of(day)) }) as const;
const number = (title: string, of: (day: ReportDay) => number) =>
  ({ title, align: 'right', width: 76, render: (_: unknown, day: ReportDay) => count(of(day)) }) as const;

const SHOT_COLUMNS: TableColumnsType<ReportDay> = [
  { title: '拍摄日', width: 150, render: (_, { day }) => dayName(day) },
  number('已拍', ({ shots }) => shots),
  number('收款', ({ ours }) => ours.payments),
  amount('收款金额', ({ ours }) => ours.paidFen),
  number('退款', ({ ours }) => ours.refunds),
  amount('退款金额', ({ ours }) => ours.refundedFen),
  amount('净额', ({ ours }) => netFen(ours)),
];

const columns = (campaignId: string): TableColumnsType<ReportDay> => [
  {
    title: '日期',
    width: 130,
    render: (_, { day }) => <Link to={pathOf(campaignId, `reconciliation/${day}`)}>{dayName(day)}</Link>,
  },
  number('收款', ({ ours }) => ours.payments),
  amount('收款金额', ({ ours }) => ours.paidFen),
  { title: '微信收款', align: 'right', render: (_, { theirs }) => known(theirs?.paidFen) },
  number('退款', ({ ours }) => ours.refunds),
  amount('退款金额', ({ ours }) => ours.refundedFen),
  { title: '微信退款', align: 'right', render: (_, { theirs }) => known(theirs?.refundedFen) },
  { title: '手续费', align: 'right', render: (_, { theirs }) => known(theirs?.feeFen) },
  { title: '相差', align: 'right', render: (_, day) => <Off day={day} /> },
  { title: '对账', width: 130, render: (_, day) => <State day={day} /> },
];

const known = (fen: number | undefined) => (fen === undefined ? <span className="faint">—</span> : yuan(fen));

function Off({ day: { ours, theirs } }: { day: ReportDay }) {
  if (!theirs) return <span className="faint">—</span>;
  const off = netFen(theirs) - netFen(ours);
  return <span className={off === 0 ? 'good' : 'bad'}>{yuan(off)}</span>;
}

function State({ day: { state, differences } }: { day: ReportDay }) {
  if (state === null) return <span className="faint">待下载</span>;
  return (
    <span className="row tight">
      <Pill tone={DAY_STATES[state].tone}>{DAY_STATES[state].name}</Pill>
      {differences > 0 && <span className="bad">{differences} 处</span>}
    </span>
  );
}
