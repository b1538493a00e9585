import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../../api/send';
import { useDialogWrite } from '../../../api/use-dialog-write';
import { ReasonDialog } from '../../../parts/reason-dialog';
import { useMay } from '../../../session/use-session';
import { stamp, yuan } from '../../../words/format';

type Notice = AnswerOf<'GET /api/console/money-tasks'>['notices'][number];

const REASONS: Readonly<Record<Notice['reason'], string>> = {
  unknown: '没有这个订单',
  another_transaction: '订单已由另一笔付款结清',
  differs: '内容与记录不符',
};

/** News from WeChat that fits no order of ours: somebody finds out and writes down what it was. */
export function Notices({ notices }: { notices: readonly Notice[] }) {
  const may = useMay();
  const [resolving, setResolving] = useState<Notice | null>(null);
  return (
    <>
      <Table
        rowKey="id"
        columns={columns(may('POST /api/console/payment-notices/:noticeId/resolve') ? setResolving : null)}
        dataSource={[...notices]}
        pagination={false}
      />
      {resolving && <Resolve notice={resolving} onClose={() => setResolving(null)} />}
    </>
  );
}

function columns(resolve: ((notice: Notice) => void) | null): TableColumnsType<Notice> {
  return [
    { title: '收到', width: 160, className: 'number', render: (_, { at }) => stamp(at) },
    {
      title: '通知',
      render: (_, { kind, orderNo, refundNo, transactionId, mchid }) => (
        <span className="two-lines number">
          <span>
            {kind === 'payment' ? '付款' : `退款 ${refundNo ?? ''}`}，订单 {orderNo}
          </span>
          <span className="faint">
            微信单号 {transactionId}，商户 {mchid}
          </span>
        </span>
      ),
    },
    { title: '为什么对不上', width: 190, render: (_, { reason }) => REASONS[reason] },
    {
      title: '金额（元）',
      width: 110,
      align: 'right',
      className: 'number',
      render: (_, { amountFen }) => yuan(amountFen),
    },
    {
      title: '',
      width: 120,
      render: (_, notice) =>
        resolve && (
          <Button aria-label={`写明 ${notice.orderNo}`} onClick={() => resolve(notice)}>
            写明…
          </Button>
        ),
    },
  ];
}

function Resolve({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const [{ id, orderNo }] = useState(notice);
  const resolve = useDialogWrite('POST /api/console/payment-notices/:noticeId/resolve', {
    done: '已记下，从待办里移出',
    onClose,
  });
  return (
    <ReasonDialog
      title={`订单 ${orderNo} 的通知是怎么回事？`}
      consequence="写明之后从这里消失，钱不动。需要退钱的，请先在微信商户平台核实。"
      suggestions={['学校其他系统的订单', '已在商户平台退回', '测试付款']}
      longest={200}
      readBy="会记入审计"
      okText="记下"
      isPending={resolve.isPending}
      onConfirm={(note) => resolve.mutate({ params: { noticeId: id }, body: { note } })}
      onClose={onClose}
    />
  );
}
