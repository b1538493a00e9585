import type { OrderOnFile } from '../../../shared/contract/office';
import type { Order } from './model';
import { presentProposal } from './present-record';
import { presentOrder } from './presenter';
import { leftOfItem, refundableFen } from './totals';

/** An order in a student's file, as the reader sees it. */
export function presentOnFile(reader: { userId: string }, order: Order): OrderOnFile {
  const pending = order.proposals.find(({ state }) => state === 'pending');
  return {
    ...presentOrder(order),
    leftFen: refundableFen(order),
    leftItems: order.feeItems
      .map((item) => ({ ...item, amountFen: leftOfItem(order, item.code) }))
      .filter(({ amountFen }) => amountFen > 0),
    proposal: pending ? presentProposal(reader, pending) : null,
  };
}
