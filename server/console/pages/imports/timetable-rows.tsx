import { Card, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { TimetableImportPreview } from '../../../../shared/contract/imports';
import { useStickyHead } from '../../parts/printing';
import { SeverityIcon, tally } from '../../parts/severity';
import { type Cell, type TimetableLine, timetableLines } from './timetable-lines';

const ALL = '全部';
const WITH_PROBLEMS = '有问题的';

/** Every row as it was understood, with what is wrong at its cell. */
export function TimetableRows({ preview }: { preview: TimetableImportPreview }) {
  const stickyHead = useStickyHead();
  const lines = timetableLines(preview);
  const troubled = lines.filter(({ worst }) => worst !== null);
  const [chosen, setChosen] = useState<string>();
  const shown = chosen ?? (troubled.some(({ worst }) => worst === 'error') ? WITH_PROBLEMS : ALL);
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <div className="toolbar">
        <Segmented
          value={shown}
          onChange={setChosen}
          options={[
            { value: ALL, label: `全部 ${lines.length}` },
            { value: WITH_PROBLEMS, label: `有问题的 ${troubled.length}`, disabled: troubled.length === 0 },
          ]}
        />
        <span className="fill" />
        <span className="soft">{tally(preview.problems) || '每一行都读懂了'}</span>
      </div>
      <Table
        className="number"
        rowKey="line"
        size="small"
        columns={COLUMNS}
        dataSource={shown === ALL ? lines : troubled}
        pagination={false}
        sticky={stickyHead}
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
