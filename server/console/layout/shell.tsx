import {
  AccountBookOutlined,
  CalendarOutlined,
  FileSearchOutlined,
  PayCircleOutlined,
  TableOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Layout, Menu, Select } from 'antd';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { CampaignAdminView } from '../../../shared/contract/campaigns';
import { DemoSwitch } from '../demo/demo-switch';
import { Pill } from '../parts/pill';
import { type PageKey, pagesFor } from '../session/permissions';
import { useUser } from '../session/use-session';
import { PHASE_NAMES, PHASE_TONES } from '../words/labels';
import { Account } from './account';
import { pathOf } from './use-campaign';

const ICONS: Readonly<Record<PageKey, ReactNode>> = {
  today: <CalendarOutlined />,
  batch: <TableOutlined />,
  onsite: <TeamOutlined />,
  settlement: <PayCircleOutlined />,
  reconciliation: <AccountBookOutlined />,
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
            items={pagesFor(role).map(({ key, title }) => ({ key, label: title, icon: ICONS[key] }))}
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
