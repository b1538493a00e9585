import { Alert, App, Button, Card, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAsk, useWrite } from '../../api/hooks';
import { pathOf, useCampaign } from '../../layout/use-campaign';
import { count } from '../../words/format';
import { TimetablePreviewView } from './timetable-preview';

/** Paste → check → write. Before the last step nothing is saved. */
export function TimetableImport() {
  const campaign = useCampaign();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const [text, setText] = useState('');
  const [checked, setChecked] = useState('');
  const check = useAsk('POST /api/console/campaigns/:id/timetable/preview');
  const write = useWrite('POST /api/console/campaigns/:id/timetable', {
    onDone({ sessions, headcount }) {
      message.success(`已写入 ${sessions} 个时段，计划 ${count(headcount)} 人`);
      navigate(pathOf(campaign.id, 'batch/sessions'));
    },
  });
  const params = { id: campaign.id };
  const look = (pasted: string) => {
    setChecked(pasted);
    if (pasted.trim() !== '') check.mutate({ params, body: { text: pasted } });
    else check.reset();
  };
  const commit = () => write.mutateAsync({ params, body: { text: checked } });
  const ask = () => {
    const { sessions } = campaign.counts;
    if (sessions === 0) return void write.mutate({ params, body: { text: checked } });
    modal.confirm({
      title: '替换现有的时间安排表？',
      content: `现有 ${sessions} 个时段会全部换成这一份，学生会重新对应到新的时段。`,
      okText: '替换',
      okButtonProps: { danger: true },
      onOk: commit,
    });
  };

  if (campaign.counts.booked > 0) {
    return (
      <Alert
        type="info"
        showIcon
        title="已有学生预约，不能再整体替换时间安排表"
        description="换掉整张表会让已经约好的学生失去名额。需要调整时，请逐个时段处理。"
      />
    );
  }
  return (
    <div className="stack">
      <Card title="粘贴时间安排表" extra={<span className="faint">粘贴后自动检查，确认前不会写入</span>}>
        <Input.TextArea
          aria-label="时间安排表"
          className="paste"
          value={text}
          rows={check.data ? 5 : 12}
          spellCheck={false}
          placeholder={PLACEHOLDER}
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => {
            // What is on the clipboard is the whole table only when it replaces all that stood here.
            if (text.trim() === '') look(event.clipboardData.getData('text/plain'));
          }}
        />
        <div className="row gap-above">
          <Button
            type="primary"
            disabled={text.trim() === ''}
            loading={check.isPending}
            onClick={() => look(text)}
          >
            检查
          </Button>
          <Button
            disabled={text === ''}
            onClick={() => {
              setText('');
              look('');
            }}
          >
            清空
          </Button>
          <span className="faint">
            从 Word、WPS 或 Excel 选中整张表（连同“专业、人数、时间”那一行）复制即可
          </span>
        </div>
      </Card>
      {check.data && checked !== '' && (
        <TimetablePreviewView
          preview={check.data}
          text={checked}
          isStale={checked !== text}
          isWriting={write.isPending}
          onWrite={ask}
        />
      )}
    </div>
  );
}

const PLACEHOLDER = `专业\t人数\t时间\t备注\t地点
（从通知里复制整张表，粘贴到这里）`;
