import { Card } from 'antd';
import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import { count, percent } from '../../words/format';

/** From the roster to the shot: how many are left at every step. */
export function Funnel({ campaign: { counts } }: { campaign: CampaignAdminView }) {
  const steps = [
    { label: '学生名单', value: counts.students, of: counts.students },
    { label: '已有时段', value: counts.matched, of: counts.students },
    { label: '已预约', value: counts.booked, of: counts.students },
    { label: '已付款', value: counts.paid, of: counts.students },
    { label: '已签到', value: counts.arrived, of: counts.booked },
    { label: '已拍摄', value: counts.shot, of: counts.booked },
  ];
  return (
    <Card className="funnel" styles={{ body: { padding: 0 } }}>
      <dl>
        {steps.map(({ label, value, of }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <strong>{count(value)}</strong>
              <span className="faint"> / {count(of)}</span>
              <i className="bar" aria-hidden>
                <i style={{ inlineSize: `${percent(value, of)}%` }} />
              </i>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
