import { SearchOutlined } from '@ant-design/icons';
import { Button, Card, Input, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { PrepareFirst } from '../../parts/prepare-first';
import { useStickyHead } from '../../parts/printing';
import { useMay } from '../../session/use-session';
import { clock, count, dayName, percent } from '../../words/format';
import { ChangeTimetable } from './change-timetable';
import { RaiseCapacity } from './raise-capacity';
import { TimetableChanges } from './timetable-changes';

type Session = AnswerOf<'GET /api/console/campaigns/:id/sessions'>['sessions'][number];

export function Sessions() {
  const { id } = useCampaign();
  const sessions = useRead('GET /api/console/campaigns/:id/sessions', { params: { id } }, { every: 15_000 });
  return (
    <Loaded query={sessions} rows={10}>
      {({ sessions: all }) =>
        all.length === 0 ? (
          <PrepareFirst until="还没有采集时段" step="timetable" action="粘贴时间安排表" />
        ) : (
          <>
            <TimetableChanges />
            <SessionsTable sessions={all} />
          </>
        )
      }
    </Loaded>
  );
}

const ALL_ROOMS = '全部教室';

function SessionsTable({ sessions }: { sessions: readonly Session[] }) {
  const stickyHead = useStickyHead();
  const [room, setRoom] = useState(ALL_ROOMS);
  const [words, setWords] = useState('');
  const [doing, setDoing] = useState<Doing | null>(null);
  const may = useMay();
  const columns = may('POST /api/console/campaigns/:id/timetable-changes')
    ? [...COLUMNS, actionColumn(setDoing)]
    : COLUMNS;
  const rooms = [...new Set(sessions.map((session) => session.room))].sort();
  const shown = sessions.filter(
    (session) =>
      (room === ALL_ROOMS || session.room === room) &&
      `${session.title}${session.remark}`.includes(words.trim()),
  );
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <div className="toolbar">
        <Segmented options={[ALL_ROOMS, ...rooms]} value={room} onChange={setRoom} />
        <Input
          allowClear
          className="search"
          aria-label="按专业查找"
          placeholder="按专业查找"
          prefix={<SearchOutlined aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <span className="fill" />
        <span className="soft number">
          {count(shown.length)} 个时段，计划 {count(sum(shown, 'headcount'))} 人
        </span>
      </div>
      <Table
        className="number"
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={shown}
        pagination={false}
        sticky={stickyHead}
        summary={() => <Totals sessions={shown} hasActions={columns.length > COLUMNS.length} />}
      />
      {doing?.what === 'move' && <ChangeTimetable session={doing.session} onClose={() => setDoing(null)} />}
      {doing?.what === 'raise' && <RaiseCapacity session={doing.session} onClose={() => setDoing(null)} />}
    </Card>
  );
}

function Totals({ sessions, hasActions }: { sessions: readonly Session[]; hasActions: boolean }) {
  return (
    <Table.Summary.Row className="totals">
      <Table.Summary.Cell index={0} colSpan={4}>
        合计
      </Table.Summary.Cell>
      <Table.Summary.Cell index={4} align="right">
        {count(sum(sessions, 'headcount'))}
      </Table.Summary.Cell>
      <Table.Summary.Cell index={5} align="right">
        {count(sum(sessions, 'capacity'))}
      </Table.Summary.Cell>
      <Table.Summary.Cell index={6}>{count(sum(sessions, 'booked'))}</Table.Summary.Cell>
      <Table.Summary.Cell index={7} align="right">
        {count(sum(sessions, 'arrived'))}
      </Table.Summary.Cell>
      <Table.Summary.Cell index={8} align="right">
        {count(sum(sessions, 'shot'))}
      </Table.Summary.Cell>
      {hasActions && <Table.Summary.Cell index={9} />}
    </Table.Summary.Row>
  );
}

const sum = (
  sessions: readonly Session[],
  of: 'headcount' | 'capacity' | 'booked' | 'arrived' | 'shot',
): number => sessions.reduce((total, session) => total + session[of], 0);

interface Doing {
  what: 'move' | 'raise';
  session: Session;
}

const actionColumn = (act: (doing: Doing) => void): TableColumnsType<Session>[number] => ({
  title: '',
  width: 124,
  align: 'right',
  render: (_, session) => (
    <span className="row tight end">
      <Button
        type="link"
        size="small"
        className="as-text"
        aria-label={`调整 ${session.title} 的时间或教室`}
        onClick={() => act({ what: 'move', session })}
      >
        调整
      </Button>
      <Button
        type="link"
        size="small"
        className="as-text"
        aria-label={`给 ${session.title} 加名额`}
        onClick={() => act({ what: 'raise', session })}
      >
        加名额
      </Button>
    </span>
  ),
});

const COLUMNS: TableColumnsType<Session> = [
  { title: '日期', dataIndex: 'day', width: 122, render: dayName },
  {
    title: '时间',
    width: 116,
    render: (_, { startsAt, endsAt }) => `${clock(startsAt)}–${clock(endsAt)}`,
    sorter: (a, b) => a.startsAt.localeCompare(b.startsAt),
  },
  { title: '教室', dataIndex: 'room', width: 80 },
  {
    title: '专业',
    render: (_, { title, remark }) => (
      <>
        {title} <span className="faint">{remark}</span>
      </>
    ),
  },
  {
    title: '计划',
    dataIndex: 'headcount',
    align: 'right',
    width: 78,
    sorter: (a, b) => a.headcount - b.headcount,
  },
  { title: '名额', dataIndex: 'capacity', align: 'right', width: 62 },
  {
    title: '已预约',
    width: 136,
    sorter: (a, b) => a.booked / a.capacity - b.booked / b.capacity,
    render: (_, { booked, capacity }) => (
      <span className="with-bar">
        <span>{booked}</span>
        <i className="bar" aria-hidden>
          <i style={{ inlineSize: `${percent(booked, capacity)}%` }} />
        </i>
        <span className="faint">{percent(booked, capacity)}%</span>
      </span>
    ),
  },
  { title: '签到', dataIndex: 'arrived', align: 'right', width: 60 },
  { title: '已拍', dataIndex: 'shot', align: 'right', width: 60 },
];
