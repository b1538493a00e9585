import type { RefundPromiseLine } from '../../../shared/contract/orders';
import { maskName } from '../../../shared/domain/person-name';
import { REFUND_PROMISES, type RefundPromise, refundPromise } from '../../../shared/domain/refund-promise';
import type { WorkCalendar } from '../../../shared/domain/working-days';
import { findStudents } from '../roster/find-student';
import { type Order, Orders, type Refund } from './model';
import { isRenewed } from './refused-refunds';

type ThinOrder = Pick<Order, '_id' | 'studentId' | 'state' | 'refunds'>;

interface Promised {
  order: ThinOrder;
  refund: Refund;
  promise: RefundPromise;
}

interface Asked {
  campaignId: string;
  /** Asia/Shanghai */
  today: string;
  calendar: WorkCalendar;
  show: RefundPromise;
  after?: string | undefined;
  limit: number;
}

/** Every refund of a campaign against its promised day: counts and sums of all, and a page of one kind by that day. */
export async function refundPromises({ show, after, limit, ...asked }: Asked) {
  const all = await promisedRefunds(asked);
  const shown = all.filter(({ promise }) => promise === show).sort(byDueDay);
  const from = after === undefined ? 0 : shown.findIndex(({ refund }) => refund.refundNo === after) + 1;
  const page = shown.slice(from, from + limit);
  const last = from + limit < shown.length ? page.at(-1) : undefined;
  return {
    totals: REFUND_PROMISES.map((promise) => totalOf(promise, all)),
    lines: await present(page),
    next: last?.refund.refundNo ?? null,
  };
}

async function promisedRefunds({
  campaignId,
  today,
  calendar,
}: Pick<Asked, 'campaignId' | 'today' | 'calendar'>): Promise<Promised[]> {
  const promised: Promised[] = [];
  const refunded = Orders.find(
    { campaignId, 'refunds.0': { $exists: true } },
    { studentId: 1, state: 1, refunds: 1 },
  ).lean<ThinOrder[]>();
  for await (const order of refunded.cursor({ batchSize: 500 })) {
    for (const refund of order.refunds) {
      // What goes on under another number is counted there.
      if (isRenewed(order, refund)) continue;
      promised.push({ order, refund, promise: refundPromise(refund, today, calendar) });
    }
  }
  return promised;
}

function totalOf(promise: RefundPromise, all: readonly Promised[]) {
  const those = all.filter((one) => one.promise === promise);
  return {
    promise,
    refunds: those.length,
    amountFen: those.reduce((sum, { refund }) => sum + refund.amountFen, 0),
  };
}

const byDueDay = ({ refund: a }: Promised, { refund: b }: Promised): number =>
  a.dueDay.localeCompare(b.dueDay) || a.refundNo.localeCompare(b.refundNo);

async function present(page: readonly Promised[]): Promise<RefundPromiseLine[]> {
  const students = await findStudents(page.map(({ order }) => order.studentId));
  const studentOf = new Map(students.map((student) => [student._id, student]));
  return page.map(({ order, refund, promise }) => {
    const student = studentOf.get(order.studentId);
    return {
      orderNo: order._id,
      refundNo: refund.refundNo,
      studentNo: student?.studentNo ?? '',
      name: maskName(student?.name ?? ''),
      college: student?.college ?? '',
      amountFen: refund.amountFen,
      reason: refund.reason,
      state: refund.state,
      trouble: refund.trouble,
      requestedAt: refund.requestedAt.toISOString(),
      dueDay: refund.dueDay,
      arrivedAt: refund.succeededAt?.toISOString() ?? null,
      promise,
    };
  });
}
