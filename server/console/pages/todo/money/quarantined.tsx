import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { OrderRecord } from '../../../../../shared/contract/orders';
import { MOST_REASON_CHARACTERS } from '../../../../../shared/domain/refund-reason';
import { useDialogWrite } from '../../../api/use-dialog-write';
import { Proposal } from '../../../parts/proposal';
import { ReasonDialog } from '../../../parts/reason-dialog';
import { useMay } from '../../../session/use-session';
import { yuan } from '../../../words/format';
import { proposalWords, QUARANTINE_REASONS } from '../../../words/money';
import { whoseColumn } from './whose';

interface Wish {
  order: OrderRecord;
  kind: 'refund' | 'accept';
}

/** Characters, of what stays here. */
const LONGEST = 80;

/** Money that came differently than it was asked for: it goes back, or it counts. */
export function Quarantined({ orders }: { orders: readonly OrderRecord[] }) {
  const may = useMay();
  const [wish, setWish] = useState<Wish | null>(null);
  return (
    <>
      <Table
        rowKey="orderNo"
        columns={columns(may('POST /api/console/orders/:orderNo/proposals') ? setWish : null)}
        dataSource={[...orders]}
        pagination={false}
      />
      {wish && <Propose wish={wish} onClose={() => setWish(null)} />}
    </>
  );
}

function columns(propose: ((wish: Wish) => void) | null): TableColumnsType<OrderRecord> {
  return [
    whoseColumn((order) => order),
    {
      title: '为什么存疑',
      width: 220,
      render: (_, { quarantine, totalFen, mchid }) =>
        quarantine && (
          <span className="two-lines">
            {QUARANTINE_REASONS[quarantine.reason]}
            <span className="faint number">
              应收 {yuan(totalFen)} 元，商户 {mchid}
            </span>
          </span>
        ),
    },
    {
      title: '到账',
      width: 100,
      align: 'right',
      className: 'number',
      render: (_, { quarantine }) =>
        quarantine &&
        `${yuan(quarantine.receivedFen)} ${quarantine.currency === 'CNY' ? '元' : quarantine.currency}`,
    },
    {
      title: '处理',
      width: 350,
      render: (_, order) => {
        const { orderNo, refundableFen, feeItems, student, quarantine } = order;
        const proposal = order.proposals.find(({ state }) => state === 'pending');
        if (proposal) {
          const what = proposalWords(proposal, { leftFen: refundableFen, feeItems });
          return <Proposal orderNo={orderNo} proposal={proposal} what={what} />;
        }
        return (
          propose && (
            <span className="row tight">
              <Button
                aria-label={`申请退回 ${student.name}`}
                onClick={() => propose({ order, kind: 'refund' })}
              >
                申请退回…
              </Button>
              {quarantine?.currency === 'CNY' && (
                <Button
                  aria-label={`申请入账 ${student.name}`}
                  onClick={() => propose({ order, kind: 'accept' })}
                >
                  申请入账…
                </Button>
              )}
            </span>
          )
        );
      },
    },
  ];
}

function Propose({ wish, onClose }: { wish: Wish; onClose: () => void }) {
  const [{ order, kind }] = useState(wish);
  const propose = useDialogWrite('POST /api/console/orders/:orderNo/proposals', {
    done: '已申请，等另一位财务同事审批',
    onClose,
    endedBy: ['PROPOSAL_PENDING', 'NOTHING_TO_REFUND', 'ORDER_NOT_IN_REVIEW'],
  });
  const isRefund = kind === 'refund';
  return (
    <ReasonDialog
      title={`${isRefund ? '申请退回' : '申请入账'} ${order.student.name} 的 ${yuan(order.refundableFen)} 元？`}
      consequence={
        isRefund
          ? '另一位财务同事批准后原路退回，占着的名额让出。'
          : '另一位财务同事批准后计为这笔订单的收入，学生的预约随之成立。'
      }
      suggestions={
        isRefund ? ['付款不符，请重新付款', '重复付款'] : ['已核对微信账单，确为本人所付', '差额学校承担']
      }
      longest={isRefund ? MOST_REASON_CHARACTERS : LONGEST}
      {...(isRefund ? { readBy: '学生在退款通知里看得到' } : {})}
      okText="提交申请"
      isPending={propose.isPending}
      onConfirm={(reason) => propose.mutate({ params: { orderNo: order.orderNo }, body: { kind, reason } })}
      onClose={onClose}
    />
  );
}
