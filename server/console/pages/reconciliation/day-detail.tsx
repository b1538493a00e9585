import { CloudDownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Empty, Table, type TableColumnsType } from 'antd';
import type { BillDayView, DifferenceView } from '../../../../shared/contract/reconciliation';
import { useRead, useWrite } from '../../api/hooks';
import { Loaded } from '../../parts/loaded';
import { useMay } from '../../session/use-session';
import { DIFFERENCE_NAMES, DIFFERENCE_STATES } from '../../words/differences';
import { dayName, stamp, yuan } from '../../words/format';
import { DAY_STATES } from './days';
import { SideBySide } from './side-by-side';

/** @param record undefined for a day that is still to come, or while its month is read */
export function DayDetail({
  merchantId,
  day,
  record,
}: {
  merchantId: string;
  day: string;
  record: BillDayView | undefined;
}) {
  const may = useMay();
  const fetchBills = useWrite('POST /api/console/merchants/:merchantId/days/:day/fetch');
  if (!record) {
    return (
      <Card title={dayName(day)}>
        <Empty description="这一天还没有到" />
      </Card>
    );
  }
  const isFirst = record.state === 'waiting';
  const canFetch =
    may('POST /api/console/merchants/:merchantId/days/:day/fetch') && record.state !== 'closed';
  return (
    <Card
      title={`${dayName(day)} · ${DAY_STATES[record.state].name}`}
      extra={
        canFetch && (
          <Button
            type={isFirst ? 'primary' : 'default'}
            icon={<CloudDownloadOutlined aria-hidden />}
            loading={fetchBills.isPending}
            onClick={() => fetchBills.mutate({ params: { merchantId, day } })}
          >
            {isFirst ? '下载账单并核对' : '重新核对'}
          </Button>
        )
      }
    >
      {record.trouble && (
        <Alert
          className="gap-below"
          type="warning"
          showIcon
          title="上次导入没有成功"
          description={record.trouble}
        />
      )}
      {isFirst ? (
        <Empty description="还没有下载这一天的账单" />
      ) : (
        <div className="stack">
          <Outcome record={record} />
          <SideBySide record={record} />
          {record.differences > 0 && <Differences merchantId={merchantId} day={day} />}
        </div>
      )}
    </Card>
  );
}

function Outcome({ record: { state, differences, rows, importedAt } }: { record: BillDayView }) {
  if (state === 'imported' || state === 'matching') {
    return <Alert type="info" showIcon title="账单已下载，正在逐笔核对" />;
  }
  const description = `账单 ${rows} 行，${stamp(importedAt)} 下载`;
  if (differences === 0)
    return <Alert type="success" showIcon title="已核对，0 差异" description={description} />;
  return (
    <Alert type="error" showIcon title={`${differences} 处差异，需要逐条处理`} description={description} />
  );
}

function Differences({ merchantId, day }: { merchantId: string; day: string }) {
  const found = useRead('GET /api/console/merchants/:merchantId/days/:day/differences', {
    params: { merchantId, day },
  });
  return (
    <Loaded query={found}>
      {({ differences }) => (
        <Table
          size="small"
          rowKey="id"
          columns={COLUMNS}
          dataSource={differences}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
    </Loaded>
  );
}

const amount = (fen: number | null): string => (fen === null ? '—' : yuan(fen));

const COLUMNS: TableColumnsType<DifferenceView> = [
  { title: '差错', width: 150, render: (_, { type }) => DIFFERENCE_NAMES[type] },
  {
    title: '说明',
    render: (_, { explanation, orderNo, refundNo, transactionId }) => (
      <>
        {explanation}
        <div className="faint number">{refundNo ?? orderNo ?? transactionId}</div>
      </>
    ),
  },
  {
    title: '我方',
    width: 90,
    align: 'right',
    className: 'number',
    render: (_, { oursFen }) => amount(oursFen),
  },
  {
    title: '微信',
    width: 90,
    align: 'right',
    className: 'number',
    render: (_, { theirsFen }) => amount(theirsFen),
  },
  { title: '状态', width: 80, render: (_, { status }) => DIFFERENCE_STATES[status] },
];
