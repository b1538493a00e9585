import { PrinterOutlined } from '@ant-design/icons';
import { Button, Card, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { ProgressRow } from '../../../../shared/contract/office';
import { useRead } from '../../api/hooks';
import { Page } from '../../layout/page';
import { pathOf, useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { PrepareFirst } from '../../parts/prepare-first';
import { useStickyHead } from '../../parts/printing';
import { useMay } from '../../session/use-session';
import { count, percent } from '../../words/format';

const EVERY_MS = 30_000;

interface Node extends ProgressRow {
  key: string;
  name: string;
  children?: Node[];
}

type Measure = 'verified' | 'confirmed' | 'booked' | 'paid' | 'shot';
const MEASURES: readonly (readonly [Measure, string])[] = [
  ['verified', '已认证'],
  ['confirmed', '已确认'],
  ['booked', '已预约'],
  ['paid', '已付款'],
  ['shot', '已拍'],
];

/** Who lags behind: colleges, their majors, their classes. */
export default function Progress() {
  const stickyHead = useStickyHead();
  const { id } = useCampaign();
  const columns = useColumns(id);
  const progress = useRead(
    'GET /api/console/campaigns/:id/progress',
    { params: { id } },
    { every: EVERY_MS },
  );
  return (
    <Page
      title="学院进度"
      about="每个学院、专业、班级走到了哪一步；点开看到专业和班级，点名字看名单"
      actions={
        <Button className="no-print" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          打印
        </Button>
      }
    >
      <Loaded query={progress} rows={10}>
        {({ rows, total }) => (
          <Card styles={{ body: { padding: 0 } }}>
            <Table
              className="number"
              size="small"
              columns={columns}
              dataSource={treeOf(rows)}
              pagination={false}
              sticky={stickyHead}
              locale={{
                emptyText: (
                  <PrepareFirst
                    until="导入学生名单之后，这里按学院显示进度"
                    step="roster"
                    action="去导入名单"
                  />
                ),
              }}
              summary={() =>
                rows.length > 0 && (
                  <Table.Summary.Row className="totals">
                    <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
                    <Table.Summary.Cell index={1} align="right" className="roomy">
                      {count(total.students)}
                    </Table.Summary.Cell>
                    {MEASURES.map(([measure], index) => (
                      <Table.Summary.Cell key={measure} index={index + 2}>
                        <Share part={total[measure]} whole={total.students} />
                      </Table.Summary.Cell>
                    ))}
                  </Table.Summary.Row>
                )
              }
            />
          </Card>
        )}
      </Loaded>
    </Page>
  );
}

function useColumns(campaignId: string): TableColumnsType<Node> {
  const may = useMay();
  const canList = may('POST /api/console/campaigns/:id/find-students');
  return [
    {
      title: '学院 / 专业 / 班级',
      width: '27%',
      render: (_, { name, college, major, className }) =>
        canList ? (
          <Link
            to={`${pathOf(campaignId, 'students')}?${new URLSearchParams({
              college,
              ...(major ? { major } : {}),
              ...(className ? { className } : {}),
            })}`}
          >
            {name}
          </Link>
        ) : (
          name
        ),
    },
    {
      title: '人数',
      dataIndex: 'students',
      className: 'roomy',
      width: 100,
      align: 'right',
      sorter: (a, b) => a.students - b.students,
    },
    ...MEASURES.map(([measure, title]) => ({
      title,
      sorter: (a: Node, b: Node) => a[measure] / a.students - b[measure] / b.students,
      render: (_: unknown, row: Node) => <Share part={row[measure]} whole={row.students} />,
    })),
  ];
}

function Share({ part, whole }: { part: number; whole: number }) {
  return (
    <span className="with-bar is-wide">
      <span>{count(part)}</span>
      <i className="bar" aria-hidden>
        <i style={{ inlineSize: `${percent(part, whole)}%` }} />
      </i>
      <span className="faint">{percent(part, whole)}%</span>
    </span>
  );
}

function treeOf(rows: readonly ProgressRow[]): Node[] {
  const inOrder = [...rows].sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'zh-CN'));
  const below = (college: string, major: string | null): Node[] =>
    inOrder.flatMap((row) => {
      if (row.college !== college) return [];
      if (major === null ? row.major === null || row.className !== null : row.major !== major) return [];
      if (major !== null && row.className === null) return [];
      const children = major === null && row.major !== null ? below(college, row.major) : [];
      const node: Node = {
        ...row,
        key: JSON.stringify([row.college, row.major, row.className]),
        name: nameOf(row),
      };
      return [children.length > 0 ? { ...node, children } : node];
    });
  return inOrder
    .filter(({ major }) => major === null)
    .map((row) => ({
      ...row,
      key: row.college,
      name: nameOf(row),
      children: below(row.college, null),
    }));
}

const nameOf = ({ college, major, className }: ProgressRow): string =>
  className ?? major ?? (college || '（未填学院）');
