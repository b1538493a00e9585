import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Select, Space } from 'antd';
import { useState } from 'react';
import type { SHOT_COLUMNS } from '../../../../shared/contract/onsite';
import { PORTRAIT_WORDS, templateProblem, USUAL_TEMPLATE } from '../../../../shared/domain/portrait-files';
import { download } from '../../api/download';
import { useCampaign } from '../../layout/use-campaign';
import { useComplain } from '../../parts/complain';
import { ReturnedFiles } from './returned-files';

type ShotColumn = (typeof SHOT_COLUMNS)[number];

const COLUMN_NAMES: Readonly<Record<ShotColumn, string>> = {
  day: '日期',
  room: '教室',
  shotNumber: '拍摄序号',
  state: '状态',
  name: '姓名',
  studentNo: '学号',
  documentMasked: '证件号（部分隐藏）',
  college: '学院',
  major: '专业',
  className: '班级',
  training: '培养类型',
  arrivedAt: '签到时间',
  shotAt: '拍摄时间',
  walkIn: '现场预约',
  file: '照片文件名',
};
const COLUMNS = Object.entries(COLUMN_NAMES).map(([value, label]) => ({ value, label }));
const USUAL: ShotColumn[] = ['room', 'shotNumber', 'state', 'name', 'studentNo', 'className', 'file'];

/** What the photographer works by, and what comes back from the agency. */
export function ShotList() {
  const { id, rooms } = useCampaign();
  const complain = useComplain();
  const [columns, setColumns] = useState<ShotColumn[]>(USUAL);
  const [room, setRoom] = useState<string>();
  const [template, setTemplate] = useState(USUAL_TEMPLATE);
  const problem = templateProblem(template);
  const save = useMutation({
    mutationFn: (kind: 'xlsx' | 'csv') =>
      download(`GET /api/console/campaigns/:id/shot-list.${kind}`, {
        params: { id },
        query: { columns: columns.join(','), template, ...(room && { room }) },
      }),
    onError: complain,
  });
  const cannotSave = columns.length === 0 || problem !== undefined;

  return (
    <div className="two-columns">
      <Card title="给摄影师的名单">
        <Form layout="vertical">
          <Form.Item label="列（按选的先后排）">
            <Select mode="multiple" aria-label="列" value={columns} onChange={setColumns} options={COLUMNS} />
          </Form.Item>
          <Form.Item label="教室">
            <Select
              allowClear
              aria-label="教室"
              placeholder="全部教室"
              value={room}
              onChange={setRoom}
              options={rooms.map((value) => ({ value, label: value }))}
            />
          </Form.Item>
          <Form.Item
            label="照片文件名"
            extra={`可用 ${PORTRAIT_WORDS.join(' ')}`}
            validateStatus={problem ? 'error' : ''}
            help={problem}
          >
            <Input
              aria-label="照片文件名"
              value={template}
              maxLength={100}
              onChange={(event) => setTemplate(event.target.value)}
            />
          </Form.Item>
        </Form>
        <Space>
          <Button
            type="primary"
            icon={<DownloadOutlined aria-hidden />}
            disabled={cannotSave}
            loading={save.isPending}
            onClick={() => save.mutate('xlsx')}
          >
            下载 Excel
          </Button>
          <Button disabled={cannotSave} onClick={() => save.mutate('csv')}>
            下载 CSV
          </Button>
        </Space>
        <Alert className="gap-above" type="info" showIcon title="作废的序号也在名单里，序号不会断。" />
      </Card>
      <ReturnedFiles template={template} isReady={problem === undefined} />
    </div>
  );
}
