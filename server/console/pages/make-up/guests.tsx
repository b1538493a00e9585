import { Empty, Table, type TableColumnsType } from 'antd';
import type { MakeUpGuest } from '../../../../shared/contract/make-up';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { clock, count } from '../../words/format';

const EVERY_MS = 15_000;
const MOST = 500;

/** Who comes on a make-up day, in the order of the day. */
export function Guests({ day }: { day: string }) {
  const { id } = useCampaign();
  const answer = useRead(
    'GET /api/console/campaigns/:id/make-up-guests',
    { params: { id }, query: { day, limit: MOST } },
    { every: EVERY_MS },
  );
  return (
    <Loaded query={answer}>
      {({ guests, total }) => (
        <Table
          className="number guests"
          size="small"
          rowKey="studentId"
          title={() => <strong>这一天约了 {count(total)} 人</strong>}
          columns={COLUMNS}
          dataSource={[...guests]}
          pagination={false}
          locale={{ emptyText: <Empty description="还没有人约这一天" /> }}
        />
      )}
    </Loaded>
  );
}

const COLUMNS: TableColumnsType<MakeUpGuest> = [
  { title: '时间', width: 80, render: (_, { startsAt }) => clock(startsAt) },
  { title: '学号', width: 130, dataIndex: 'studentNo' },
  { title: '姓名', width: 110, render: (_, { name }) => <strong>{name}</strong> },
  {
    title: '学院 · 班级',
    render: (_, { college, className }) => [college, className].filter((part) => part !== '').join(' · '),
  },
  {
    title: '',
    width: 90,
    render: (_, { isHeld, attendance, payment }) => {
      if (isHeld) return <Pill tone="calm">占位中</Pill>;
      if (attendance === 'shot') return <Pill tone="good">已拍</Pill>;
      if (attendance === 'arrived') return <Pill tone="brand">已签到</Pill>;
      return payment === 'owed' ? <Pill tone="warn">待缴</Pill> : <Pill tone="good">已约</Pill>;
    },
  },
];
