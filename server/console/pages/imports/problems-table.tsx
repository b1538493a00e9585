import { Card, Table, type TableColumnsType } from 'antd';
import type { RowProblem } from '../../../../shared/contract/campaigns';
import type { RosterImportPreview } from '../../../../shared/contract/imports';
import { ROSTER_FIELDS } from '../../../../shared/domain/roster-row';
import { groupBy } from '../../parts/group-by';
import { SeverityIcon } from '../../parts/severity';
import { count } from '../../words/format';

interface Line {
  line: number;
  cells: Readonly<Record<string, string>>;
  problems: ReadonlyMap<string, readonly RowProblem[]>;
}

/** The rows with problems as they stand, and what is wrong at its cell. */
export function ProblemsTable({ preview }: { preview: RosterImportPreview }) {
  const { error, warning, info } = preview.counts;
  if (error + warning + info === 0) return null;
  const byLine = groupBy(preview.problems, ({ line }) => line);
  const lines = preview.troubled.map(({ line, cells }) => ({
    line,
    cells,
    problems: groupBy(byLine.get(line) ?? [], ({ column }) => column),
  }));
  const fields = ROSTER_FIELDS.filter(({ field }) => lines.some(({ cells }) => field in cells));
  return (
    <Card
      title={`需要核对：${count(error)} 处错误，${count(warning)} 处请核对，${count(info)} 处提示`}
      extra={
        lines.length < new Set(byLine.keys()).size || preview.problems.length < error + warning + info ? (
          <span className="soft">这里列出前 {lines.length} 行，全部在标注表格里</span>
        ) : null
      }
      styles={{ body: { padding: 0 } }}
    >
      <Table<Line>
        size="small"
        rowKey="line"
        className="number"
        dataSource={lines}
        columns={columnsFor(fields)}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </Card>
  );
}

const columnsFor = (fields: typeof ROSTER_FIELDS): TableColumnsType<Line> => [
  { title: '行', dataIndex: 'line', width: 72, align: 'right', fixed: 'left' },
  ...fields.map(({ field, label }) => ({
    title: label,
    key: field,
    onCell: ({ problems }: Line) => {
      const [first] = problems.get(field) ?? [];
      return { className: first ? `cell-${first.severity}` : '' };
    },
    render: (_: unknown, { cells, problems }: Line) => (
      <div className="problem-cell">
        {cells[field]}
        {(problems.get(field) ?? []).map(({ code, severity, message }) => (
          <div key={code} className="cell-note">
            <SeverityIcon severity={severity} /> {message}
          </div>
        ))}
      </div>
    ),
  })),
];
