import { useRead } from '../api/hooks';
import type { AnswerOf } from '../api/send';
import type { GuardedKey } from '../session/permissions';
import { useMay } from '../session/use-session';

type Queues = AnswerOf<'GET /api/console/campaigns/:id/todo'>;

/** What shows a queue: whoever may not see it has nothing waiting there. */
const SHOWN_BY: Readonly<Record<keyof Queues, GuardedKey>> = {
  reviews: 'GET /api/console/campaigns/:id/reviews',
  conflicts: 'GET /api/console/campaigns/:id/conflicts',
  corrections: 'GET /api/console/campaigns/:id/corrections',
  owed: 'GET /api/console/campaigns/:id/todo',
  unmatched: 'GET /api/console/campaigns/:id/unmatched',
};
const QUEUES = ['reviews', 'conflicts', 'corrections', 'owed', 'unmatched'] as const;

/** Whose turn it is: seeing a queue is not enough. */
const HANDLED_BY: Readonly<Record<keyof Queues | 'money', GuardedKey>> = {
  reviews: 'GET /api/console/campaigns/:id/reviews',
  conflicts: 'GET /api/console/campaigns/:id/conflicts',
  corrections: 'GET /api/console/campaigns/:id/corrections',
  owed: 'POST /api/console/bookings/:id/waiver',
  unmatched: 'POST /api/console/campaigns/:id/place-students',
  money: 'POST /api/console/orders/:orderNo/proposals/:proposalId/decide',
};

/** How many items wait for this person, of all queues. @param every milliseconds between two looks */
export function useOwnWaiting(campaignId: string, every: number): number {
  const may = useMay();
  const waiting = useWaiting(campaignId, every);
  return [...QUEUES, 'money' as const].reduce(
    (sum, queue) => sum + (may(HANDLED_BY[queue]) ? (waiting[queue] ?? 0) : 0),
    0,
  );
}

/**
 * How many items wait in each queue that the person may see; nothing of a queue until it is known.
 *
 * @param every milliseconds between two looks
 */
export function useWaiting(campaignId: string, every: number): Partial<Queues & { money: number }> {
  const may = useMay();
  const of = { params: { id: campaignId } };
  const all = useRead('GET /api/console/campaigns/:id/todo', of, {
    every,
    enabled: may('GET /api/console/campaigns/:id/todo'),
  }).data;
  const tasks = useRead(
    'GET /api/console/money-tasks',
    {},
    { every, enabled: may('GET /api/console/money-tasks') },
  ).data;
  const waiting: Partial<Queues & { money: number }> = {};
  if (all) for (const queue of QUEUES) if (may(SHOWN_BY[queue])) waiting[queue] = all[queue];
  if (!tasks) return waiting;
  const orders = new Set([...tasks.proposed, ...tasks.quarantined].map(({ orderNo }) => orderNo));
  const items = tasks.refunds.length + tasks.notices.length + tasks.accounts.length;
  return { ...waiting, money: orders.size + items };
}
