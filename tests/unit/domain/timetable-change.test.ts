import { atShanghai, shanghaiTime } from '../../../shared/domain/time';
import {
  collectionDaysAfter,
  type PlacedSession,
  placedAnew,
  planMove,
  type TimetableMove,
} from '../../../shared/domain/timetable-change';
import { findConflicts } from '../../../shared/domain/timetable-conflicts';

const DAY = '2022-11-19';
const NEXT = '2022-11-20';
const HOURS = [
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '16:30' },
];
const days = [{ day: DAY, hours: HOURS }];

const session = (_id: string, room: string, from: string, to: string, headcount = 10): PlacedSession => ({
  _id,
  title: _id,
  headcount,
  building: '逸夫楼',
  room,
  day: DAY,
  startsAt: atShanghai(DAY, from),
  endsAt: atShanghai(DAY, to),
});

const SESSIONS = [
  session('early', 'C区202', '08:30', '09:00'),
  session('middle', 'C区202', '09:00', '09:30'),
  session('late', 'C区202', '13:00', '13:30'),
  session('beside', 'C区203', '09:00', '09:40'),
];

const before = atShanghai('2022-11-18', '12:00');

/** "middle C区204 09:10–09:40" */
const planned = (move: TimetableMove, now = before) =>
  planMove(move, SESSIONS, now).map(
    ({ session: { _id }, to }) =>
      `${_id} ${to.room} ${to.day === DAY ? '' : `${to.day} `}${shanghaiTime(to.startsAt)}–${shanghaiTime(to.endsAt)}`,
  );

const conflicts = (move: TimetableMove, { now = before, arrived = new Map<string, number>() } = {}) => {
  const moved = planMove(move, SESSIONS, now);
  const after = placedAnew(
    SESSIONS,
    moved.map((one) => ({ sessionId: one.session._id, to: one.to })),
  );
  const collectionDays = collectionDaysAfter(move, days, { sessions: SESSIONS, moved });
  const rooms = ['C区202', 'C区203'];
  return findConflicts({ moved, after, collectionDays, rooms, arrived, now }).map(
    ({ code, severity }) => `${severity} ${code}`,
  );
};

describe('which sessions a move takes where', () => {
  it.each<[string, TimetableMove, string[]]>([
    [
      'a session to another start keeps its length',
      { scope: 'session', sessionId: 'middle', to: { startsAt: '15:00' } },
      ['middle C区202 15:00–15:30'],
    ],
    [
      'a session to another room keeps its time',
      { scope: 'session', sessionId: 'middle', to: { room: 'C区204' } },
      ['middle C区204 09:00–09:30'],
    ],
    [
      'a room with all its sessions',
      { scope: 'room', day: DAY, room: 'C区202', to: { room: 'C区204' } },
      ['early C区204 08:30–09:00', 'middle C区204 09:00–09:30', 'late C区204 13:00–13:30'],
    ],
    [
      'a room from a time on',
      { scope: 'room', day: DAY, room: 'C区202', from: '09:00', to: { shiftMinutes: 10 } },
      ['middle C区202 09:10–09:40', 'late C区202 13:10–13:40'],
    ],
    [
      'the whole day to another one',
      { scope: 'day', day: DAY, to: { day: NEXT, shiftMinutes: 30 } },
      [
        'early C区202 2022-11-20 09:00–09:30',
        'middle C区202 2022-11-20 09:30–10:00',
        'late C区202 2022-11-20 13:30–14:00',
        'beside C区203 2022-11-20 09:30–10:10',
      ],
    ],
    ['nowhere, which is no move', { scope: 'session', sessionId: 'middle', to: { startsAt: '09:00' } }, []],
    ['another day than theirs', { scope: 'day', day: NEXT, to: { shiftMinutes: 10 } }, []],
  ])('%s', (_, move, expected) => expect(planned(move)).toEqual(expected));

  it('leaves what is over, unless a time is named', () => {
    const now = atShanghai(DAY, '09:00');
    const room = { scope: 'room', day: DAY, room: 'C区202', to: { shiftMinutes: 60 } } as const;
    expect(planned(room, now)).toEqual(['middle C区202 10:00–10:30', 'late C区202 14:00–14:30']);
    expect(planned({ ...room, from: '08:30' }, now)).toHaveLength(3);
  });
});

