import { Card, Empty, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { ProvedDay } from '../../../../shared/contract/money-proof';
import { netFen } from '../../../../shared/domain/money-days';
import { pathOf, useCampaign } from '../../layout/use-campaign';
import { Pill } from '../../parts/pill';
import { dayName, yuan } from '../../words/format';

/** The external proof: of each day, our records = trade bill = fund flow. */
export function BillDays({ days }: { days: readonly ProvedDay[] }) {
  const { id } = useCampaign();
  return (
    <Card
      title="和微信的两份账单"
      extra={<span className="soft">我方记录 = 交易账单 = 资金账单，按天按商户</span>}
      styles={{ body: { padding: 0 } }}
    >
      <Table
        className="number"
        size="small"
        rowKey={({ merchantId, day }) => `${merchantId} ${day}`}
        columns={columns(id)}
        dataSource={[...days].reverse()}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty description="还没有下载过账单" /> }}
      />
    </Card>
  );
}

const columns = (campaignId: string): TableColumnsType<ProvedDay> => [
  {
    title: '账单日',
    width: 130,
    render: (_, { day }) => <Link to={pathOf(campaignId, `reconciliation/${day}`)}>{dayName(day)}</Link>,
  },
  { title: '商户', render: (_, { merchant }) => merchant },
  { title: '我方净额', width: 120, align: 'right', render: (_, { ours }) => yuan(netFen(ours)) },
  { title: '交易账单', width: 120, align: 'right', render: (_, { trade }) => yuan(netFen(trade)) },
  {
    title: '资金账单',
    width: 120,
    align: 'right',
    render: (_, { trade, flowOffFen }) => yuan(netFen(trade) - trade.feeFen + flowOffFen),
  },
  { title: '手续费', width: 100, align: 'right', render: (_, { trade }) => yuan(trade.feeFen) },
  { title: '相差', width: 100, align: 'right', render: (_, day) => <Off day={day} /> },
  {
    title: '关账',
    width: 170,
    render: (_, { isClosed, differences }) => (
      <span className="row tight">
        <Pill tone={isClosed ? 'good' : 'calm'}>{isClosed ? '已关账' : '未关账'}</Pill>
        {differences > 0 && <span className="faint">{differences} 条差错记录</span>}
      </span>
    ),
  },
];

function Off({ day: { ours, trade, flowOffFen } }: { day: ProvedDay }) {
  const off =
    Math.abs(trade.paidFen - ours.paidFen) +
    Math.abs(trade.refundedFen - ours.refundedFen) +
    Math.abs(flowOffFen);
  return <span className={off === 0 ? 'good' : 'bad'}>{yuan(off)}</span>;
}
