import type { RefundState } from './order-state';
import type { ShanghaiDay } from './time';
import type { WorkCalendar } from './working-days';

/** 费用将在3个工作日内原路返回 */
export const PROMISED_WORKING_DAYS = 3;

/**
 * arrived · processing: the promised day is further off · due_soon: the promised day is the next working day, or today,
 * and the money is not there yet: the last chance to help it along · overdue: the promise is broken
 */
export const REFUND_PROMISES = ['overdue', 'due_soon', 'processing', 'arrived'] as const;
export type RefundPromise = (typeof REFUND_PROMISES)[number];

/**
 * Where a refund stands against the day that was promised.
 *
 * @param today a day in Asia/Shanghai
 */
export function refundPromise(
  { state, dueDay }: { state: RefundState; dueDay: ShanghaiDay },
  today: ShanghaiDay,
  calendar: WorkCalendar,
): RefundPromise {
  if (state === 'succeeded') return 'arrived';
  if (dueDay < today) return 'overdue';
  return dueDay <= calendar.addWorkingDays(today, 1) ? 'due_soon' : 'processing';
}
