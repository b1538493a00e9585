import { Button, Empty, Result, Skeleton } from 'antd';
import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { Navigate, Route, Routes, useLocation, useNavigate, useParams } from 'react-router';
import type { CampaignAdminView } from '../../../shared/contract/campaigns';
import { useRead } from '../api/hooks';
import { Shell } from '../layout/shell';
import { CampaignContext, pathOf } from '../layout/use-campaign';
import { Loaded } from '../parts/loaded';
import { type PageKey, pagesFor } from '../session/permissions';
import { useMay, useUser } from '../session/use-session';

const VIEWS: Readonly<Record<PageKey, ComponentType>> = {
  today: lazy(() => import('./today/today')),
  batch: lazy(() => import('./batch/batch')),
  students: lazy(() => import('./students/students')),
  caller: lazy(() => import('./caller/caller')),
  todo: lazy(() => import('./todo/todo')),
  onsite: lazy(() => import('./onsite/onsite')),
  progress: lazy(() => import('./progress/progress')),
  kit: lazy(() => import('./kit/kit')),
  messages: lazy(() => import('./messages/messages')),
  'make-up': lazy(() => import('./make-up/make-up')),
  settlement: lazy(() => import('./settlement/settlement')),
  reconciliation: lazy(() => import('./reconciliation/reconciliation')),
  reports: lazy(() => import('./reports/reports')),
  whereabouts: lazy(() => import('./whereabouts/whereabouts')),
  settings: lazy(() => import('./settings/settings')),
  'work-days': lazy(() => import('./work-days/work-days')),
  retention: lazy(() => import('./retention/retention')),
  audit: lazy(() => import('./audit/audit')),
};
const EVERY_MS = 15_000;

const NewCampaign = lazy(() => import('./batch/new-campaign'));

export function Pages() {
  const campaigns = useRead('GET /api/console/campaigns', {}, { every: EVERY_MS });
  const { pathname } = useLocation();
  const { refetch } = campaigns;
  // A colleague may have moved the campaign on since the last page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is why, not what with
  useEffect(() => void refetch(), [pathname, refetch]);
  return (
    <Loaded query={campaigns} rows={8}>
      {({ campaigns: all }) => (
        <Suspense fallback={<Skeleton active className="page" />}>
          <Routes>
            <Route path="/" element={<First campaigns={all} />} />
            <Route path="/new" element={<NewCampaign />} />
            <Route path="/:campaignId" element={<Navigate to="today" replace />} />
            <Route path="/:campaignId/:page/*" element={<OfCampaign campaigns={all} />} />
          </Routes>
        </Suspense>
      )}
    </Loaded>
  );
}

function First({ campaigns }: { campaigns: readonly CampaignAdminView[] }) {
  const may = useMay();
  const navigate = useNavigate();
  const [newest] = campaigns;
  if (newest) return <Navigate to={pathOf(newest.id, 'today')} replace />;
  return (
    <Empty className="centred" description="还没有采集批次">
      {may('POST /api/console/campaigns') ? (
        <Button type="primary" onClick={() => navigate('/new')}>
          新建第一个批次
        </Button>
      ) : (
        <p className="soft">请教务处先新建一个批次</p>
      )}
    </Empty>
  );
}

function OfCampaign({ campaigns }: { campaigns: readonly CampaignAdminView[] }) {
  const { campaignId, page } = useParams();
  const { role } = useUser();
  const campaign = campaigns.find(({ id }) => id === campaignId);
  const shown = pagesFor(role).find(({ key }) => key === page);
  if (!campaign || !shown) return <Missing />;
  const View = VIEWS[shown.key];
  return (
    <CampaignContext.Provider value={campaign}>
      <Shell campaign={campaign} campaigns={campaigns}>
        <Suspense fallback={<Skeleton active className="page" />}>
          <View key={campaign.id} />
        </Suspense>
      </Shell>
    </CampaignContext.Provider>
  );
}

function Missing() {
  const navigate = useNavigate();
  return (
    <Result
      status="404"
      title="没有这个页面，或者您没有查看它的权限"
      extra={
        <Button type="primary" onClick={() => navigate('/')}>
          回到今天
        </Button>
      }
    />
  );
}
