import { Alert, App, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import type { BillDayView } from '../../../../shared/contract/reconciliation';
import { useWrite } from '../../api/hooks';
import { useDialogWrite } from '../../api/use-dialog-write';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';
import { stamp, yuan } from '../../words/format';

/** Closing a day and opening it again, each by two people. */
export function SignOff({ record }: { record: BillDayView }) {
  const may = useMay();
  const canAsk = may('POST /api/console/merchants/:merchantId/days/:day/sign-off');
  if (record.signOff) return <Asked record={record} signOff={record.signOff} />;
  if (record.closed) {
    const { by, approvedBy, at } = record.closed;
    return (
      <Alert
        type="success"
        showIcon
        title={`已关账，未解释 ${yuan(record.unexplainedFen)} 元`}
        description={`${by} 提交，${approvedBy} 复核，${stamp(at)}${carriedWords(record)}`}
        action={canAsk && <AskReopen record={record} />}
      />
    );
  }
  if (!canAsk || (record.state !== 'matched' && record.state !== 'differences')) return null;
  return <AskClose record={record} />;
}

const carriedWords = ({ carried }: BillDayView): string =>
  carried > 0 ? `；${carried} 处跨日差错结转，账单到后自动销账` : '';

function AskClose({
  record: { merchantId, day, version, unexplainedFen, inDoubt },
}: {
  record: BillDayView;
}) {
  const { message } = App.useApp();
  const ask = useWrite('POST /api/console/merchants/:merchantId/days/:day/sign-off', {
    onDone: () => message.success('已提交关账，等另一位财务同事复核'),
  });
  return (
    <div>
      <Space>
        <Popconfirm
          title="提交这一天关账？"
          description="另一位同事复核后关账；关账后不再接受别的账单。"
          okText="提交"
          onConfirm={() =>
            ask
              .mutateAsync({ params: { merchantId, day }, body: { kind: 'close', version } })
              .catch(() => undefined)
          }
        >
          <Button type="primary" disabled={unexplainedFen > 0} loading={ask.isPending}>
            提交关账
          </Button>
        </Popconfirm>
        <span className={unexplainedFen === 0 ? 'good' : 'bad'}>未解释 {yuan(unexplainedFen)} 元</span>
      </Space>
      {inDoubt.count > 0 && (
        <p className="soft number">
          另有 {inDoubt.count} 处跨日 {yuan(inDoubt.fen)} 元，随关账结转，等相邻一天的账单自动销账
        </p>
      )}
    </div>
  );
}

function AskReopen({ record: { merchantId, day, version } }: { record: BillDayView }) {
  const [isAsking, setAsking] = useState(false);
  const ask = useDialogWrite('POST /api/console/merchants/:merchantId/days/:day/sign-off', {
    done: '已提交，等另一位财务同事复核',
    onClose: () => setAsking(false),
    endedBy: ['SIGN_OFF_STATE'],
  });
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        重新开账…
      </Button>
      {isAsking && (
        <ReasonDialog
          title="申请重新开账？"
          consequence="另一位同事复核后，这一天可以重新导入账单、处理差错，之后要再关一次账。"
          suggestions={['微信补发了账单', '发现漏处理的差错']}
          okText="提交"
          isPending={ask.isPending}
          onConfirm={(note) =>
            ask.mutate({ params: { merchantId, day }, body: { kind: 'reopen', version, note } })
          }
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Asked({ record, signOff }: { record: BillDayView; signOff: NonNullable<BillDayView['signOff']> }) {
  const { merchantId, day, version, unexplainedFen } = record;
  const may = useMay();
  const { message } = App.useApp();
  const isClose = signOff.kind === 'close';
  const decide = useWrite('POST /api/console/merchants/:merchantId/days/:day/sign-off/decide', {
    onDone: ({ state, signOff: left }) => {
      if (state === 'closed' && !left && isClose) message.success('已关账');
      else message.success(signOff.mine ? '已收回' : '已办理');
    },
  });
  const say = (decision: 'approve' | 'reject') =>
    decide.mutateAsync({ params: { merchantId, day }, body: { version, decision } }).catch(() => undefined);
  const canDecide = may('POST /api/console/merchants/:merchantId/days/:day/sign-off/decide');
  const waiting = canDecide && !signOff.mine ? '请您复核' : '等待复核';
  return (
    <Alert
      type="warning"
      showIcon
      title={isClose ? `${waiting}关账，未解释 ${yuan(unexplainedFen)} 元` : `${waiting}重新开账`}
      description={
        <span className="number">
          {signOff.by} {stamp(signOff.at)} 提交{signOff.note ? `：${signOff.note}` : ''}
          {signOff.mine && '。请另一位财务同事复核'}
        </span>
      }
      action={
        canDecide && (
          <Space>
            <Button size="small" disabled={decide.isPending} onClick={() => void say('reject')}>
              {signOff.mine ? '收回' : '不同意'}
            </Button>
            {!signOff.mine && (
              <Popconfirm
                title={isClose ? '同意关账？' : '同意重新开账？'}
                description={isClose ? '关账前会再核对一遍。' : '之后要再关一次账。'}
                okText="同意"
                onConfirm={() => say('approve')}
              >
                <Button size="small" type="primary" loading={decide.isPending}>
                  {isClose ? '复核关账' : '同意开账'}
                </Button>
              </Popconfirm>
            )}
          </Space>
        )
      }
    />
  );
}
