import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Statistic, Table, type TableColumnsType } from 'antd';
import type { RowProblem } from '../../../../shared/contract/campaigns';
import type { AnswerOf } from '../../api/send';
import { groupBy } from '../../parts/group-by';
import { saveCsv } from '../../parts/save-csv';
import { errorsIn, SeverityIcon, tally } from '../../parts/severity';
import { count } from '../../words/format';

type Preview = AnswerOf<'POST /api/console/campaigns/:id/roster/preview'>;

/** What writing the roster would change. */
export function RosterPreviewView({
  preview,
  isStale,
  isWriting,
  onWrite,
}: {
  preview: Preview;
  isStale: boolean;
  isWriting: boolean;
  onWrite: (removed: number) => void;
}) {
  const { added, changed, removed, unchanged, students, problems } = preview;
  const errors = errorsIn(problems);
  const canWrite = errors === 0 && students > 0 && !isStale;
  return (
    <>
      <Card className="diff" styles={{ body: { padding: 0 } }}>
        <Statistic title="新增" value={added} styles={{ content: { color: 'var(--good)' } }} />
        <Statistic title="有变化" value={changed} styles={{ content: { color: 'var(--warn)' } }} />
        <Statistic title="不在新名单" value={removed} styles={{ content: { color: 'var(--bad)' } }} />
        <Statistic title="不变" value={unchanged} />
        <div className="diff-go">
          <Button
            type="primary"
            size="large"
            disabled={!canWrite}
            loading={isWriting}
            onClick={() => onWrite(removed)}
          >
            写入 {count(students)} 名学生
          </Button>
          {isStale && <span className="warn">内容改过了，请再检查一次</span>}
        </div>
      </Card>
      {errors > 0 && <Alert type="error" showIcon title={`有 ${errors} 处错误，改好之前不能写入`} />}
      {problems.length > 0 && <Problems problems={problems} />}
      <Unmatched of={preview.unmatched} />
    </>
  );
}

function Problems({ problems }: { problems: readonly RowProblem[] }) {
  const save = () =>
    saveCsv(
      '名单问题.csv',
      ['行', '列', '问题', '原文'],
      problems.map(({ line, column, message, text }) => [
        String(line),
        COLUMN_NAMES[column] ?? column,
        message,
        text,
      ]),
    );
  return (
    <Card
      title={`需要核对：${tally(problems)}`}
      extra={
        <Button icon={<DownloadOutlined aria-hidden />} onClick={save}>
          下载问题清单
        </Button>
      }
      styles={{ body: { padding: 0 } }}
    >
      <Table
        size="small"
        rowKey={({ line, column, code }) => `${line} ${column} ${code}`}
        columns={PROBLEM_COLUMNS}
        dataSource={[...problems]}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </Card>
  );
}

/** Students by major who have no session: the office decides where they go. */
function Unmatched({ of }: { of: Preview['unmatched'] }) {
  if (of.length === 0) return <Alert type="success" showIcon title="每名学生都对应到了自己的时段" />;
  const groups = [...groupBy(of, ({ major, reason }) => `${major}\n${reason}`)].map(([key, students]) => {
    const [major = '', reason = ''] = key.split('\n');
    return { key, major, reason, students: students.length };
  });
  return (
    <Card title={`${of.length} 名学生没有对应的时段`} styles={{ body: { padding: 0 } }}>
      <Table
        size="small"
        rowKey="key"
        dataSource={groups.sort((a, b) => b.students - a.students)}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: '专业', dataIndex: 'major', width: 320 },
          { title: '人数', dataIndex: 'students', width: 100, align: 'right' },
          { title: '原因和办法', dataIndex: 'reason' },
        ]}
      />
    </Card>
  );
}

const COLUMN_NAMES: Readonly<Record<string, string>> = {
  name: '姓名',
  studentNo: '学号',
  documentType: '证件类型',
  documentNumber: '证件号码',
  sex: '性别',
  college: '学院',
  major: '专业',
  direction: '方向',
  className: '班级',
  training: '层次',
  graduationType: '毕业类型',
};

const PROBLEM_COLUMNS: TableColumnsType<RowProblem> = [
  {
    title: '',
    width: 44,
    align: 'center',
    render: (_, { severity }) => <SeverityIcon severity={severity} />,
  },
  { title: '行', dataIndex: 'line', width: 80, align: 'right' },
  {
    title: '列',
    dataIndex: 'column',
    width: 110,
    render: (column: string) => COLUMN_NAMES[column] ?? column,
  },
  { title: '原文', dataIndex: 'text', width: 240, ellipsis: true },
  { title: '问题', dataIndex: 'message' },
];
