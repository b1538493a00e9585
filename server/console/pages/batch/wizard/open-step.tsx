import { App, Button, Card, Result } from 'antd';
import { Link, useNavigate } from 'react-router';
import type { CampaignAdminView } from '../../../../../shared/contract/campaigns';
import { campaignGaps } from '../../../../../shared/domain/campaign-gaps';
import { useWrite } from '../../../api/hooks';
import { pathOf } from '../../../layout/use-campaign';
import { SeverityIcon } from '../../../parts/severity';
import { count, stamp } from '../../../words/format';
import type { Step } from './steps';

/** What is left over, and the button that lets the students in. */
export function OpenStep({ campaign, steps }: { campaign: CampaignAdminView; steps: readonly Step[] }) {
  const navigate = useNavigate();
  const isOpened = campaign.phase !== 'draft' && campaign.phase !== 'announced';
  if (isOpened) {
    return (
      <Card>
        <Result
          status="success"
          title="已开放预约"
          subTitle={`${count(campaign.counts.students)} 名学生现在可以认证和预约。`}
          extra={[
            <Button key="kit" type="primary" onClick={() => navigate(pathOf(campaign.id, 'kit'))}>
              把消息发给学生
            </Button>,
            <Button key="today" onClick={() => navigate(pathOf(campaign.id, 'today'))}>
              回到今天
            </Button>,
          ]}
        />
      </Card>
    );
  }
  const left = steps.filter(({ key, state }) => key !== 'open' && state !== 'done');
  return (
    <Card title={left.length === 0 ? '都准备好了' : leftOver(left)}>
      {left.length > 0 && (
        <ul className="findings by-step">
          {left.map(({ key, title, says, state }) => (
            <li key={key}>
              <SeverityIcon severity={state === 'todo' ? 'error' : 'warning'} />
              <Link to={pathOf(campaign.id, `batch/${key}`)}>{title}</Link>
              <span>{says}</span>
            </li>
          ))}
        </ul>
      )}
      <OpenNow campaign={campaign} />
    </Card>
  );
}

function leftOver(left: readonly Step[]): string {
  const missing = left.filter(({ state }) => state === 'todo').length;
  return missing > 0 ? `还有 ${missing} 项没有填` : `还有 ${left.length} 项可以再看一看`;
}

function OpenNow({ campaign }: { campaign: CampaignAdminView }) {
  const { modal, message } = App.useApp();
  const open = useWrite('POST /api/console/campaigns/:id/open', {
    onDone: () => message.success('已开放预约，学生现在可以进入'),
  });
  const { sessions, students } = campaign.counts;
  const isReady = sessions > 0 && students > 0 && campaignGaps(campaign).length === 0;
  const ask = () =>
    modal.confirm({
      title: '现在开放预约？',
      content: `${count(students)} 名学生将立即可以认证和预约，不能再撤回。`,
      okText: '开放预约',
      onOk: () => open.mutateAsync({ params: { id: campaign.id }, body: { version: campaign.version } }),
    });
  return (
    <div className="row gap-above">
      <Button type="primary" size="large" disabled={!isReady} loading={open.isPending} onClick={ask}>
        现在开放预约
      </Button>
      <span className="soft">
        {!isReady
          ? '有时间安排表和学生名单之后才能开放'
          : campaign.bookingOpensAt
            ? `不点的话，${stamp(campaign.bookingOpensAt)} 自动开放`
            : '没有设定自动开放的时间，由您开放'}
      </span>
    </div>
  );
}
