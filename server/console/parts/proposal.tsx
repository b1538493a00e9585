import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { ProposalView } from '../../../shared/contract/orders';
import { useWrite } from '../api/hooks';
import { useDialogWrite } from '../api/use-dialog-write';
import { useMay } from '../session/use-session';
import { stamp } from '../words/format';
import { ReasonDialog } from './reason-dialog';

interface Asked {
  orderNo: string;
  proposal: ProposalView;
  /** What would be done, in words: "退还 30.00 元". */
  what: string;
}

/** What one person asked to be done with money, and the decision of another. */
export function Proposal({ orderNo, proposal, what }: Asked) {
  return (
    <div className="proposal">
      <span className="two-lines">
        <span>
          <strong className="number">{what}</strong>
          {proposal.endsPlace && '，同时取消预约'}
        </span>
        <span className="soft">“{proposal.reason}”</span>
        <span className="faint number">
          {proposal.by} {stamp(proposal.at)} 申请
        </span>
      </span>
      <Decision orderNo={orderNo} proposal={proposal} what={what} />
    </div>
  );
}

function Decision({ orderNo, proposal, what }: Asked) {
  const may = useMay();
  const { message } = App.useApp();
  const [isRejecting, setRejecting] = useState(false);
  const decide = useWrite('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
    onDone: () => message.success(proposal.mine ? '已撤回申请' : '已批准'),
  });
  const say = (decision: 'approve' | 'reject') =>
    decide.mutateAsync({ params: { orderNo, proposalId: proposal.id }, body: { decision } });
  const mayDecide = may('POST /api/console/orders/:orderNo/proposals/:proposalId/decide');
  if (!mayDecide) return <span className="soft">等财务同事审批</span>;
  if (proposal.mine) {
    return (
      <span className="row tight">
        <span className="soft">等另一位财务同事</span>
        <Popconfirm title="撤回这份申请？" okText="撤回" onConfirm={() => say('reject')}>
          <Button size="small" loading={decide.isPending}>
            撤回
          </Button>
        </Popconfirm>
      </span>
    );
  }
  return (
    <span className="row tight">
      <Popconfirm
        title={`批准${what}？`}
        description="批准后立即执行，不能撤销。"
        okText="批准"
        onConfirm={() => say('approve')}
      >
        <Button type="primary" size="small" loading={decide.isPending}>
          批准
        </Button>
      </Popconfirm>
      <Button size="small" disabled={decide.isPending} onClick={() => setRejecting(true)}>
        驳回…
      </Button>
      {isRejecting && (
        <Reject orderNo={orderNo} proposal={proposal} what={what} onClose={() => setRejecting(false)} />
      )}
    </span>
  );
}

function Reject({ orderNo, proposal, what, onClose }: Asked & { onClose: () => void }) {
  const reject = useDialogWrite('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
    done: '已驳回，钱没有动',
    onClose,
    endedBy: ['PROPOSAL_DECIDED'],
  });
  return (
    <ReasonDialog
      title={`不同意${what}？`}
      consequence={`${proposal.by}的申请作废，钱不动；需要时可以重新申请。`}
      suggestions={['金额不对', '没有核实到重复付款', '请走统一退款']}
      okText="驳回"
      isPending={reject.isPending}
      onConfirm={(note) =>
        reject.mutate({ params: { orderNo, proposalId: proposal.id }, body: { decision: 'reject', note } })
      }
      onClose={onClose}
    />
  );
}
