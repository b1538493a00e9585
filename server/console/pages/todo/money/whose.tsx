import type { TableColumnType } from 'antd';
import type { OrderRecord } from '../../../../../shared/contract/orders';

/** Whose order it is, and its number. */
const Whose = ({ order: { student, orderNo } }: { order: OrderRecord }) => (
  <span className="two-lines">
    <span>
      <strong>{student.name}</strong> <span className="number">{student.studentNo}</span>{' '}
      <span className="faint">{student.college}</span>
    </span>
    <span className="faint number">订单 {orderNo}</span>
  </span>
);

/** The column that every table about orders begins with. */
export const whoseColumn = <Row extends object>(
  orderOf: (row: Row) => OrderRecord,
): TableColumnType<Row> => ({
  title: '学生',
  render: (_, row) => <Whose order={orderOf(row)} />,
});
