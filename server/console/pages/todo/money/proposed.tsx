import { Table, type TableColumnsType } from 'antd';
import type { OrderRecord } from '../../../../../shared/contract/orders';
import { Pill } from '../../../parts/pill';
import { Proposal } from '../../../parts/proposal';
import { yuan } from '../../../words/format';
import { proposalWords } from '../../../words/money';
import { bookingPill } from '../../../words/standings';
import { whoseColumn } from './whose';

/** Refunds that one person asked for and another decides on. */
export function Proposed({ orders }: { orders: readonly OrderRecord[] }) {
  return <Table rowKey="orderNo" columns={COLUMNS} dataSource={[...orders]} pagination={false} />;
}

const COLUMNS: TableColumnsType<OrderRecord> = [
  whoseColumn((order) => order),
  {
    title: '预约',
    width: 110,
    render: (_, { booking }) => {
      const { tone, text } = bookingPill(booking);
      return <Pill tone={tone}>{text}</Pill>;
    },
  },
  {
    title: '已付（元）',
    width: 110,
    align: 'right',
    className: 'number',
    render: (_, { receivedFen }) => yuan(receivedFen),
  },
  {
    title: '申请',
    width: 440,
    render: (_, order) => {
      const proposal = order.proposals.find(({ state }) => state === 'pending');
      return (
        proposal && (
          <Proposal
            orderNo={order.orderNo}
            proposal={proposal}
            what={proposalWords(proposal, { leftFen: order.refundableFen, feeItems: order.feeItems })}
          />
        )
      );
    },
  },
];
