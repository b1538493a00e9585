import { useRead } from '../api/hooks';
import type { AnswerOf } from '../api/send';
import { useMay } from '../session/use-session';

type Queues = AnswerOf<'GET /api/console/campaigns/:id/todo'>;

/**
 * How many items wait in each queue that the person may see; nothing of a queue until it is known.
 *
 * @param every milliseconds between two looks
 */
export function useWaiting(campaignId: string, every: number): Partial<Queues & { money: number }> {
  const may = useMay();
  const of = { params: { id: campaignId } };
  const queues = useRead('GET /api/console/campaigns/:id/todo', of, { every }).data;
  const tasks = useRead(
    'GET /api/console/money-tasks',
    {},
    { every, enabled: may('GET /api/console/money-tasks') },
  ).data;
  if (!tasks) return { ...queues };
  const orders = new Set([...tasks.proposed, ...tasks.quarantined].map(({ orderNo }) => orderNo));
  return { ...queues, money: orders.size + tasks.refunds.length + tasks.notices.length };
}
