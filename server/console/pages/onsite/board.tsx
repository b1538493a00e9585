import { Card, Empty, Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useNow } from '../../demo/now';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { clock, count, dayName, percent } from '../../words/format';
import { momentOf, type Room, roomsOf } from './rooms';

type Session = AnswerOf<'GET /api/console/campaigns/:id/sessions'>['sessions'][number];

const EVERY_MS = 5_000;

export function Board() {
  const { id } = useCampaign();
  const sessions = useRead(
    'GET /api/console/campaigns/:id/sessions',
    { params: { id } },
    { every: EVERY_MS },
  );
  return (
    <Loaded query={sessions} rows={10}>
      {({ sessions: all }) =>
        all.length === 0 ? (
          <Empty description="导入时间安排表之后，这里按教室显示进度" />
        ) : (
          <Rooms sessions={all} />
        )
      }
    </Loaded>
  );
}

function Rooms({ sessions }: { sessions: readonly Session[] }) {
  const days = [...new Set(sessions.map(({ day }) => day))].sort();
  const [chosen, setChosen] = useState(days[0] ?? '');
  const rooms = roomsOf(sessions, chosen);
  const booked = rooms.reduce((sum, room) => sum + room.booked, 0);
  const arrived = rooms.reduce((sum, room) => sum + room.arrived, 0);
  const shot = rooms.reduce((sum, room) => sum + room.shot, 0);
  return (
    <div className="stack">
      <div className="row board-sum" aria-live="polite">
        {days.length > 1 ? (
          <Segmented
            value={chosen}
            onChange={setChosen}
            options={days.map((day) => ({ value: day, label: dayName(day) }))}
          />
        ) : (
          <strong>{dayName(chosen)}</strong>
        )}
        <span className="fill" />
        <Figure label="已预约" value={booked} />
        <Figure label="已签到" value={arrived} of={booked} />
        <Figure label="等候拍摄" value={Math.max(0, arrived - shot)} />
        <Figure label="已拍摄" value={shot} of={booked} />
      </div>
      <div className="board">
        {rooms.map((room) => (
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

function RoomCard({ room: { room, sessions, booked, arrived, shot } }: { room: Room<Session> }) {
  const now = useNow();
  const list = useRef<HTMLOListElement>(null);
  const current = sessions.find((session) => momentOf(session, now) !== 'over')?.id;
  // Only the list moves, never the page.
  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>(`[data-session="${current}"]`);
    if (line && list.current) list.current.scrollTop = Math.max(0, line.offsetTop - line.offsetHeight);
  }, [current]);
  return (
    <Card
      className="room"
      title={room}
      extra={
        <span className="soft number">
          签到 {count(arrived)} · 已拍 {count(shot)} / {count(booked)}
        </span>
      }
      styles={{ body: { padding: 0 } }}
    >
      <ol ref={list}>
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ol>
    </Card>
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
      <span className="room-title">{title}</span>
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
