import type { RefundTask } from '../../../shared/contract/orders';
import { shanghaiDay } from '../../../shared/domain/time';
import { type Order, Orders, type Refund } from './model';
import { isRenewed } from './refused-refunds';
import { isOver } from './totals';

/** As many as a screen can show; the rest comes up when these are done. */
export const MOST_TASKS = 200;
const UNFINISHED = ['requested', 'accepted', 'abnormal', 'closed'] as const;

/** Put aside and not yet decided on; what was given back stays quarantined for ever, and is none of them. */
export async function quarantinedOrders(schoolId: string): Promise<Order[]> {
  const open: Order[] = [];
  const found = Orders.find({ schoolId, state: 'quarantined' }).sort({ _id: 1 }).lean<Order[]>();
  for await (const order of found.cursor({ batchSize: 500 })) {
    if (!isOver(order)) open.push(order);
    if (open.length === MOST_TASKS) break;
  }
  return open;
}

export const proposedOrders = (schoolId: string): Promise<Order[]> =>
  Orders.find({ schoolId, 'proposals.0': { $exists: true }, 'proposals.state': 'pending' })
    .sort({ _id: 1 })
    .limit(MOST_TASKS)
    .lean<Order[]>();

export interface StuckRefund {
  order: Order;
  refund: Refund;
  task: RefundTask['task'];
}

/** Refunds that go on only if somebody does something, and those that have broken their promise. */
export async function stuckRefunds(schoolId: string, now: Date): Promise<StuckRefund[]> {
  const today = shanghaiDay(now);
  const stuck: StuckRefund[] = [];
  const unfinished = Orders.find({
    schoolId,
    'refunds.0': { $exists: true },
    'refunds.state': { $in: [...UNFINISHED] },
  });
  for await (const order of unfinished.lean<Order[]>().cursor({ batchSize: 500 })) {
    for (const refund of order.refunds) {
      const task = taskOf(order, refund, today);
      if (task) stuck.push({ order, refund, task });
    }
    if (stuck.length >= MOST_TASKS) break;
  }
  return stuck;
}

function taskOf(order: Order, refund: Refund, today: string): RefundTask['task'] | null {
  const { state, trouble, dueDay } = refund;
  if (state === 'closed') return isRenewed(order, refund) ? null : 'closed';
  if (state === 'abnormal' && trouble !== 'REDIRECTED') return 'abnormal';
  if (state === 'requested' && trouble) return 'refused';
  return state !== 'succeeded' && dueDay < today ? 'late' : null;
}
