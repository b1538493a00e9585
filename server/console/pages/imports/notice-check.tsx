import { Alert, App, Button, Card, Input } from 'antd';
import { useState } from 'react';
import type { NoticeCheckView } from '../../../../shared/contract/imports';
import { useRead, useWrite } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Findings } from '../../parts/findings';
import { Loaded } from '../../parts/loaded';
import { PrepareFirst } from '../../parts/prepare-first';
import { tally } from '../../parts/severity';
import { count } from '../../words/format';

/** Where notice, timetable, roster and campaign contradict each other: looked at before booking opens. */
export function NoticeCheck() {
  const { id } = useCampaign();
  const check = useRead('GET /api/console/campaigns/:id/notice-check', { params: { id } });
  return <Loaded query={check}>{(view) => <NoticeCheckOf key={view.version} view={view} />}</Loaded>;
}

function NoticeCheckOf({ view }: { view: NoticeCheckView }) {
  const { id } = useCampaign();
  const { message } = App.useApp();
  const [text, setText] = useState(view.text);
  const keep = useWrite('PUT /api/console/campaigns/:id/notice-text', {
    onDone: ({ findings }) => message.success(`已检查：${tally(findings) || '没有发现问题'}`),
  });
  return (
    <div className="stack">
      <Outcome view={view} />
      <Card
        title="通知正文"
        extra={
          <Button
            type="primary"
            disabled={text === view.text}
            loading={keep.isPending}
            onClick={() => keep.mutate({ params: { id }, body: { version: view.version, text } })}
          >
            保存并检查
          </Button>
        }
      >
        <Input.TextArea
          aria-label="通知正文"
          className="paste"
          rows={12}
          maxLength={100_000}
          value={text}
          spellCheck={false}
          placeholder="把要发给学生的通知粘贴到这里：教室、日期、时间、电话和规则会和时间表、名单、批次信息逐一对照。"
          onChange={(event) => setText(event.target.value)}
        />
      </Card>
    </div>
  );
}

function Outcome({ view: { findings, checked, text } }: { view: NoticeCheckView }) {
  if (checked.sessions === 0)
    return (
      <PrepareFirst until="导入时间安排表之后，才能检查通知" step="timetable" action="去导入时间安排表" />
    );
  const against = [
    `${count(checked.sessions)} 个时段`,
    checked.students > 0 ? `${count(checked.students)} 名学生` : '还没有名单',
    text ? '通知正文' : '还没有通知正文',
  ].join('、');
  if (findings.length === 0) {
    return <Alert type="success" showIcon title="没有发现矛盾" description={`已对照：${against}`} />;
  }
  return (
    <Card title={`通知检查：${tally(findings)}`} extra={<span className="soft">已对照：{against}</span>}>
      <Findings of={findings} />
    </Card>
  );
}
