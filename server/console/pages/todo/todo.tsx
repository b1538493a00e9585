import { Badge } from 'antd';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { PageTabs } from '../../parts/tabs';
import { useWaiting } from '../../parts/use-waiting';
import { useMay } from '../../session/use-session';
import { Conflicts } from './conflicts';
import { Corrections } from './corrections';
import { Money } from './money/money';
import { Owed } from './owed';
import { Reviews } from './reviews';
import { Unmatched } from './unmatched';

const EVERY_MS = 10_000;

/** What waits for a person. */
export default function Todo() {
  const { id } = useCampaign();
  const may = useMay();
  const waiting = useWaiting(id, EVERY_MS);
  const label = (words: string, items = 0) => (
    <span className="row tight">
      {words}
      <Badge count={items} overflowCount={999} color="#bd2c24" title={`${items} 件`} />
    </span>
  );
  const tabs = [
    ...(may('GET /api/console/campaigns/:id/reviews')
      ? [{ key: 'reviews', label: label('证件审核', waiting.reviews), view: <Reviews /> }]
      : []),
    ...(may('GET /api/console/campaigns/:id/conflicts')
      ? [{ key: 'conflicts', label: label('微信绑定冲突', waiting.conflicts), view: <Conflicts /> }]
      : []),
    ...(may('GET /api/console/campaigns/:id/corrections')
      ? [{ key: 'corrections', label: label('信息更正', waiting.corrections), view: <Corrections /> }]
      : []),
    ...(may('GET /api/console/money-tasks')
      ? [{ key: 'money', label: label('款项', waiting.money), view: <Money /> }]
      : []),
    { key: 'owed', label: label('待缴', waiting.owed), view: <Owed /> },
    ...(may('GET /api/console/campaigns/:id/unmatched')
      ? [{ key: 'unmatched', label: label('没有时段的学生', waiting.unmatched), view: <Unmatched /> }]
      : []),
  ];
  return (
    <Page title="待办" about="每一件都等着人看一眼；处理完就从这里消失，经过留在学生名下">
      <PageTabs tabs={tabs} />
    </Page>
  );
}
