import { Page } from '../../layout/page';
import { PageTabs } from '../../parts/tabs';
import { useMay } from '../../session/use-session';
import { Board } from './board';
import { OfflineScans } from './offline-scans';
import { Phones } from './phones';
import { ShotList } from './shot-list';

/** The collection day: who came, and the phones of those who scan. */
export default function Onsite() {
  const may = useMay();
  const tabs = [
    { key: 'board', label: '看板', view: <Board /> },
    ...(may('GET /api/console/campaigns/:id/devices')
      ? [{ key: 'phones', label: '现场手机', view: <Phones /> }]
      : []),
    ...(may('GET /api/console/campaigns/:id/offline-scans')
      ? [{ key: 'offline', label: '离线记录', view: <OfflineScans /> }]
      : []),
    ...(may('GET /api/console/campaigns/:id/shot-list.xlsx')
      ? [{ key: 'shots', label: '拍摄名单', view: <ShotList /> }]
      : []),
  ];
  return (
    <Page title="现场" about="采集日谁到了、拍了多少；谁的手机可以扫码">
      <PageTabs tabs={tabs} />
    </Page>
  );
}
