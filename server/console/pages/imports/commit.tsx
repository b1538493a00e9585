import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Progress, Result } from 'antd';
import { useNavigate } from 'react-router';
import { useRead, useWrite } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { pathOf, useCampaign } from '../../layout/use-campaign';
import { count } from '../../words/format';
import { RosterChanges, TimetableChanges } from './changes';
import { type Checked, NOUNS, type Opened } from './steps';

type View = AnswerOf<'GET /api/console/imports/:id'>;

/** What would change, and the button that does it. */
export function Commit({
  opened,
  checked,
  onBack,
  onAgain,
}: {
  opened: Opened;
  checked: Checked;
  onBack: () => void;
  onAgain: () => void;
}) {
  const { id } = opened.import;
  const queries = useQueryClient();
  const write = useWrite('POST /api/console/imports/:id/commit');
  const begun = write.isSuccess;
  const progress = useRead(
    'GET /api/console/imports/:id',
    { params: { id } },
    { enabled: begun, every: (last) => (last === undefined || last.state === 'running' ? 700 : false) },
  );
  const now = progress.data ?? write.data;
  if (now?.state === 'done') return <Done of={now} onAgain={onAgain} />;
  if (now?.state === 'running') return <Running of={now} />;
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['preview', id] });
    onBack();
  };
  return (
    <>
      {now?.state === 'stopped' && (
        <Alert
          type="warning"
          showIcon
          title="没有写入"
          description={now.stoppedBecause}
          action={<Button onClick={again}>重新检查</Button>}
        />
      )}
      {checked.kind === 'roster' ? (
        <RosterChanges preview={checked} />
      ) : (
        <TimetableChanges preview={checked} />
      )}
      <div className="row">
        <WriteButton
          checked={checked}
          isBusy={write.isPending}
          isOff={now?.state === 'stopped'}
          onWrite={() => write.mutateAsync({ params: { id }, body: { fingerprint: checked.fingerprint } })}
        />
        <Button onClick={onBack}>上一步</Button>
        <span className="faint">写入的就是上面列出的变化；如果这期间数据有变，会什么都不写并告诉您。</span>
      </div>
    </>
  );
}

function WriteButton({
  checked,
  isBusy,
  isOff,
  onWrite,
}: {
  checked: Checked;
  isBusy: boolean;
  isOff: boolean;
  onWrite: () => Promise<unknown>;
}) {
  const { modal } = App.useApp();
  const campaign = useCampaign();
  const isInUse = checked.kind === 'timetable' && checked.isInUse;
  const label =
    checked.kind === 'roster'
      ? `写入 ${count(checked.students)} 名学生`
      : `写入 ${count(checked.totals.rows)} 个时段`;
  const ask = () => {
    const question = questionFor(checked, campaign.counts.sessions);
    if (!question) return void onWrite().catch(() => undefined);
    modal.confirm({ ...question, okButtonProps: { danger: true }, onOk: onWrite });
  };
  return (
    <Button type="primary" size="large" disabled={isInUse || isOff} loading={isBusy} onClick={ask}>
      {label}
    </Button>
  );
}

function questionFor(checked: Checked, sessions: number) {
  if (checked.kind === 'timetable') {
    if (sessions === 0) return null;
    return {
      title: '替换现有的时间安排表？',
      content: `现有 ${sessions} 个时段会全部换成这一份，学生会重新对应到新的时段。`,
      okText: '替换',
    };
  }
  if (checked.removed === 0) return null;
  return {
    title: `有 ${count(checked.removed)} 名学生不在新名单里，要移出吗？`,
    content: '移出的学生不能再预约；已有预约的学生不会移出。',
    okText: '移出并写入',
  };
}

function Running({ of: { progress } }: { of: View }) {
  const { done = 0, total = 0 } = progress ?? {};
  return (
    <Card>
      <Result
        icon={
          <Progress type="circle" percent={total > 0 ? Math.min(99, Math.floor((done / total) * 100)) : 0} />
        }
        title={total > 0 ? `正在写入，${count(done)} / ${count(total)} 行` : '正在核对是否和检查时一样…'}
        subTitle="可以离开这一页，写入会继续；中断了也会自动接着做完。"
      />
    </Card>
  );
}

function Done({ of: { outcome, kind }, onAgain }: { of: View; onAgain: () => void }) {
  const campaign = useCampaign();
  const navigate = useNavigate();
  const unmatched = outcome?.kind === 'roster' ? outcome.unmatched : 0;
  return (
    <Card>
      <Result
        status="success"
        title={outcome ? doneWords(outcome) : '已写入'}
        subTitle={
          unmatched > 0
            ? `${count(unmatched)} 名学生还没有对应的时段，请到“专业对应”处理。`
            : kind === 'roster'
              ? '每名学生都对应到了自己的时段。'
              : '学生已对应到新的时段。'
        }
        extra={[
          <Button
            key="next"
            type="primary"
            onClick={() => navigate(pathOf(campaign.id, unmatched > 0 ? 'batch/matching' : NEXT[kind]))}
          >
            {unmatched > 0 ? '处理没有对应的学生' : NEXT_WORDS[kind]}
          </Button>,
          kind === 'timetable' && (
            <Button key="sessions" onClick={() => navigate(pathOf(campaign.id, 'batch/sessions'))}>
              查看采集时段
            </Button>
          ),
          <Button key="again" onClick={onAgain}>
            再导入一份{NOUNS[kind]}
          </Button>,
        ]}
      />
    </Card>
  );
}

const NEXT = { timetable: 'batch/roster', roster: 'batch/notice' } as const;
const NEXT_WORDS = { timetable: '接着导入学生名单', roster: '做通知检查' } as const;

const doneWords = (outcome: NonNullable<View['outcome']>): string =>
  outcome.kind === 'timetable'
    ? `已写入 ${outcome.sessions} 个时段，计划 ${count(outcome.headcount)} 人`
    : `已写入 ${count(outcome.students)} 名学生：新增 ${count(outcome.added)}，更新 ${count(outcome.changed)}，移出 ${count(outcome.removed)}`;
