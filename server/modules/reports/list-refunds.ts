import type { RefundLine } from '../../../shared/contract/reports';
import { sumFen } from '../../../shared/domain/money';
import { REFUND_PROMISES, type RefundPromise, refundPromise } from '../../../shared/domain/refund-promise';
import { shanghaiDay } from '../../../shared/domain/time';
import type { WorkCalendar } from '../../../shared/domain/working-days';
import type { World } from '../../world';
import type { Refund } from '../payments/model';
import { isRenewed } from '../payments/refused-refunds';
import { type ReportedOrder, refundedOrders, waitingOrders } from '../payments/reported-orders';
import { workCalendarOf } from '../work-days/find-work-days';
import { type Asked, refuseSpan, spanOf } from './asked';
import { ordersOfShots } from './movements';
import { campaignNames, NOBODY, whoseOf } from './whose';

interface Found {
  order: Pick<ReportedOrder, '_id' | 'bookingId' | 'studentId' | 'campaignId'>;
  refund: Refund;
  /** null for what goes on under another number: it is counted there. */
  promise: RefundPromise | null;
}

/**
 * The refunds of a span: those that WeChat took on its days, by the time of that, then those asked for and not taken.
 * By the day of the shot: all of those who were photographed in the span.
 *
 * @throws AppError BAD_REQUEST
 */
export async function reportRefunds(world: Pick<World, 'clock'>, asked: Asked) {
  refuseSpan(asked);
  const today = shanghaiDay(world.clock.now());
  const calendar = await workCalendarOf(asked.merchant.schoolId);
  const all: Found[] = [];
  for await (const found of refundsOf(asked)) {
    for (const { order, refund } of found) {
      const promise = isRenewed(order, refund) ? null : refundPromise(refund, today, calendar);
      all.push({ order, refund, promise });
    }
  }
  all.sort(byTime);
  const names = await campaignNames(asked.merchant.schoolId);
  return {
    totals: {
      accepted: totalOf(all.filter(({ refund }) => refund.acceptedAt !== null)),
      closed: totalOf(all.filter(({ refund }) => refund.acceptedAt !== null && refund.state === 'closed')),
      waiting: totalOf(all.filter(({ refund }) => refund.acceptedAt === null)),
      promises: REFUND_PROMISES.map((promise) => ({
        promise,
        ...totalOf(all.filter((one) => one.promise === promise)),
      })),
    },
    count: all.length,
    /** From one place in the list to another. */
    lines: (from: number, to: number) => present(all.slice(from, to), { names, today, calendar }),
  };
}

type Pair = { order: ReportedOrder; refund: Refund };

async function* refundsOf(asked: Asked): AsyncGenerator<Pair[]> {
  if (asked.by === 'shot') {
    for await (const { orders } of ordersOfShots(asked)) yield orders.flatMap((order) => pairs(order));
    return;
  }
  const span = spanOf(asked);
  const isIn = (at: Date) => at >= span.from && at < span.to;
  for await (const orders of refundedOrders(span)) {
    yield orders.flatMap((order) =>
      pairs(order, ({ acceptedAt }) => acceptedAt !== null && isIn(acceptedAt)),
    );
  }
  for await (const orders of waitingOrders(span)) {
    yield orders.flatMap((order) =>
      pairs(order, ({ acceptedAt, requestedAt }) => acceptedAt === null && isIn(requestedAt)),
    );
  }
}

const pairs = (order: ReportedOrder, isMeant: (refund: Refund) => boolean = () => true): Pair[] =>
  order.refunds.filter(isMeant).map((refund) => ({ order, refund }));

const byTime = ({ refund: a }: Found, { refund: b }: Found): number =>
  timeOf(a) - timeOf(b) || a.refundNo.localeCompare(b.refundNo);

const timeOf = ({ acceptedAt }: Refund): number => acceptedAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

const totalOf = (found: readonly Found[]) => ({
  refunds: found.length,
  amountFen: sumFen(found.map(({ refund }) => refund.amountFen)),
});

async function present(
  found: readonly Found[],
  { names, today, calendar }: { names: ReadonlyMap<string, string>; today: string; calendar: WorkCalendar },
): Promise<RefundLine[]> {
  const whose = await whoseOf(
    found.map(({ order }) => order),
    names,
  );
  return found.map(({ order, refund, promise }) => {
    const { shotDay: _, ...who } = whose.get(order._id) ?? NOBODY;
    return {
      refundNo: refund.refundNo,
      orderNo: order._id,
      refundId: refund.refundId,
      ...who,
      amountFen: refund.amountFen,
      reason: refund.reason,
      state: refund.state,
      trouble: refund.trouble,
      requestedAt: refund.requestedAt.toISOString(),
      acceptedAt: refund.acceptedAt?.toISOString() ?? null,
      dueDay: refund.dueDay,
      arrivedAt: refund.succeededAt?.toISOString() ?? null,
      workingDays: calendar.workingDaysBetween(
        shanghaiDay(refund.requestedAt),
        refund.succeededAt ? shanghaiDay(refund.succeededAt) : today,
      ),
      promise,
    };
  });
}