describe('the collection days after a move', () => {
  const daysAfter = (move: TimetableMove, now = before) =>
    collectionDaysAfter(move, days, { sessions: SESSIONS, moved: planMove(move, SESSIONS, now) });

  it('give their hours to the new day when nothing stays', () => {
    expect(daysAfter({ scope: 'day', day: DAY, to: { day: NEXT } })).toEqual([{ day: NEXT, hours: HOURS }]);
  });

  it('stay when something stays, and the new day is added', () => {
    const now = atShanghai(DAY, '10:00');
    expect(daysAfter({ scope: 'day', day: DAY, to: { day: NEXT } }, now)).toEqual([
      { day: DAY, hours: HOURS },
      { day: NEXT, hours: HOURS },
    ]);
  });

  it('shift with a day that shifts as a whole, and reach further with a day that shifts in part', () => {
    expect(daysAfter({ scope: 'day', day: DAY, to: { shiftMinutes: 90 } })).toEqual([
      {
        day: DAY,
        hours: [
          { from: '10:00', to: '13:30' },
          { from: '14:30', to: '18:00' },
        ],
      },
    ]);
    expect(
      daysAfter({ scope: 'day', day: DAY, from: '13:00', to: { shiftMinutes: 240 } })[0]?.hours.at(-1),
    ).toEqual({
      from: '13:00',
      to: '17:30',
    });
  });

  it('are not changed by moving a session or a room', () => {
    expect(daysAfter({ scope: 'room', day: DAY, room: 'C区202', to: { shiftMinutes: 300 } })).toEqual(days);
  });
});

describe('what speaks against a move', () => {
  it.each<[string, TimetableMove, string[]]>([
    ['nothing', { scope: 'session', sessionId: 'middle', to: { startsAt: '14:00' } }, []],
    ['an overlap', { scope: 'session', sessionId: 'middle', to: { room: 'C区203' } }, ['asks overlap']],
    [
      'a room that nobody knows',
      { scope: 'session', sessionId: 'middle', to: { room: 'C区301' } },
      ['asks room_unknown'],
    ],
    ['lunch', { scope: 'session', sessionId: 'middle', to: { startsAt: '11:50' } }, ['asks outside_hours']],
    [
      'another day',
      { scope: 'session', sessionId: 'middle', to: { day: NEXT } },
      ['blocks day_not_announced'],
    ],
    [
      'half a minute for ten students',
      { scope: 'session', sessionId: 'middle', to: { startsAt: '10:00', endsAt: '10:01' } },
      ['asks too_tight'],
    ],
    [
      'an end before the beginning',
      { scope: 'session', sessionId: 'middle', to: { endsAt: '08:00' } },
      ['blocks time_order'],
    ],
    [
      'midnight',
      { scope: 'session', sessionId: 'late', to: { startsAt: '23:45' } },
      ['blocks crosses_midnight'],
    ],
    ['neighbours that stay neighbours', { scope: 'day', day: DAY, to: { shiftMinutes: 15 } }, []],
  ])('%s', (_, move, expected) => expect(conflicts(move)).toEqual(expected));

  it('is the past', () => {
    const move: TimetableMove = { scope: 'session', sessionId: 'late', to: { startsAt: '09:30' } };
    expect(conflicts(move, { now: atShanghai(DAY, '10:00') })).toEqual(['blocks already_over']);
  });

  it('is not that some have arrived, but the office is told', () => {
    const move: TimetableMove = { scope: 'session', sessionId: 'middle', to: { startsAt: '14:00' } };
    expect(conflicts(move, { arrived: new Map([['middle', 3]]) })).toEqual(['tells already_arrived']);
  });
});
