import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { PageTabs } from '../../parts/tabs';
import { useMay } from '../../session/use-session';
import { Facts } from './facts';
import { Sessions } from './sessions';
import { isStep } from './wizard/steps';
import { Wizard } from './wizard/wizard';

/** A campaign: how it is prepared, step by step, and what it has come to. */
export default function Batch() {
  const campaign = useCampaign();
  const may = useMay();
  const navigate = useNavigate();
  const { '*': chosen = '' } = useParams();
  const prepares = may('POST /api/console/campaigns/:id/imports')
    ? [{ key: isStep(chosen) ? chosen : 'prepare', label: '准备', view: <Wizard /> }]
    : [];
  const shows = [
    { key: 'facts', label: '批次信息', view: <Facts /> },
    { key: 'sessions', label: '采集时段', view: <Sessions /> },
  ];
  const isPreparing = campaign.phase === 'draft' || campaign.phase === 'announced';
  return (
    <Page
      title="批次"
      about={campaign.name}
      actions={
        may('POST /api/console/campaigns') && (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => navigate(`/new?like=${campaign.id}`)}>
            新建批次
          </Button>
        )
      }
    >
      <PageTabs tabs={isPreparing ? [...prepares, ...shows] : [...shows, ...prepares]} />
    </Page>
  );
}
