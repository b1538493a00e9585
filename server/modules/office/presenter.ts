import type { StudentRow } from '../../../shared/contract/office';
import { shanghaiStamp } from '../../../shared/domain/time';
import type { UserActor } from '../../http/actor';
import { allSessionsOf } from '../campaigns/find-session';
import type { CollectionSession } from '../campaigns/session-model';
import { nameFor } from '../roster/name-for';
import { sessionOf } from './list-students';
import type { Standing } from './standings';

type Sessions = ReadonlyMap<string, CollectionSession>;

export const sessionsById = async (campaignId: string): Promise<Sessions> =>
  new Map((await allSessionsOf(campaignId)).map((session) => [session._id, session]));

/** What sessions sort by: as the day goes. */
export const ordersOf = (sessions: Sessions): ReadonlyMap<string, string> =>
  new Map([...sessions].map(([id, { startsAt, room }]) => [id, `${shanghaiStamp(startsAt)} ${room}`]));

/** Where and when a session is; null for none. */
export const presentPlaceOf = (session: CollectionSession | undefined): StudentRow['session'] =>
  session
    ? {
        id: session._id,
        room: session.room,
        day: session.day,
        startsAt: session.startsAt.toISOString(),
        endsAt: session.endsAt.toISOString(),
      }
    : null;

export function presentRow(
  reader: Pick<UserActor, 'role'>,
  standing: Standing,
  sessions: Sessions,
): StudentRow {
  const { student, booking, keys } = standing;
  const session = sessions.get(sessionOf(standing) ?? '');
  return {
    id: student._id,
    studentNo: student.studentNo,
    name: nameFor(reader, student.name),
    college: student.college,
    major: student.major,
    className: student.className,
    training: student.training,
    verification: student.binding?.level ?? 'none',
    confirmed: student.confirmedAt !== null,
    session: presentPlaceOf(session),
    booking: booking && {
      id: booking._id,
      place: booking.place,
      payment: booking.payment,
      attendance: booking.attendance,
    },
    standings: [...keys],
  };
}
