import { Card, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { MakeUpSlotView } from '../../../../shared/contract/make-up';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { Pill, type Tone } from '../../parts/pill';
import { clock, count, dayName } from '../../words/format';
import { SlotDay } from './slot-day';

type Days = AnswerOf<'GET /api/console/campaigns/:id/make-up-slots'>['days'];
type Stage = AnswerOf<'GET /api/console/campaigns/:id/make-up-slots'>['stage'];

const EVERY_MS = 15_000;
const STAGES: Readonly<Record<Stage, { tone: Tone; name: string }>> = {
  information: { tone: 'calm', name: '不用预约' },
  not_yet: { tone: 'calm', name: '采集结束后开放预约' },
  open: { tone: 'good', name: '预约开放中' },
  over: { tone: 'warn', name: '已截止' },
};

/** The bookable days as a table: a row a day, a column a time, and how full each is. */
export function Slots() {
  const { id } = useCampaign();
  const [chosen, choose] = useState<string | null>(null);
  const answer = useRead(
    'GET /api/console/campaigns/:id/make-up-slots',
    { params: { id } },
    { every: EVERY_MS },
  );
  return (
    <Loaded query={answer}>
      {({ stage, days }) => {
        const booked = days.flatMap(({ slots }) => slots).reduce((sum, slot) => sum + slot.booked, 0);
        const day = days.find((each) => each.day === chosen);
        return (
          <Card
            styles={{ body: { padding: 0 } }}
            title={
              <span className="row tight">
                补拍预约
                <Pill tone={STAGES[stage].tone}>{STAGES[stage].name}</Pill>
              </span>
            }
            extra={<span className="soft number">近四周已约 {count(booked)} 人，点一天看名单、调名额</span>}
          >
            <Grid days={days} onChoose={choose} />
            {day && <SlotDay day={day.day} slots={day.slots} onClose={() => choose(null)} />}
          </Card>
        );
      }}
    </Loaded>
  );
}

function Grid({ days, onChoose }: { days: Days; onChoose: (day: string) => void }) {
  const times = [
    ...new Set(days.flatMap(({ slots }) => slots.map(({ startsAt }) => clock(startsAt)))),
  ].sort();
  const columns: TableColumnsType<Days[number]> = [
    {
      title: '日期',
      width: 130,
      fixed: 'left',
      render: (_, { day }) => (
        <button type="button" className="as-link" onClick={() => onChoose(day)}>
          {dayName(day)}
        </button>
      ),
    },
    ...times.map((time) => ({
      title: time,
      key: time,
      align: 'center' as const,
      render: (_: unknown, { slots }: Days[number]) => (
        <Cell slot={slots.find(({ startsAt }) => clock(startsAt) === time)} />
      ),
    })),
    {
      title: '已约',
      width: 90,
      align: 'right',
      render: (_, { slots }) => count(slots.reduce((sum, slot) => sum + slot.booked, 0)),
    },
  ];
  return (
    <Table
      className="number slots"
      size="small"
      rowKey="day"
      columns={columns}
      dataSource={[...days]}
      pagination={false}
      scroll={{ x: 'max-content', y: 420 }}
      onRow={({ day }) => ({ onClick: () => onChoose(day) })}
      locale={{ emptyText: <Empty description="近四周没有开放日" /> }}
    />
  );
}

/** "3/10", darker the fuller; what is stopped or no longer offered says so. */
function Cell({ slot }: { slot: MakeUpSlotView | undefined }) {
  if (!slot) return <span className="faint">–</span>;
  const { booked, capacity, isStopped, isOffered } = slot;
  const state =
    !isOffered || isStopped ? 'is-stopped' : booked >= capacity ? 'is-full' : booked > 0 ? 'is-some' : '';
  const why = isStopped ? '已停约' : isOffered ? undefined : '已不在开放时间内';
  return (
    <span className={`slot ${state}`} title={why}>
      {booked}/{capacity}
      {why && <span className="visually-hidden">{why}</span>}
    </span>
  );
}
