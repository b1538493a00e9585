import type { OrderView, RefundView } from '../../../shared/contract/bookings';
import type { RefundState } from '../../../shared/domain/order-state';
import type { Order, Refund } from './model';
import { isRenewed } from './refused-refunds';

const REFUND_STATUS: Readonly<Record<RefundState, RefundView['status']>> = {
  requested: 'on_its_way',
  accepted: 'on_its_way',
  succeeded: 'arrived',
  abnormal: 'needs_attention',
  closed: 'needs_attention',
};

const ORDER_STATUS: Readonly<Record<Order['state'], OrderView['status']>> = {
  created: 'to_pay',
  prepaid: 'to_pay',
  paid: 'paid',
  closed: 'closed',
  quarantined: 'in_review',
};

export const presentOrder = (order: Order): OrderView => ({
  orderNo: order._id,
  status: ORDER_STATUS[order.state],
  amountFen: order.totalFen,
  feeItems: order.feeItems,
  createdAt: order.createdAt.toISOString(),
  paidAt: order.paidAt?.toISOString() ?? null,
  // What WeChat closed goes on under another number: to the payer it is one refund.
  refunds: order.refunds.filter((refund) => !isRenewed(order, refund)).map(presentRefund),
});

const presentRefund = (refund: Refund): RefundView => ({
  refundNo: refund.refundNo,
  amountFen: refund.amountFen,
  reason: refund.reason,
  status: REFUND_STATUS[refund.state],
  requestedAt: refund.requestedAt.toISOString(),
  dueDay: refund.dueDay,
  arrivedAt: refund.succeededAt?.toISOString() ?? null,
});
