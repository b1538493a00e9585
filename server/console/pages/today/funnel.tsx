import { Card } from 'antd';
import type { CampaignAdminView } from '../../../../shared/contract/campaigns';
import type { AnswerOf } from '../../api/send';
import { count, percent } from '../../words/format';

interface Step {
  label: string;
  value: number;
  of: number;
}

/** From the roster to the shot: how many are left at every step. */
export function Funnel({ campaign: { counts } }: { campaign: CampaignAdminView }) {
  return <Steps steps={stepsOf(counts)} />;
}

/** The same of the colleges of a secretary. */
export function OwnFunnel({ total }: { total: OwnTotal }) {
  const { students } = total;
  const own = [
    { label: '本院学生', value: students, of: students },
    { label: '已认证', value: total.verified, of: students },
    { label: '已确认', value: total.confirmed, of: students },
    { label: '已预约', value: total.booked, of: students },
    { label: '已付款', value: total.paid, of: students },
    { label: '已拍摄', value: total.shot, of: students },
  ];
  return <Steps steps={own} />;
}

export type OwnTotal = AnswerOf<'GET /api/console/campaigns/:id/progress'>['total'];

function stepsOf(counts: CampaignAdminView['counts']): Step[] {
  return [
    { label: '学生名单', value: counts.students, of: counts.students },
    { label: '已有时段', value: counts.matched, of: counts.students },
    { label: '已预约', value: counts.booked, of: counts.students },
    { label: '已付款', value: counts.paid, of: counts.students },
    { label: '已签到', value: counts.arrived, of: counts.booked },
    { label: '已拍摄', value: counts.shot, of: counts.booked },
  ];
}

function Steps({ steps }: { steps: readonly Step[] }) {
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
