import { Page } from '../../layout/page';
import { PageTabs } from '../../parts/tabs';
import { Agency } from './agency';
import { Refunding } from './refunding';
import { Unpaid } from './unpaid';

/** The end of a campaign: who paid without a shot, who was shot without paying, and what the photographer gets. */
export default function Settlement() {
  return (
    <Page
      title="结算"
      about="结束采集，已付未拍的统一退款，已拍未付的催缴或免缴，再与拍摄单位结算；动钱的事由两个人分别完成"
    >
      <PageTabs
        tabs={[
          { key: 'refunds', label: '已付未拍', view: <Refunding /> },
          { key: 'unpaid', label: '已拍未付', view: <Unpaid /> },
          { key: 'agency', label: '与拍摄单位结算', view: <Agency /> },
        ]}
      />
    </Page>
  );
}
