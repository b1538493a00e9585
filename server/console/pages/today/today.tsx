import { ArrowRightOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useNavigate } from 'react-router';
import { shanghaiDay } from '../../../../shared/domain/time';
import { useRead } from '../../api/hooks';
import { useNow } from '../../demo/now';
import { Page } from '../../layout/page';
import { pathOf, useCampaign } from '../../layout/use-campaign';
import { pagesFor } from '../../session/permissions';
import { useMay, useUser } from '../../session/use-session';
import { dayName } from '../../words/format';
import { ROLE_NAMES } from '../../words/labels';
import { Attention } from './attention';
import { Dates } from './dates';
import { Funnel, OwnFunnel } from './funnel';
import { nextStep, secretaryStep } from './next-step';
import { Track } from './track';

export default function Today() {
  const campaign = useCampaign();
  const user = useUser();
  const now = useNow();
  const may = useMay();
  const navigate = useNavigate();
  const of = { params: { id: campaign.id } };
  const devices = useRead('GET /api/console/campaigns/:id/devices', of, {
    enabled: may('GET /api/console/campaigns/:id/devices'),
  }).data?.devices;
  const batches = useRead('GET /api/console/campaigns/:id/refund-batches', of, {
    enabled: may('GET /api/console/campaigns/:id/refund-batches'),
    every: 10_000,
  }).data?.batches;
  const promises = useRead(
    'GET /api/console/campaigns/:id/refund-promises',
    { ...of, query: { show: 'overdue', limit: 1 } },
    { enabled: may('GET /api/console/campaigns/:id/refund-promises'), every: 30_000 },
  ).data?.totals;
  const uncollected = useRead('GET /api/console/campaigns/:id/uncollected', of, {
    enabled: may('GET /api/console/campaigns/:id/uncollected') && campaign.phase === 'over',
    every: 30_000,
  }).data;

  const own = useRead('GET /api/console/campaigns/:id/progress', of, {
    enabled: user.role === 'college',
    every: 30_000,
  }).data?.total;

  const phones = devices?.filter(({ enrolledAt, revokedAt }) => enrolledAt && !revokedAt).length ?? null;
  const schoolStep = nextStep({
    campaign,
    now,
    phones,
    batches: batches ?? null,
    uncollected: uncollected
      ? {
          bookings: uncollected.bookings.length,
          amountFen: uncollected.amountFen,
          phones: uncollected.phones.length,
        }
      : null,
    reader: { name: user.name, mayDecide: may('POST /api/console/refund-batches/:id/decide') },
  });
  const step = own ? secretaryStep(schoolStep, own) : schoolStep;
  const isOthersTurn = step.turn !== null && step.turn !== user.role;
  const canGo = pagesFor(user.role).some(({ key }) => step.to.startsWith(key));
  return (
    <Page title="今天" about={`${dayName(shanghaiDay(now))} · ${user.name}，您好`}>
      <section className="next-step" aria-label="下一步">
        <div className="next-step-words">
          <div>
            <p className="next-step-mark">
              {isOthersTurn && step.turn ? `等待${ROLE_NAMES[step.turn]}` : '下一步'}
            </p>
            <h2>{step.title}</h2>
            <p className="next-step-why">
              {isOthersTurn && step.stage === 0 ? '批次还在准备，开放预约之后这里显示进展。' : step.why}
            </p>
          </div>
          {canGo && (
            <Button
              size="large"
              className="next-step-go"
              icon={<ArrowRightOutlined aria-hidden />}
              iconPlacement="end"
              onClick={() => navigate(pathOf(campaign.id, step.to))}
            >
              {isOthersTurn ? '查看' : step.action}
            </Button>
          )}
        </div>
        <Track stage={step.stage} />
      </section>
      {own ? <OwnFunnel total={own} /> : <Funnel campaign={campaign} />}
      <div className="two-columns">
        <Card title="关键时间">
          <Dates campaign={campaign} />
        </Card>
        <Card title="需要留意" extra={phones !== null && <span className="soft">{phones} 台现场手机</span>}>
          <Attention campaign={campaign} phones={phones} promises={promises ?? []} />
        </Card>
      </div>
    </Page>
  );
}
