import type { LiveBoard } from '../../../shared/contract/onsite';
import { paceOf } from '../../../shared/domain/pace';
import { recentShots } from '../bookings/attendance-lists';
import { countBySession } from '../bookings/counts';
import { allSessionsOf } from '../campaigns/find-session';
import type { CollectionSession } from '../campaigns/session-model';

/** A day room by room: who came, how fast it goes, and when each room will be done. */
export async function liveBoard(campaignId: string, day: string, now: Date): Promise<LiveBoard> {
  const [sessions, counts, shots] = await Promise.all([
    allSessionsOf(campaignId),
    countBySession(campaignId),
    recentShots(campaignId, day, now),
  ]);
  const rooms = new Map<string, CollectionSession[]>();
  for (const session of sessions) {
    if (session.day === day) rooms.set(session.room, [...(rooms.get(session.room) ?? []), session]);
  }
  return {
    day,
    rooms: [...rooms]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([room, inRoom]) => {
        const counted = inRoom.map((session) => ({
          session,
          ...(counts.get(session._id) ?? { booked: 0, arrived: 0, shot: 0 }),
        }));
        const paced = counted.map(({ session, booked, arrived, shot }) => ({
          startsAt: session.startsAt.getTime(),
          endsAt: session.endsAt.getTime(),
          booked,
          arrived,
          shot,
        }));
        const inThisRoom = shots.filter((shot) => shot.room === room).map(({ at }) => at.getTime());
        const pace = paceOf(paced, inThisRoom, now.getTime());
        return {
          room,
          dueByNow: pace.dueByNow,
          secondsAShot: pace.secondsAShot,
          endsAt: toMinute(pace.endsAt),
          plannedEndsAt: new Date(Math.max(...paced.map(({ endsAt }) => endsAt))).toISOString(),
          sessions: counted.map(({ session, booked, arrived, shot }) => ({
            id: session._id,
            title: session.title,
            startsAt: session.startsAt.toISOString(),
            endsAt: session.endsAt.toISOString(),
            booked,
            arrived,
            shot,
          })),
        };
      }),
  };
}

/** A forecast to the second would only make the board restless. */
const toMinute = (at: number | null): string | null =>
  at === null ? null : new Date(Math.ceil(at / 60_000) * 60_000).toISOString();
