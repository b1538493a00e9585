import { Button, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { OrderLine } from '../../../../shared/contract/reports';
import { Pill } from '../../parts/pill';
import { StudentCell } from '../../parts/student-cell';
import { dayName, stamp, yuan } from '../../words/format';
import { OrderLedger } from './order-ledger';

/** Orders with where their money is; each opens its ledger. @param extra a column of the place that led here */
export function OrderTable<Line extends OrderLine>({
  lines,
  extra = [],
  none,
}: {
  lines: readonly Line[];
  extra?: TableColumnsType<Line>;
  none: string;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const columns: TableColumnsType<Line> = [
    { title: '付款时间', width: 150, render: (_, { paidAt }) => stamp(paidAt) },
    {
      title: '学生',
      render: (_, { name, studentNo, college }) => (
        <StudentCell name={name} studentNo={studentNo} college={college} />
      ),
    },
    {
      title: '订单',
      render: (_, { orderNo }) => (
        <Button
          type="link"
          size="small"
          className="as-text"
          aria-label={`订单 ${orderNo} 的分录`}
          onClick={() => setChosen(orderNo)}
        >
          {orderNo}
        </Button>
      ),
    },
    {
      title: '拍摄日',
      width: 120,
      render: (_, { shotDay }) => (shotDay === null ? <span className="faint">未拍</span> : dayName(shotDay)),
    },
    {
      title: '票据',
      width: 90,
      render: (_, { receipt, receivedFen, refundedFen }) => {
        if (!receipt) return <span className="faint">未开</span>;
        const isReturned = receivedFen === refundedFen;
        return <Pill tone={isReturned ? 'warn' : 'good'}>{isReturned ? '待冲红' : '已开'}</Pill>;
      },
    },
    ...extra,
    {
      title: '收款',
      width: 100,
      align: 'right',
      render: (_, { receivedFen, isAside }) => (
        <span className="row tight is-end">
          {isAside && <Pill tone="warn">存疑</Pill>}
          {yuan(receivedFen)}
        </span>
      ),
    },
    { title: '已退', width: 90, align: 'right', render: (_, { refundedFen }) => yuan(refundedFen) },
    { title: '在退', width: 90, align: 'right', render: (_, { refundingFen }) => yuan(refundingFen) },
  ];
  return (
    <>
      <Table
        className="number"
        size="small"
        rowKey="orderNo"
        columns={columns}
        dataSource={[...lines]}
        pagination={false}
        locale={{ emptyText: <Empty description={none} /> }}
      />
      {chosen !== null && <OrderLedger orderNo={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
