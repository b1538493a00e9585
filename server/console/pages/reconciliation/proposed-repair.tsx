import { Alert, App, Button, Input, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import type { DifferenceView } from '../../../../shared/contract/reconciliation';
import { useWrite } from '../../api/hooks';
import { useMay } from '../../session/use-session';
import { REPAIR_NAMES } from '../../words/differences';
import { stamp } from '../../words/format';

/** What one person wants done, and the decision of another on what they saw. */
export function ProposedRepair({ difference }: { difference: DifferenceView }) {
  const may = useMay();
  const [seen] = useState(difference);
  const { proposal } = seen;
  if (!proposal) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={`待复核：${REPAIR_NAMES[proposal.repair]}`}
      description={
        <>
          <p>{proposal.note}</p>
          {proposal.evidence && <p>依据：{proposal.evidence}</p>}
          <p className="faint number">
            {proposal.by} {stamp(proposal.at)} 提出
          </p>
          {may('POST /api/console/differences/:id/decide') && <Decision seen={seen} isMine={proposal.mine} />}
        </>
      }
    />
  );
}

function Decision({ seen: { id, version }, isMine }: { seen: DifferenceView; isMine: boolean }) {
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const decide = useWrite('POST /api/console/differences/:id/decide', {
    onDone({ status, resolution, trouble }) {
      if (status === 'settled') message.success(resolution?.result ?? '已平账');
      else if (status === 'working') message.info('已同意，正在执行');
      else if (isMine) message.success('已收回');
      else message.info(trouble ?? '没有同意，差错回到待处理');
    },
  });
  const say = (decision: 'approve' | 'reject') =>
    decide.mutateAsync({
      params: { id },
      body: { version, decision, ...(note.trim() && { note: note.trim() }) },
    });
  if (isMine) {
    return (
      <Space>
        <span className="soft">您提出的，请另一位财务同事复核</span>
        <Button size="small" loading={decide.isPending} onClick={() => void say('reject')}>
          收回
        </Button>
      </Space>
    );
  }
  return (
    <Space.Compact block>
      <Input
        aria-label="复核意见"
        placeholder="不同意时写明原因"
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button danger disabled={decide.isPending || note.trim() === ''} onClick={() => void say('reject')}>
        不同意
      </Button>
      <Popconfirm
        title="同意并立即执行？"
        description="执行后不能撤销，只能用新的分录冲回。"
        okText="同意执行"
        onConfirm={() => say('approve')}
      >
        <Button type="primary" loading={decide.isPending}>
          同意
        </Button>
      </Popconfirm>
    </Space.Compact>
  );
}
