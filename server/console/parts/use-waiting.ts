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

/**
 * How many items wait in each queue that the person may see; nothing of a queue until it is known.
 *
 * @param every milliseconds between two looks
 */
export function useWaiting(campaignId: string, every: number): Partial<Queues & { money: number }> {
  const may = useMay();
  const of = { params: { id: campaignId } };
  const all = useRead('GET /api/console/campaigns/:id/todo', of, { every }).data;
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
