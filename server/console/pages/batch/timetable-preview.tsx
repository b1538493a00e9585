import { Alert, Button, Card, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { TimetablePreview } from '../../../../shared/contract/campaigns';
import { useCampaign } from '../../layout/use-campaign';
import { Findings } from '../../parts/findings';
import { errorsIn, SeverityIcon, tally } from '../../parts/severity';
import { count } from '../../words/format';
import { findingsOf } from './notice-findings';
import { type Cell, type TimetableLine, timetableLines } from './timetable-lines';

/** What would be written, what is wrong with it and where. */
export function TimetablePreviewView({
  preview,
  text,
  isStale,
  isWriting,
  onWrite,
}: {
  preview: TimetablePreview;
  text: string;
  /** The text was edited since. */
  isStale: boolean;
  isWriting: boolean;
  onWrite: () => void;
}) {
  const campaign = useCampaign();
  const errors = errorsIn(preview.problems);
  // While rows are missing the rest would be found wanting too.
  const findings = errors === 0 ? findingsOf(preview, campaign) : [];
  const canWrite = errors === 0 && preview.rows.length > 0 && !isStale;
  return (
    <>
      <Alert
        type={errors > 0 ? 'error' : 'success'}
        showIcon
        title={
          errors > 0
            ? `有 ${errors} 处错误，改好之前不能写入`
            : `读出 ${preview.totals.rows} 个时段，计划 ${count(preview.totals.headcount)} 人`
        }
        description={isStale ? '文字改过了，请再检查一次。' : roomsLine(preview)}
        action={
          <Button type="primary" size="large" disabled={!canWrite} loading={isWriting} onClick={onWrite}>
            写入 {preview.totals.rows} 个时段
          </Button>
        }
      />
      {findings.length > 0 && (
        <Card
          title="通知检查"
          extra={<span className="soft">{tally(findings)} · 不影响写入，请在发布前处理</span>}
        >
          <Findings of={findings} />
        </Card>
      )}
      <PreviewTable lines={timetableLines(preview, text)} summary={tally(preview.problems)} />
    </>
  );
}

const roomsLine = ({ totals }: TimetablePreview): string =>
  totals.rooms
    .map(({ room, rows, headcount }) => `${room}：${rows} 个时段 ${count(headcount)} 人`)
    .join('　');

const ALL = '全部';
const WITH_PROBLEMS = '有问题的';

function PreviewTable({ lines, summary }: { lines: readonly TimetableLine[]; summary: string }) {
  const troubled = lines.filter(({ worst }) => worst !== null);
  const [shown, setShown] = useState(() =>
    troubled.some(({ worst }) => worst === 'error') ? WITH_PROBLEMS : ALL,
  );
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <div className="toolbar">
        <Segmented
          value={shown}
          onChange={setShown}
          options={[
            { value: ALL, label: `全部 ${lines.length}` },
            { value: WITH_PROBLEMS, label: `有问题的 ${troubled.length}`, disabled: troubled.length === 0 },
          ]}
        />
        <span className="fill" />
        <span className="soft">{summary || '每一行都读懂了'}</span>
      </div>
      <Table
        className="number"
        rowKey="line"
        size="small"
        columns={COLUMNS}
        dataSource={shown === ALL ? [...lines] : troubled}
        pagination={false}
        sticky={{ offsetHeader: 60 }}
        rowClassName={({ isTaken }) => (isTaken ? '' : 'is-not-taken')}
      />
    </Card>
  );
}

const column = (cell: Cell, title: string, more: TableColumnsType<TimetableLine>[number] = {}) => ({
  ...more,
  title,
  key: cell,
  onCell: ({ problems }: TimetableLine) => {
    const [first] = problems.get(cell) ?? [];
    return { className: first ? `cell-${first.severity}` : '' };
  },
  render: (_: unknown, line: TimetableLine) => <CellView line={line} cell={cell} />,
});

function CellView({ line, cell }: { line: TimetableLine; cell: Cell }) {
  return (
    <>
      {line.cells[cell]}
      {(line.problems.get(cell) ?? []).map(({ severity, code, message }) => (
        <div key={code} className="cell-note">
          <SeverityIcon severity={severity} /> {message}
        </div>
      ))}
    </>
  );
}

const COLUMNS: TableColumnsType<TimetableLine> = [
  { title: '行', dataIndex: 'line', width: 64, align: 'right' },
  column('time', '时间', { width: 210 }),
  column('room', '教室', { width: 150 }),
  column('major', '专业'),
  column('training', '层次', { width: 140 }),
  column('headcount', '人数', { width: 110, align: 'right' }),
  column('remark', '备注', { width: 150 }),
];
