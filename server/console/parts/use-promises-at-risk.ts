import { useRead } from '../api/hooks';
import { useMay } from '../session/use-session';

const EVERY_MS = 60_000;

/** How many refunds are late, or will be by the next working day unless somebody helps them along. */
export function usePromisesAtRisk(campaignId: string): number {
  const may = useMay();
  const { data } = useRead(
    'GET /api/console/campaigns/:id/refund-promises',
    { params: { id: campaignId }, query: { show: 'due_soon', limit: 1 } },
    { enabled: may('GET /api/console/campaigns/:id/refund-promises'), every: EVERY_MS },
  );
  return (data?.totals ?? [])
    .filter(({ promise }) => promise === 'overdue' || promise === 'due_soon')
    .reduce((sum, { refunds }) => sum + refunds, 0);
}
