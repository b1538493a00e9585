import { Card, Empty, Table, type TableColumnsType } from 'antd';
import { verdictWords } from '../../../../shared/domain/verdicts';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { stamp } from '../../words/format';

type Scan = AnswerOf<'GET /api/console/campaigns/:id/offline-scans'>['scans'][number];
const EVERY_MS = 10_000;

/** Scans kept without network that contradict another phone, or what the service knows. */
export function OfflineScans() {
  const { id } = useCampaign();
  const answer = useRead(
    'GET /api/console/campaigns/:id/offline-scans',
    { params: { id } },
    { every: EVERY_MS },
  );
  return (
    <Loaded query={answer}>
      {({ scans, more }) =>
        scans.length === 0 ? (
          <Empty description="没有要核对的离线记录。断网时记下的签到上传后，与别的手机或已有记录对不上的会列在这里。" />
        ) : (
          <Card title={`${scans.length}${more ? ' 条以上' : ' 条'}要核对`} styles={{ body: { padding: 0 } }}>
            <Table
              className="number"
              rowKey="id"
              columns={COLUMNS}
              dataSource={scans}
              pagination={{ pageSize: 50, hideOnSinglePage: true }}
            />
          </Card>
        )
      }
    </Loaded>
  );
}

function Situation({ outcome, reason, other, problem }: Scan) {
  if (outcome === 'conflict' && other) {
    return (
      <>
        <Pill tone="warn">两台手机</Pill> 另一条：{stamp(other.at)} {other.room} {other.device}
      </>
    );
  }
  if (problem) {
    return (
      <>
        <Pill tone="bad">没传上来</Pill> 系统没有收下，原记录还在手机上
        <div className="soft">请现场核对本人是否到场，到场的重新签到（{problem}）</div>
      </>
    );
  }
  return (
    <>
      <Pill tone="bad">没有算数</Pill> {verdictWords(reason).title}
    </>
  );
}

const COLUMNS: TableColumnsType<Scan> = [
  {
    title: '学生',
    render: (_, { person }) =>
      person ? (
        <>
          {person.name}
          <div className="soft">
            {person.studentNo} · {person.className}
          </div>
        </>
      ) : (
        '认不出'
      ),
  },
  { title: '离线记录', render: (_, { at, room, device }) => `${stamp(at)} ${room} ${device}` },
  {
    title: '情况',
    render: (_, scan) => <Situation {...scan} />,
  },
  {
    title: '以哪条为准',
    width: 130,
    render: (_, { outcome, counts }) => (outcome === 'conflict' ? (counts ? '这条（较早）' : '另一条') : '—'),
  },
];
