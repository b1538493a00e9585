import { Page } from '../../layout/page';
import { PageTabs } from '../../parts/tabs';
import { useMay } from '../../session/use-session';
import { Board } from './board';
import { Phones } from './phones';

/** The collection day: who came, and the phones of those who scan. */
export default function Onsite() {
  const may = useMay();
  const tabs = [
    { key: 'board', label: '看板', view: <Board /> },
    ...(may('GET /api/console/campaigns/:id/devices')
      ? [{ key: 'phones', label: '现场手机', view: <Phones /> }]
      : []),
  ];
  return (
    <Page title="现场" about="采集日谁到了、拍了多少；谁的手机可以扫码">
      <PageTabs tabs={tabs} />
    </Page>
  );
}
