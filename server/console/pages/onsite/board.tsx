import { Card, Empty, Segmented, Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { LiveBoard } from '../../../../shared/contract/onsite';
import { shanghaiDay } from '../../../../shared/domain/time';
import { useRead } from '../../api/hooks';
import { useNow } from '../../demo/now';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { Pill, type Tone } from '../../parts/pill';
import { PrepareFirst } from '../../parts/prepare-first';
import { clock, count, dayName, percent } from '../../words/format';
import { behindOf, momentOf, totalOf } from './rooms';
import { type Feed, useLiveBoard } from './use-live-board';

type Room = LiveBoard['rooms'][number];
type Session = Room['sessions'][number];

/** Today's board comes by itself; other days are looked up. */
export function Board() {
  const campaign = useCampaign();
  const today = shanghaiDay(useNow());
  const days = campaign.collectionDays.map(({ day }) => day).sort();
  const [first = today] = days;
  const [chosen, setChosen] = useState(days.includes(today) ? today : first);
  const { board, feed } = useLiveBoard(campaign.id);
  if (campaign.counts.sessions === 0)
    return (
      <PrepareFirst
        until="导入时间安排表之后，这里按教室显示进度"
        step="timetable"
        action="去导入时间安排表"
      />
    );
  const choice = days.length > 1 && (
    <Segmented
      value={chosen}
      onChange={setChosen}
      options={days.map((day) => ({ value: day, label: dayName(day) }))}
    />
  );
  if (chosen === today) {
    if (!board) return <Skeleton active paragraph={{ rows: 10 }} />;
    return <Day board={board} choice={choice} feed={feed} />;
  }
  return <OtherDay day={chosen} choice={choice} />;
}

function OtherDay({ day, choice }: { day: string; choice: React.ReactNode }) {
  const { id } = useCampaign();
  const board = useRead(
    'GET /api/console/campaigns/:id/board',
    { params: { id }, query: { day } },
    { every: 15_000 },
  );
  return (
    <Loaded query={board} rows={10}>
      {(found) => <Day board={found} choice={choice} feed={null} />}
    </Loaded>
  );
}

const FEEDS: Readonly<Record<Feed, { tone: Tone; text: string }>> = {
  connecting: { tone: 'calm', text: '连接中' },
  live: { tone: 'good', text: '实时' },
  lost: { tone: 'bad', text: '断线，正在重连' },
};

function Day({ board, choice, feed }: { board: LiveBoard; choice: React.ReactNode; feed: Feed | null }) {
  const sessions = board.rooms.flatMap((room) => room.sessions);
  const booked = totalOf(sessions, 'booked');
  const arrived = totalOf(sessions, 'arrived');
  const shot = totalOf(sessions, 'shot');
  const due = board.rooms.reduce((sum, { dueByNow }) => sum + dueByNow, 0);
  return (
    <div className="stack">
      <div className="row board-sum">
        {choice || <strong>{dayName(board.day)}</strong>}
        {feed && <Pill tone={FEEDS[feed].tone}>{FEEDS[feed].text}</Pill>}
        <span className="fill" />
        <Figure label="已预约" value={booked} />
        <Figure label="已签到" value={arrived} of={booked} />
        <Figure label="等候拍摄" value={Math.max(0, arrived - shot)} />
        <Figure label="已拍摄" value={shot} of={booked} />
        <Figure label="按计划应拍" value={due} />
      </div>
      {board.rooms.length === 0 && <Empty description="这一天没有采集时段" />}
      <div className="board">
        {board.rooms.map((room) => (
          <RoomCard key={room.room} room={room} />
        ))}
      </div>
    </div>
  );
}

function Figure({ label, value, of }: { label: string; value: number; of?: number }) {
  return (
    <span className="figure number">
      <span className="soft">{label}</span>
      <strong>{count(value)}</strong>
      {of !== undefined && <span className="faint">{percent(value, of)}%</span>}
    </span>
  );
}

function RoomCard({ room }: { room: Room }) {
  const now = useNow();
  const list = useRef<HTMLOListElement>(null);
  const { sessions } = room;
  const current = sessions.find((session) => momentOf(session, now) !== 'over')?.id;
  // Only the list moves, never the page.
  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>(`[data-session="${current}"]`);
    const above = line?.previousElementSibling;
    if (list.current) list.current.scrollTop = above instanceof HTMLElement ? above.offsetTop : 0;
  }, [current]);
  return (
    <Card
      className="room"
      title={room.room}
      extra={
        <span className="soft number">
          签到 {count(totalOf(sessions, 'arrived'))} · 已拍 {count(totalOf(sessions, 'shot'))} /{' '}
          {count(totalOf(sessions, 'booked'))}
        </span>
      }
      styles={{ body: { padding: 0 } }}
    >
      <Pace room={room} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <ol ref={list} tabIndex={0} aria-label={`${room.room} 的时段`}>
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ol>
    </Card>
  );
}

/** Fast enough? And when will it be over? */
function Pace({ room }: { room: Room }) {
  const now = useNow();
  const { secondsAShot, endsAt, plannedEndsAt, dueByNow } = room;
  if (dueByNow === 0 && secondsAShot === null) {
    return <p className="pace faint number">计划 {clock(plannedEndsAt)} 结束</p>;
  }
  const behind = behindOf(room);
  const minutesLate = endsAt ? Math.round((Date.parse(endsAt) - Date.parse(plannedEndsAt)) / 60_000) : 0;
  return (
    <p className="pace number">
      {behind > 0 ? (
        <Pill tone="warn">{`比计划少拍 ${behind} 人`}</Pill>
      ) : (
        <Pill tone="good">跟得上计划</Pill>
      )}
      <span className="soft">
        {secondsAShot === null ? '近一刻钟几乎没有拍' : `近一刻钟 ${secondsAShot} 秒一人`}
      </span>
      {endsAt && Date.parse(endsAt) > now.getTime() && (
        <span className={minutesLate > 0 ? 'warn' : 'soft'}>
          预计 {clock(endsAt)} 拍完{minutesLate > 0 && `，比计划晚 ${minutesLate} 分钟`}
        </span>
      )}
    </p>
  );
}

function SessionLine({ session }: { session: Session }) {
  const moment = momentOf(session, useNow());
  const { startsAt, endsAt, title, booked, arrived, shot } = session;
  return (
    <li
      data-session={session.id}
      className={`is-${moment}`}
      aria-current={moment === 'now' ? 'time' : undefined}
    >
      <span className="number">
        {clock(startsAt)}–{clock(endsAt)}
      </span>
      <span className="room-title" title={title}>
        {title}
      </span>
      <span className="number room-count">
        <span className="visually-hidden">签到</span>
        {arrived}
        <span className="faint"> / {booked}</span>
      </span>
      <i className="bar is-two" aria-hidden>
        <i className="is-arrived" style={{ inlineSize: `${percent(arrived, booked)}%` }} />
        <i className="is-shot" style={{ inlineSize: `${percent(shot, booked)}%` }} />
      </i>
      <span className="number faint">已拍 {shot}</span>
    </li>
  );
}
