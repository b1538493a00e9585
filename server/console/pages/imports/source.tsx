import { InboxOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Card, Input, Spin, Upload } from 'antd';
import { useState } from 'react';
import { call } from '../../api/call';
import { upload } from '../../api/upload';
import { useCampaign } from '../../layout/use-campaign';
import { useComplain } from '../../parts/complain';
import { count } from '../../words/format';
import { type Kind, NOUNS, type Opened } from './steps';

/** A file dropped or chosen, or a table pasted. */
export function Source({ kind, onOpened }: { kind: Kind; onOpened: (opened: Opened) => void }) {
  const campaign = useCampaign();
  const complain = useComplain();
  const [text, setText] = useState('');
  const params = { id: campaign.id };
  const open = useMutation<Opened, Error, File | string>({
    mutationFn: (given) =>
      typeof given === 'string'
        ? call('POST /api/console/campaigns/:id/imports/pasted', { params, body: { kind, text: given } })
        : upload('POST /api/console/campaigns/:id/imports', { params, query: { kind } }, given),
    onSuccess: onOpened,
    onError: complain,
  });
  const { sessions, students } = campaign.counts;
  return (
    <Card
      title={`导入${NOUNS[kind]}`}
      extra={
        <span className="soft">
          现有 {kind === 'roster' ? `${count(students)} 名学生` : `${count(sessions)} 个时段`}
        </span>
      }
    >
      <Spin spinning={open.isPending} description="正在读取…">
        <div className="import-sources">
          <Upload.Dragger
            accept=".xlsx,.csv,.txt"
            showUploadList={false}
            beforeUpload={(file) => {
              open.mutate(file);
              // The file goes our own way.
              return false;
            }}
          >
            <p className="roster-drop">
              <InboxOutlined aria-hidden />把 Excel 或 CSV 文件拖到这里，或点击选择
            </p>
            <p className="faint">.xlsx 或 .csv，最大 24 MB；有合并单元格、多个工作表也能读</p>
          </Upload.Dragger>
          <div className="stack">
            <Input.TextArea
              aria-label={NOUNS[kind]}
              className="paste"
              rows={8}
              value={text}
              spellCheck={false}
              placeholder={PLACEHOLDERS[kind]}
              onChange={(event) => setText(event.target.value)}
              onPaste={(event) => {
                const pasted = event.clipboardData.getData('text/plain');
                // What is on the clipboard is the whole table only when it replaces all that stood here.
                if (text.trim() === '' && pasted.trim() !== '') open.mutate(pasted);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim())
                  open.mutate(text);
              }}
            />
            <div className="row">
              <Button type="primary" disabled={text.trim() === ''} onClick={() => open.mutate(text)}>
                读取
              </Button>
              <span className="faint">粘贴后自动读取；写入之前什么都不会改变</span>
            </div>
          </div>
        </div>
      </Spin>
    </Card>
  );
}

const PLACEHOLDERS: Readonly<Record<Kind, string>> = {
  timetable:
    '或者粘贴到这里：从 Word、WPS 或 Excel 选中整张表复制。\n连通知全文一起粘贴更好：正文和安排表的矛盾会一并查出来。',
  roster:
    '或者连同表头粘贴到这里：\n姓名　学号　证件号码　学院　专业　班级　培养类型　毕业类型\n必须有姓名、学号、专业；证件号码可以不提供。',
};
