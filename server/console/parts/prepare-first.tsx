import { Button, Empty } from 'antd';
import { useNavigate } from 'react-router';
import { pathOf, useCampaign } from '../layout/use-campaign';
import { useMay } from '../session/use-session';

/**
 * A place that stays empty until something is prepared: says what, and leads whoever may do it there.
 *
 * @param step of the wizard; where the work goes on unless said
 */
export function PrepareFirst({ until, step, action }: { until: string; step?: string; action: string }) {
  const { id } = useCampaign();
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Empty description={until}>
      {may('PUT /api/console/campaigns/:id') && (
        <Button type="primary" onClick={() => navigate(pathOf(id, step ? `batch/${step}` : 'batch'))}>
          {action}
        </Button>
      )}
    </Empty>
  );
}
