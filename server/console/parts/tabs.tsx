import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { pathOf, useCampaign } from '../layout/use-campaign';

export interface Tab {
  key: string;
  label: ReactNode;
  view: ReactNode;
}

/** Tabs of a page, each with an address of its own: /<campaign>/<page>/<tab>. */
export function PageTabs({ tabs }: { tabs: readonly Tab[] }) {
  const campaign = useCampaign();
  const { page = '', '*': chosen = '' } = useParams();
  const navigate = useNavigate();
  const active = tabs.find(({ key }) => key === chosen) ?? tabs[0];
  return (
    <Tabs
      activeKey={active?.key ?? ''}
      onChange={(key) => navigate(pathOf(campaign.id, `${page}/${key}`))}
      destroyOnHidden
      items={tabs.map(({ key, label, view }) => ({ key, label, children: view }))}
    />
  );
}
