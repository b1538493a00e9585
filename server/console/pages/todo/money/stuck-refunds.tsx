import { App, Button, Popconfirm, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { RefundTask } from '../../../../../shared/contract/orders';
import { troubleWords } from '../../../../../shared/domain/settlement-words';
import { useWrite } from '../../../api/hooks';
import { Pill } from '../../../parts/pill';
import { useMay } from '../../../session/use-session';
import { stamp, yuan } from '../../../words/format';
import { REFUND_TASKS, redirectTarget } from '../../../words/money';
import { RedirectRefund } from './redirect-refund';
import { whoseColumn } from './whose';

/** Refunds that WeChat refused, closed or cannot deliver, and those that are late. */
export function StuckRefunds({ tasks }: { tasks: readonly RefundTask[] }) {
  return (
    <Table
      rowKey={({ refund }) => refund.refundNo}
      columns={COLUMNS}
      dataSource={[...tasks]}
      pagination={false}
    />
  );
}

const COLUMNS: TableColumnsType<RefundTask> = [
  whoseColumn(({ order }) => order),
  {
    title: '退款（元）',
    width: 170,
    className: 'number',
    render: (_, { refund }) => (
      <span className="two-lines">
        {yuan(refund.amountFen)}
        <span className="faint">{refund.reason}</span>
      </span>
    ),
  },
  {
    title: '怎么了',
    width: 360,
    render: (_, { task, refund }) => (
      <span className="two-lines">
        <span className="row tight">
          <Pill tone={task === 'late' ? 'warn' : 'bad'}>{REFUND_TASKS[task].name}</Pill>
          <span className="faint number">
            {stamp(refund.requestedAt).slice(5)} 申请，应在 {refund.dueDay.slice(5)} 前到账
          </span>
        </span>
        <span className="soft">{REFUND_TASKS[task].next}</span>
        {refund.redirect && (
          <span className="faint number">
            {refund.redirect.by} 已提交改退到{redirectTarget(refund.redirect)}，等另一位同事确认
          </span>
        )}
        {/* Of the other two the words above say all. */}
        {refund.trouble && (task === 'refused' || task === 'late') && (
          <span className="faint number">{troubleWords(refund.trouble)}</span>
        )}
      </span>
    ),
  },
  { title: '处理', width: 150, render: (_, task) => <Remedy of={task} /> },
];

function Remedy({ of: { order, refund, task } }: { of: RefundTask }) {
  const may = useMay();
  const { message } = App.useApp();
  const [isRedirecting, setRedirecting] = useState(false);
  const renew = useWrite('POST /api/console/orders/:orderNo/refunds/:refundNo/renew', {
    onDone: () => message.success('已用新的退款单号重新发起'),
  });
  const check = useWrite('POST /api/console/orders/:orderNo/check', {
    onDone: () => message.success('已向微信查询，以上是最新情况'),
  });
  const { orderNo, student } = order;
  const params = { orderNo, refundNo: refund.refundNo };
  if (task === 'closed' && may('POST /api/console/orders/:orderNo/refunds/:refundNo/renew')) {
    return (
      <Popconfirm
        title={`重新退还 ${student.name} ${yuan(refund.amountFen)} 元？`}
        okText="重新退款"
        onConfirm={() => renew.mutateAsync({ params })}
      >
        <Button loading={renew.isPending}>重新退款</Button>
      </Popconfirm>
    );
  }
  if (task === 'abnormal' && may('POST /api/console/orders/:orderNo/refunds/:refundNo/redirect')) {
    return (
      <>
        <Button aria-label={`改退 ${student.name}`} onClick={() => setRedirecting(true)}>
          改退…
        </Button>
        {isRedirecting && (
          <RedirectRefund order={order} refund={refund} onClose={() => setRedirecting(false)} />
        )}
      </>
    );
  }
  return (
    may('POST /api/console/orders/:orderNo/check') && (
      <Button loading={check.isPending} onClick={() => check.mutate({ params: { orderNo } })}>
        向微信查询
      </Button>
    )
  );
}
