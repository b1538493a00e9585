import { App, Button, Card, Popconfirm, Progress, Steps } from 'antd';
import { useState } from 'react';
import type { RefundBatchView } from '../../../../shared/contract/settlement';
import { download } from '../../api/download';
import { useWrite } from '../../api/hooks';
import { ExportButton } from '../../parts/export-button';
import { Pill, type Tone } from '../../parts/pill';
import { useMay, useUser } from '../../session/use-session';
import { count, percent, stamp, yuan } from '../../words/format';
import { awaitedApproval, type Reader, waitsFor } from '../../words/whose-turn';
import { BatchLines } from './batch-lines';
import { Decide } from './decide';

type State = RefundBatchView['state'];

const STATES: Readonly<Record<State, { name: string; tone: Tone }>> = {
  submitted: { name: '待审批', tone: 'warn' },
  rejected: { name: '已驳回', tone: 'calm' },
  approved: { name: '退款中', tone: 'brand' },
  paused: { name: '已暂停', tone: 'warn' },
  stopped: { name: '已停止', tone: 'bad' },
  done: { name: '已完成', tone: 'good' },
};

const WITHDRAWN = { name: '已撤回', tone: 'calm' } as const;

/** One batch of refunds: who submitted, who decided, how far it is. */
export function BatchCard({ batch }: { batch: RefundBatchView }) {
  const reader = useReader();
  const isWithdrawn = batch.state === 'rejected' && batch.decidedBy === batch.submittedBy;
  const { name, tone } = isWithdrawn ? WITHDRAWN : STATES[batch.state];
  return (
    <Card
      title={
        <span className="row">
          统一退款 {count(batch.lines.total)} 笔，{yuan(batch.amountFen)} 元 <Pill tone={tone}>{name}</Pill>
        </span>
      }
      extra={
        <span className="row tight">
          <ExportButton
            what="统一退款结果"
            save={() =>
              download('GET /api/console/refund-batches/:id/result.xlsx', { params: { id: batch.id } })
            }
          />
          <BatchActions batch={batch} />
        </span>
      }
    >
      <Steps
        size="small"
        current={currentStep(batch.state)}
        status={batch.state === 'stopped' || batch.state === 'rejected' ? 'error' : undefined}
        items={[
          { title: '提交', content: `${batch.submittedBy} ${stamp(batch.submittedAt)}` },
          {
            title: isWithdrawn ? '撤回' : batch.state === 'rejected' ? '驳回' : '审批',
            content: batch.decidedBy
              ? `${batch.decidedBy} ${stamp(batch.decidedAt)}`
              : awaitedApproval(reader, batch.submittedBy),
          },
          { title: '退款', content: '原路退回学生的支付账户' },
          { title: '完成' },
        ]}
      />
      {batch.note && <p className="soft">审批意见：{batch.note}</p>}
      {batch.state !== 'submitted' && batch.state !== 'rejected' && <BatchProgress batch={batch} />}
      <BatchLines batch={batch} />
    </Card>
  );
}

function useReader(): Reader {
  const may = useMay();
  const { name } = useUser();
  return { name, mayDecide: may('POST /api/console/refund-batches/:id/decide') };
}

function currentStep(state: State): number {
  if (state === 'submitted' || state === 'rejected') return 1;
  return state === 'done' ? 4 : 2;
}

function BatchProgress({ batch: { lines, refundedFen, stoppedBecause, state } }: { batch: RefundBatchView }) {
  const finished = lines.refunded + lines.skipped + lines.failed;
  const parts = [
    `已到账 ${lines.refunded} 笔 ${yuan(refundedFen)} 元`,
    lines.cancelled > 0 && `微信处理中 ${lines.cancelled} 笔`,
    lines.waiting > 0 && `排队 ${lines.waiting} 笔`,
    lines.skipped > 0 && `跳过 ${lines.skipped} 笔（已拍摄或已取消）`,
  ].filter((part) => part !== false);
  return (
    <div className="batch-progress" role="status">
      <Progress
        aria-label="退款进度"
        percent={percent(finished, lines.total)}
        status={
          lines.failed > 0 || state === 'stopped' ? 'exception' : state === 'done' ? 'success' : 'active'
        }
      />
      <p className="soft number">
        {parts.join(' · ')}
        {lines.failed > 0 && <strong className="bad"> · 失败 {lines.failed} 笔，需要人工处理</strong>}
      </p>
      {stoppedBecause && <p className="bad">停止原因：{stoppedBecause}</p>}
    </div>
  );
}

function BatchActions({ batch }: { batch: RefundBatchView }) {
  const may = useMay();
  const reader = useReader();
  const { message } = App.useApp();
  const [deciding, setDeciding] = useState(false);
  const pause = useWrite('POST /api/console/refund-batches/:id/pause', {
    onDone: ({ state }) => message.success(state === 'paused' ? '已暂停，已发出的退款不受影响' : '已继续'),
  });
  const withdraw = useWrite('POST /api/console/refund-batches/:id/decide', {
    onDone: () => message.success('已撤回，可以改好再提交'),
  });
  const set = (paused: boolean) => pause.mutate({ params: { id: batch.id }, body: { paused } });

  if (batch.state === 'submitted' && reader.mayDecide) {
    if (!waitsFor(reader, batch.submittedBy))
      return (
        <>
          <span className="soft">您提交的，请另一位财务同事审批</span>
          <Popconfirm
            title="撤回这一批？没有退任何款，可以改好再提交。"
            okText="撤回"
            onConfirm={() =>
              withdraw.mutateAsync({
                params: { id: batch.id },
                body: { version: batch.version, decision: 'reject' },
              })
            }
          >
            <Button loading={withdraw.isPending}>撤回</Button>
          </Popconfirm>
        </>
      );
    return (
      <>
        <Button type="primary" onClick={() => setDeciding(true)}>
          审批
        </Button>
        {deciding && <Decide batch={batch} onClose={() => setDeciding(false)} />}
      </>
    );
  }
  if (!may('POST /api/console/refund-batches/:id/pause')) return null;
  if (batch.state === 'approved') {
    return (
      <Button loading={pause.isPending} onClick={() => set(true)}>
        暂停
      </Button>
    );
  }
  if (batch.state === 'paused' || batch.state === 'stopped') {
    return (
      <Button type="primary" loading={pause.isPending} onClick={() => set(false)}>
        继续
      </Button>
    );
  }
  return null;
}
