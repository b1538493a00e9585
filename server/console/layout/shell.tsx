import {
  AccountBookOutlined,
  BarChartOutlined,
  CalendarOutlined,
  CameraOutlined,
  ControlOutlined,
  FileSearchOutlined,
  FundOutlined,
  IdcardOutlined,
  InboxOutlined,
  MessageOutlined,
  NotificationOutlined,
  PartitionOutlined,
  PayCircleOutlined,
  PhoneOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  TableOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Badge, Layout, Menu, Select } from 'antd';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { CampaignAdminView } from '../../../shared/contract/campaigns';
import { DemoSwitch } from '../demo/demo-switch';
import { Pill } from '../parts/pill';
import { usePromisesAtRisk } from '../parts/use-promises-at-risk';
import { useOwnWaiting } from '../parts/use-waiting';
import { type PageKey, pagesFor } from '../session/permissions';
import { useUser } from '../session/use-session';
import { PHASE_NAMES, PHASE_TONES } from '../words/labels';
import { Account } from './account';
import { pathOf } from './use-campaign';

const ICONS: Readonly<Record<PageKey, ReactNode>> = {
  today: <CalendarOutlined />,
  batch: <TableOutlined />,
  students: <IdcardOutlined />,
  caller: <PhoneOutlined />,
  todo: <InboxOutlined />,
  onsite: <TeamOutlined />,
  progress: <BarChartOutlined />,
  kit: <NotificationOutlined />,
  messages: <MessageOutlined />,
  'make-up': <CameraOutlined />,
  settlement: <PayCircleOutlined />,
  reconciliation: <AccountBookOutlined />,
  reports: <FundOutlined />,
  whereabouts: <PartitionOutlined />,
  settings: <ControlOutlined />,
  'work-days': <ScheduleOutlined />,
  retention: <SafetyOutlined />,
  audit: <FileSearchOutlined />,
};

export function Shell({
  campaign,
  campaigns,
  children,
}: {
  campaign: CampaignAdminView;
  campaigns: readonly CampaignAdminView[];
  children: ReactNode;
}) {
  const { role, schoolName } = useUser();
  const navigate = useNavigate();
  const [, , page = 'today'] = useLocation().pathname.split('/');
  return (
    <Layout className="whole">
      <Layout.Sider width={208} className="side" theme="light">
        <div className="brand">
          <strong>图采预约</strong>
          <span className="faint">{schoolName}</span>
        </div>
        <nav aria-label="主导航">
          <Menu
            mode="inline"
            selectedKeys={[page]}
            items={pagesFor(role).map(({ key, title }) => ({
              key,
              icon: ICONS[key],
              label: labelOf(key, title, campaign.id),
            }))}
            onClick={({ key }) => navigate(pathOf(campaign.id, key))}
          />
        </nav>
      </Layout.Sider>
      <Layout>
        <Layout.Header className="head">
          <Select
            className="campaign-choice"
            aria-label="采集批次"
            value={campaign.id}
            variant="filled"
            options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => navigate(pathOf(id, page))}
          />
          <Pill tone={PHASE_TONES[campaign.phase]}>{PHASE_NAMES[campaign.phase]}</Pill>
          <span className="fill" />
          <DemoSwitch />
          <Account />
        </Layout.Header>
        <Layout.Content className="content">{children}</Layout.Content>
      </Layout>
    </Layout>
  );
}

const EVERY_MS = 20_000;

function labelOf(key: PageKey, title: string, campaignId: string): ReactNode {
  if (key === 'todo') return <WithCount title={title} campaignId={campaignId} />;
  return key === 'settlement' ? <WithPromises title={title} campaignId={campaignId} /> : title;
}

/** A promise about to be broken is seen from every page, the working day before. */
function WithPromises({ title, campaignId }: { title: string; campaignId: string }) {
  const atRisk = usePromisesAtRisk(campaignId);
  return (
    <span className="with-count">
      {title}
      <Badge
        count={atRisk}
        overflowCount={999}
        color="#bd2c24"
        title={`${atRisk} 笔退款已超期，或最迟下一个工作日到账`}
      />
    </span>
  );
}

/** How much waits for oneself is seen from every page. */
function WithCount({ title, campaignId }: { title: string; campaignId: string }) {
  const waiting = useOwnWaiting(campaignId, EVERY_MS);
  return (
    <span className="with-count">
      {title}
      <Badge count={waiting} overflowCount={999} color="#bd2c24" title={`${waiting} 件等您处理`} />
    </span>
  );
}
