import { DownloadOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, ConfigProvider, Select, Spin } from 'antd';
import { useState } from 'react';
import { call } from '../../api/call';
import { download } from '../../api/download';
import { hasCode } from '../../api/errors';
import { Said, useComplain } from '../../parts/complain';
import { Findings } from '../../parts/findings';
import { tally } from '../../parts/severity';
import { count } from '../../words/format';
import { MappingTable } from './mapping-table';
import { ProblemsTable } from './problems-table';
import { type Checked, NOUNS, type Opened } from './steps';
import { TimetableRows } from './timetable-rows';

/** Which column is what, and at once what is wrong with the rows below. */
export function Check({
  opened,
  onNext,
  onAgain,
}: {
  opened: Opened;
  onNext: (checked: Checked) => void;
  onAgain: () => void;
}) {
  const { id, sheets, fields, kind, name } = opened.import;
  const [sheet, setSheet] = useState(opened.sheet);
  const [layout, setLayout] = useState(opened.sheet.layout);
  const complain = useComplain();
  const preview = useQuery({
    queryKey: ['preview', id, layout],
    queryFn: () => call('POST /api/console/imports/:id/preview', { params: { id }, body: { layout } }),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const look = useMutation({
    mutationFn: (to: number) =>
      call('GET /api/console/imports/:id/sheets/:sheet', { params: { id, sheet: to } }),
  });
  // Told here and not above: of several choices only the last is heard of.
  const choose = (to: number) =>
    look.mutate(to, {
      onError: complain,
      onSuccess: (looked) => {
        setSheet(looked);
        setLayout(looked.layout);
      },
    });
  const checked = preview.isError ? undefined : preview.data;
  return (
    <>
      {preview.isError && (
        <Alert
          type={hasCode(preview.error, 'IMPORT_COLUMNS_MISSING') ? 'info' : 'error'}
          showIcon
          title={<Said error={preview.error} />}
        />
      )}
      {!preview.isError && (
        <Verdict
          checked={checked}
          isChecking={preview.isFetching || look.isPending}
          importId={id}
          onNext={onNext}
        />
      )}
      <Card
        title={name || `粘贴的${NOUNS[kind]}`}
        extra={
          <div className="row">
            {sheets.length > 1 && (
              <Select
                aria-label="工作表"
                value={look.isPending ? look.variables : layout.sheet}
                className="sheet-choice"
                loading={look.isPending}
                options={sheets.map((tab, value) => ({
                  value,
                  label: tab.isHidden ? `${tab.name}（隐藏）` : tab.name,
                }))}
                onChange={choose}
              />
            )}
            <Button onClick={onAgain}>换一份</Button>
          </div>
        }
        styles={{ body: { padding: 0 } }}
      >
        {/* Columns named while another sheet is on its way would be lost with the old one. */}
        <ConfigProvider componentDisabled={look.isPending}>
          <Spin spinning={look.isPending} description="正在打开工作表…">
            <MappingTable
              fields={fields}
              sheet={sheet}
              layout={layout}
              problems={checked?.problems ?? []}
              onChange={setLayout}
            />
          </Spin>
        </ConfigProvider>
      </Card>
      <Spin spinning={preview.isFetching} description="正在检查每一行…">
        {checked ? <Rows checked={checked} /> : <div className="import-waiting" hidden={preview.isError} />}
      </Spin>
    </>
  );
}

/** Whether it can be written, and what to do next. */
function Verdict({
  checked,
  isChecking,
  importId,
  onNext,
}: {
  checked: Checked | undefined;
  isChecking: boolean;
  importId: string;
  onNext: (checked: Checked) => void;
}) {
  const complain = useComplain();
  const [saving, setSaving] = useState(false);
  if (!checked) return <Alert type="info" showIcon title="正在检查每一行…" />;
  const { error, warning, info } = checked.counts;
  const rows = checked.kind === 'roster' ? checked.students : checked.totals.rows;
  const save = () => {
    setSaving(true);
    download('GET /api/console/imports/:id/annotated', { params: { id: importId } })
      .catch(complain)
      .finally(() => setSaving(false));
  };
  return (
    <Alert
      type={error > 0 ? 'error' : 'success'}
      showIcon
      title={error > 0 ? `有 ${count(error)} 处错误，改好之前不能写入` : readWords(checked)}
      description={
        error > 0 ? '在 Excel 里改好后重新上传；标注好的表格可以直接改、直接再传。' : roomsWords(checked)
      }
      action={
        <div className="row">
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={saving}
            onClick={save}
            disabled={error + warning + info === 0}
          >
            下载标注表格
          </Button>
          <Button
            type="primary"
            disabled={error > 0 || rows === 0 || isChecking}
            onClick={() => onNext(checked)}
          >
            下一步：确认变化
          </Button>
        </div>
      }
    />
  );
}

function Rows({ checked }: { checked: Checked }) {
  if (checked.kind === 'roster') return <ProblemsTable preview={checked} />;
  return (
    <div className="stack">
      {checked.findings.length > 0 && (
        <Card
          title="通知检查"
          extra={<span className="soft">{tally(checked.findings)} · 不影响写入，请在发布前处理</span>}
        >
          <Findings of={checked.findings} />
        </Card>
      )}
      <TimetableRows preview={checked} />
    </div>
  );
}

const readWords = (checked: Checked): string =>
  checked.kind === 'roster'
    ? `读出 ${count(checked.students)} 名学生`
    : `读出 ${count(checked.totals.rows)} 个时段，计划 ${count(checked.totals.headcount)} 人`;

function roomsWords(checked: Checked): string {
  if (checked.kind === 'roster') return '每一行都可以写入';
  return checked.totals.rooms
    .map(({ room, rows, headcount }) => `${room}：${rows} 个时段 ${count(headcount)} 人`)
    .join('　');
}
