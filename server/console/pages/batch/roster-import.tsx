import { InboxOutlined } from '@ant-design/icons';
import { App, Button, Card, Input, Upload } from 'antd';
import { useState } from 'react';
import { useAsk, useWrite } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { useComplain } from '../../parts/complain';
import { count } from '../../words/format';
import { readTableFile } from './read-table-file';
import { RosterPreviewView } from './roster-preview';

/** Choose or paste → see what would change → write. */
export function RosterImport() {
  const campaign = useCampaign();
  const { modal, message } = App.useApp();
  const complain = useComplain();
  const [csv, setCsv] = useState('');
  const [checked, setChecked] = useState('');
  const check = useAsk('POST /api/console/campaigns/:id/roster/preview');
  const write = useWrite('POST /api/console/campaigns/:id/roster', {
    onDone({ students }) {
      message.success(`已写入 ${count(students)} 名学生，并对应到各自的时段`);
      check.reset();
      setCsv('');
    },
  });
  const params = { id: campaign.id };
  const look = (table: string) => {
    setCsv(table);
    setChecked(table);
    if (table.trim() !== '') check.mutate({ params, body: { csv: table } });
    else check.reset();
  };
  const take = (file: Blob) => {
    readTableFile(file).then(look, complain);
    // Nothing is uploaded by itself: the office sees the check first.
    return false;
  };
  const ask = (removed: number) => {
    const commit = () => write.mutateAsync({ params, body: { csv: checked } });
    if (removed === 0) return void write.mutate({ params, body: { csv: checked } });
    modal.confirm({
      title: `有 ${count(removed)} 名学生不在新名单里，要移出吗？`,
      content: '移出的学生不能再预约；已有的预约和付款记录都会保留。',
      okText: '移出并写入',
      okButtonProps: { danger: true },
      onOk: commit,
    });
  };
  return (
    <div className="stack">
      <Card
        title="学生名单"
        extra={<span className="soft">现有 {count(campaign.counts.students)} 名学生</span>}
      >
        <div className="roster-sources">
          <Upload.Dragger accept=".csv,.txt,text/csv" showUploadList={false} beforeUpload={take}>
            <p className="roster-drop">
              <InboxOutlined aria-hidden />把 CSV 文件拖到这里，或点击选择
            </p>
            <p className="faint">Excel 里“另存为 CSV”即可，编码自动识别</p>
          </Upload.Dragger>
          <Input.TextArea
            aria-label="名单内容"
            className="paste"
            rows={6}
            value={csv}
            spellCheck={false}
            placeholder={'或者把表格连同表头粘贴到这里：\n姓名,学号,证件号码,学院,专业,班级,层次,毕业类型'}
            onChange={(event) => setCsv(event.target.value)}
          />
        </div>
        <div className="row gap-above">
          <Button
            type="primary"
            disabled={csv.trim() === ''}
            loading={check.isPending}
            onClick={() => look(csv)}
          >
            检查
          </Button>
          <Button disabled={csv === ''} onClick={() => look('')}>
            清空
          </Button>
          <span className="faint">必须有姓名、学号、专业；证件号码可以不提供。确认前不会写入。</span>
        </div>
      </Card>
      {check.data && (
        <RosterPreviewView
          preview={check.data}
          isStale={checked !== csv}
          isWriting={write.isPending}
          onWrite={ask}
        />
      )}
    </div>
  );
}
