import { Button } from 'antd';
import { useState } from 'react';
import type { StudentFile } from '../../../../shared/contract/office';
import { Proposal } from '../../parts/proposal';
import { useMay } from '../../session/use-session';
import { stamp, yuan } from '../../words/format';
import { proposalWords } from '../../words/money';
import { ORDER_STATUS, REFUND_STATUS } from '../../words/standings';
import { ProposeRefund } from './propose-refund';

type Booking = StudentFile['bookings'][number];

/** An order of a booking: its money, what of it goes back, and the way to ask for that. */
export function OrderLine({
  order,
  booking,
  name,
}: {
  order: Booking['orders'][number];
  booking: Booking;
  name: string;
}) {
  const may = useMay();
  const [isAsking, setAsking] = useState(false);
  const { orderNo, proposal, leftFen } = order;
  const canAsk = !proposal && leftFen > 0 && may('POST /api/console/orders/:orderNo/proposals');
  return (
    <div className="order-line number">
      <div className="row tight">
        <span>
          <span className="faint">订单 {orderNo}</span> {yuan(order.amountFen)} 元{' '}
          {ORDER_STATUS[order.status]}
          {order.paidAt && ` ${stamp(order.paidAt)}`}
        </span>
        <span className="fill" />
        {canAsk && (
          <Button size="small" onClick={() => setAsking(true)}>
            申请退款…
          </Button>
        )}
      </div>
      {order.refunds.map((refund) => (
        <div key={refund.refundNo}>
          <span className="faint">退款 {refund.refundNo}</span> {yuan(refund.amountFen)} 元{' '}
          {REFUND_STATUS[refund.status]}
          {refund.arrivedAt ? ` ${stamp(refund.arrivedAt)}` : `，${refund.dueDay} 前到账`}
        </div>
      ))}
      {proposal && (
        <Proposal
          orderNo={orderNo}
          proposal={proposal}
          what={proposalWords(proposal, { leftFen, feeItems: order.leftItems })}
        />
      )}
      {isAsking && (
        <ProposeRefund order={order} booking={booking} name={name} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}
