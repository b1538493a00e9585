import { Alert, Card, Statistic, Table } from 'antd';
import type {
  BookedStudent,
  RosterImportPreview,
  TimetableImportPreview,
} from '../../../../shared/contract/imports';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { ROSTER_FIELDS } from '../../../../shared/domain/roster-row';
import { count } from '../../words/format';

const PAGED = { pageSize: 10, hideOnSinglePage: true, showSizeChanger: false } as const;
const FLUSH = { body: { padding: 0 } } as const;

const figure = (title: string, value: number, colour?: string) => (
  <Statistic title={title} value={value} styles={colour ? { content: { color: `var(--${colour})` } } : {}} />
);

/** What a roster would change. */
export function RosterChanges({ preview }: { preview: RosterImportPreview }) {
  const { added, changed, removed, unchanged, booked, changes, removals, unmatched } = preview;
  return (
    <>
      <Card className="diff" styles={FLUSH}>
        {figure('新增', added, 'good')}
        {figure('有变化', changed, 'warn')}
        {figure('移出', removed, 'bad')}
        {figure('不变', unchanged)}
      </Card>
      {booked.count > 0 && <Booked of={booked} />}
      {changed > 0 && (
        <Card title={`有变化的学生${more(changes.length, changed)}`} styles={FLUSH}>
          <Table
            size="small"
            rowKey="studentNo"
            className="number"
            dataSource={changes}
            pagination={PAGED}
            columns={[
              { title: '学号', dataIndex: 'studentNo', width: 160 },
              { title: '姓名', dataIndex: 'name', width: 140 },
              { title: '变化', render: (_, change) => <Difference of={change} /> },
            ]}
          />
        </Card>
      )}
      {removed > 0 && (
        <Card title={`不在新名单里，将移出${more(removals.length, removed)}`} styles={FLUSH}>
          <Table
            size="small"
            rowKey="studentNo"
            className="number"
            dataSource={removals}
            pagination={PAGED}
            columns={[
              { title: '学号', dataIndex: 'studentNo', width: 160 },
              { title: '姓名', dataIndex: 'name', width: 140 },
              { title: '学院', dataIndex: 'college' },
            ]}
          />
        </Card>
      )}
      <Unmatched of={unmatched} />
    </>
  );
}

const more = (listed: number, all: number): string =>
  listed < all ? `（列出 ${listed} / ${count(all)}）` : '';

const LABELS = new Map<string, string>([
  ...ROSTER_FIELDS.map(({ field, label }): [string, string] => [field, label]),
  ['removed', '名单'],
]);

function Difference({ of: { before, after } }: { of: RosterImportPreview['changes'][number] }) {
  return (
    <>
      {Object.keys(after).map((field) => (
        <div key={field}>
          <span className="faint">{LABELS.get(field) ?? field}　</span>
          <del className="soft">{before[field] || '空'}</del> → <strong>{after[field] || '空'}</strong>
        </div>
      ))}
    </>
  );
}

const BECAUSE: Readonly<Record<BookedStudent['because'], string>> = {
  removed: '不在新名单里，但已有预约：会留在名单上。确实要移出，请先取消其预约',
  regrouped: '专业或培养类型变了：信息会更新，已约的时段不变',
  renamed: '姓名或证件号码变了：请确认还是同一个人，信息会更新，预约不变',
  shot: '已经拍摄：信息不会更新，请联系学籍部门',
};

function Booked({ of: { count: all, students } }: { of: RosterImportPreview['booked'] }) {
  return (
    <Card title={`${count(all)} 名已有预约的学生受影响，预约都会保留`} styles={FLUSH}>
      <Table
        size="small"
        rowKey={({ studentNo, because }) => `${studentNo} ${because}`}
        className="number"
        dataSource={students}
        pagination={PAGED}
        columns={[
          { title: '学号', dataIndex: 'studentNo', width: 160 },
          { title: '姓名', dataIndex: 'name', width: 140 },
          { title: '会怎样', render: (_, { because }) => BECAUSE[because] },
        ]}
      />
    </Card>
  );
}

function Unmatched({ of: { students, groups } }: { of: RosterImportPreview['unmatched'] }) {
  if (students === 0) return <Alert type="success" showIcon title="新增和有变化的学生都对应得到时段" />;
  return (
    <Card
      title={`${count(students)} 名学生没有对应的时段`}
      extra={<span className="soft">不影响写入，之后在“专业对应”里添加别名或指定时段</span>}
      styles={FLUSH}
    >
      <Table
        size="small"
        rowKey={({ major, training, reason }) => `${major} ${training} ${reason}`}
        dataSource={groups}
        pagination={PAGED}
        columns={[
          { title: '专业', dataIndex: 'major', width: 320 },
          { title: '层次', width: 140, render: (_, { training }) => TRAINING_LABELS[training] },
          { title: '人数', dataIndex: 'students', width: 100, align: 'right' },
          { title: '原因和办法', dataIndex: 'reason' },
        ]}
      />
    </Card>
  );
}

/** What a timetable would change. */
export function TimetableChanges({ preview }: { preview: TimetableImportPreview }) {
  const { added, removed, changed, unchanged } = preview.changes;
  return (
    <>
      {preview.isInUse && (
        <Alert
          type="warning"
          showIcon
          title="已有学生预约，不能再整体替换时间安排表"
          description="换掉整张表会让已经约好的学生失去名额。请到“采集时段”逐个调整，受影响的学生会收到通知。"
        />
      )}
      <Card className="diff" styles={FLUSH}>
        {figure('新增时段', added, 'good')}
        {figure('有变化', changed.length, 'warn')}
        {figure('去掉', removed, 'bad')}
        {figure('不变', unchanged)}
      </Card>
      {changed.length > 0 && (
        <Card title="有变化的时段" styles={FLUSH}>
          <Table
            size="small"
            rowKey={({ title, before, after }) => `${title} ${before} ${after}`}
            className="number"
            dataSource={changed}
            pagination={PAGED}
            columns={[
              { title: '专业', dataIndex: 'title', width: 280 },
              {
                title: '原来',
                dataIndex: 'before',
                render: (text: string) => <del className="soft">{text}</del>,
              },
              { title: '改为', dataIndex: 'after', render: (text: string) => <strong>{text}</strong> },
            ]}
          />
        </Card>
      )}
    </>
  );
}
