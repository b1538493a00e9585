import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { PageTabs } from '../../parts/tabs';
import { useMay } from '../../session/use-session';
import { ImportTable } from '../imports/import-table';
import { Matching } from '../imports/matching';
import { NoticeCheck } from '../imports/notice-check';
import { Facts } from './facts';
import { Sessions } from './sessions';

/** A campaign's facts and data. */
export default function Batch() {
  const campaign = useCampaign();
  const may = useMay();
  const navigate = useNavigate();
  const tabs = [
    { key: 'facts', label: '批次信息', view: <Facts /> },
    { key: 'sessions', label: '采集时段', view: <Sessions /> },
    ...(may('POST /api/console/campaigns/:id/imports')
      ? [
          {
            key: 'timetable',
            label: '导入时间安排表',
            view: <ImportTable key="timetable" kind="timetable" />,
          },
          { key: 'roster', label: '导入学生名单', view: <ImportTable key="roster" kind="roster" /> },
          { key: 'matching', label: '专业对应', view: <Matching /> },
          { key: 'notice', label: '通知检查', view: <NoticeCheck /> },
        ]
      : []),
  ];
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
      <PageTabs tabs={tabs} />
    </Page>
  );
}
