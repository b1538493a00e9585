import { Button, Card, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { MoneyProofView } from '../../../../shared/contract/money-proof';
import { yuan } from '../../words/format';
import { OrderLedger } from '../reports/order-ledger';

type Problem = NonNullable<MoneyProofView['proof']>['problems'][number];

/** What nothing explains, each with the way to it. */
export function Problems({
  problems,
  unexplainedFen,
}: {
  problems: readonly Problem[];
  unexplainedFen: number;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Card title={`说不清的 ${yuan(unexplainedFen)} 元`} styles={{ body: { padding: 0 } }}>
      <Table
        className="number"
        size="small"
        rowKey={({ title, subject }) => `${title} ${subject}`}
        columns={columns(setChosen)}
        dataSource={[...problems]}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      />
      <p className="in-card soft">{BESIDE_RECONCILIATION}</p>
      {chosen !== null && <OrderLedger orderNo={chosen} onClose={() => setChosen(null)} />}
    </Card>
  );
}

/** Two pages, two sums of the same day. */
const BESIDE_RECONCILIATION =
  '这里数的是不知去处的钱；“对账”里的“未解释”是把每处差异的相差加起来。金额不符的到账已经列在“存疑待定”里，这里不再算，所以两个数可以不同；差异都处理完，两个都是 0.00。';

const columns = (open: (orderNo: string) => void): TableColumnsType<Problem> => [
  { title: '哪里不对', render: (_, { title }) => <strong>{title}</strong> },
  {
    title: '是哪一笔',
    render: (_, { subject, orderNo }) =>
      orderNo === null ? (
        subjectWords(subject)
      ) : (
        <Button type="link" size="small" className="as-text" onClick={() => open(orderNo)}>
          订单 {orderNo}
        </Button>
      ),
  },
  { title: '金额（元）', width: 120, align: 'right', render: (_, { fen }) => yuan(Math.abs(fen)) },
];

/** The proof's own words for what it looked at; the longer before the shorter. */
const SUBJECTS = [
  ['refund batch ', '退款批次 '],
  ['refund line ', '退款明细 '],
  ['refund ', '退款 '],
  ['booking ', '预约 '],
  ['session ', '时段 '],
  ['notification ', '在“待办 → 款项”里写明：微信通知 '],
] as const;

function subjectWords(subject: string): string {
  const found = SUBJECTS.find(([noun]) => subject.startsWith(noun));
  return found ? found[1] + subject.slice(found[0].length) : subject;
}

/** While there is none: what one would look like. */
export function WhatItWouldBe() {
  return (
    <Card title="如果有一分钱说不清">
      <p>
        上面的横幅会变红，写明差多少；这里会逐条列出<strong>是哪一笔订单、哪里不对、差多少</strong>
        ，点开就是这笔订单的每一条分录。例如：
      </p>
      <p className="sample number">
        <span className="faint">示例</span> <strong>微信已收，我方无此笔（长款）</strong>　订单
        W20221115…　30.00
      </p>
      <p className="soft">
        核对的规则：每条分录借贷相等；账户余额与订单状态、退款一致；退款不超过实收；每笔收款要么有名额、要么在退；
        已关账的日子与微信两份账单一致，不一致的都有差错记录。
      </p>
    </Card>
  );
}
