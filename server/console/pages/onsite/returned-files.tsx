import { FolderOpenOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Collapse, List } from 'antd';
import { useRef } from 'react';
import { useWrite } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { count } from '../../words/format';

type Match = AnswerOf<'POST /api/console/campaigns/:id/portrait-files'>;

/** Names only: the pictures themselves stay on this computer. */
export function ReturnedFiles({ template, isReady }: { template: string; isReady: boolean }) {
  const { id } = useCampaign();
  const folder = useRef<HTMLInputElement | null>(null);
  const match = useWrite('POST /api/console/campaigns/:id/portrait-files');
  const compare = (chosen: FileList | null) => {
    const files = Array.from(chosen ?? [], (file) => file.webkitRelativePath || file.name);
    if (files.length > 0) match.mutate({ params: { id }, body: { template, files } });
  };
  return (
    <Card title="核对返回的照片">
      <p className="soft">选摄影方交回的照片文件夹，只比对文件名，照片不会上传。</p>
      <input
        ref={(input) => {
          folder.current = input;
          input?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        data-testid="portrait-folder"
        onChange={(event) => compare(event.target.files)}
      />
      <Button
        icon={<FolderOpenOutlined aria-hidden />}
        disabled={!isReady}
        loading={match.isPending}
        onClick={() => folder.current?.click()}
      >
        选照片文件夹
      </Button>
      {match.data && <Result of={match.data} />}
    </Card>
  );
}

function Result({ of: { expected, matched, missing, extra, duplicate } }: { of: Match }) {
  const isWhole = missing.length + extra.length + duplicate.length === 0;
  return (
    <>
      <Alert
        className="gap-above"
        type={isWhole ? 'success' : 'warning'}
        showIcon
        title={`已拍 ${count(expected)} 人，对上 ${count(matched)} 人`}
        description={isWhole ? '一张不少，一张不多。' : undefined}
      />
      <Collapse
        className="gap-above"
        items={[
          {
            key: 'missing',
            label: `缺 ${missing.length} 人`,
            children: names(
              missing.map(
                ({ studentNo, name, room, shotNumber }) => `${studentNo} ${name}（${room} ${shotNumber}）`,
              ),
            ),
          },
          { key: 'extra', label: `多 ${extra.length} 个文件`, children: names(extra) },
          {
            key: 'duplicate',
            label: `重复 ${duplicate.length} 人`,
            children: names(
              duplicate.map(({ of, files }) => `${of.studentNo} ${of.name}：${files.join('、')}`),
            ),
          },
        ].filter(({ label }) => !/ 0 /.test(label))}
      />
    </>
  );
}

const names = (lines: readonly string[]) => (
  <List
    size="small"
    dataSource={[...lines]}
    renderItem={(line) => <List.Item>{line}</List.Item>}
    pagination={{ pageSize: 20, hideOnSinglePage: true }}
  />
);
