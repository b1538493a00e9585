import { CloudDownloadOutlined, LoadingOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Empty } from 'antd';
import type { BillDayView } from '../../../../shared/contract/reconciliation';
import { hasCode } from '../../api/errors';
import { useWrite } from '../../api/hooks';
import { useMay } from '../../session/use-session';
import { BILL_NAMES } from '../../words/differences';
import { dayName, stamp, yuan } from '../../words/format';
import { dayWord } from './days';
import { Differences } from './differences';
import { SideBySide } from './side-by-side';
import { SignOff } from './sign-off';
import { UploadBills } from './upload-bills';

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
  const queries = useQueryClient();
  const fetchBills = useWrite('POST /api/console/merchants/:merchantId/days/:day/fetch', {
    onRefused(error) {
      if (!hasCode(error, 'DAY_BUSY')) return false;
      // The page says so by itself, and follows until it is done.
      void queries.invalidateQueries();
      return true;
    },
  });
  if (!record) {
    return (
      <Card title={dayName(day)}>
        <Empty description="这一天还没有到" />
      </Card>
    );
  }
  const isFirst = record.state === 'waiting';
  const isMade = record.bills !== 'not_yet';
  const canFetch =
    isMade && may('POST /api/console/merchants/:merchantId/days/:day/fetch') && record.state !== 'closed';
  return (
    <Card
      title={`${dayName(day)} · ${dayWord(record)}`}
      extra={
        <span className="row tight">
          {isMade && <UploadBills merchantId={merchantId} day={day} />}
          {canFetch && (
            <Button
              type={isFirst && record.bills === 'due' ? 'primary' : 'default'}
              icon={<CloudDownloadOutlined aria-hidden />}
              loading={fetchBills.isPending}
              disabled={record.busy}
              onClick={() => fetchBills.mutate({ params: { merchantId, day } })}
            >
              {isFirst ? '下载账单并核对' : '重新核对'}
            </Button>
          )}
        </span>
      }
    >
      {record.busy && !fetchBills.isPending && (
        <Alert
          className="gap-below"
          type="info"
          showIcon
          icon={<LoadingOutlined aria-hidden />}
          title="正在导入、核对这一天的账单，好了会自动显示"
        />
      )}
      {record.trouble && !record.busy && (
        <Alert
          className="gap-below"
          type="warning"
          showIcon
          title="上次导入没有成功"
          description={record.trouble}
        />
      )}
      {record.uploads.map(({ kind, name, by, at }) => (
        <Alert
          key={kind}
          className="gap-below"
          type="info"
          showIcon
          title={`已收到${BILL_NAMES[kind]}，还差另一份才能核对`}
          description={`${name}，${by} ${stamp(at)} 上传；24 小时内有效`}
        />
      ))}
      {isFirst ? (
        <Empty description={NOT_IN[record.bills]} />
      ) : (
        <div className="stack">
          <Outcome record={record} />
          <SideBySide record={record} />
          <SignOff record={record} />
          <Differences merchantId={merchantId} day={day} />
        </div>
      )}
    </Card>
  );
}

const NOT_IN: Readonly<Record<BillDayView['bills'], string>> = {
  not_yet: '微信次日 10 点后出这一天的账单',
  idle: '这一天没有收款和退款，不用对账；需要时也可以下载账单核对',
  due: '还没有下载这一天的账单',
  in: '',
};

function Outcome({
  record: { state, busy, differences, inDoubt, unexplainedFen, rows, importedAt },
}: {
  record: BillDayView;
}) {
  if (state === 'imported' || state === 'matching') {
    return busy ? null : <Alert type="info" showIcon title="账单已下载，等待核对；可以按“重新核对”" />;
  }
  const description = `账单 ${rows} 行，${stamp(importedAt)} 导入`;
  const toDo = differences - inDoubt.count;
  if (toDo > 0) {
    return (
      <Alert
        type="error"
        showIcon
        title={`${toDo} 处差异，需要逐条处理`}
        description={
          <>
            {`每处的相差加起来，就是“未解释”的 ${yuan(unexplainedFen)} 元。`}
            {inDoubt.count > 0 && `另有 ${inDoubt.count} 处跨日，等相邻一天的账单，不算在内。`}
            <br />
            {description}
          </>
        }
      />
    );
  }
  if (inDoubt.count > 0) {
    return (
      <Alert
        type="info"
        showIcon
        title={`已核对，只剩 ${inDoubt.count} 处跨日 ${yuan(inDoubt.fen)} 元，等相邻一天的账单`}
        description={description}
      />
    );
  }
  return <Alert type="success" showIcon title="已核对，0 差异" description={description} />;
}
