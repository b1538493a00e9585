import type { z } from 'zod';
import type { BoardRow } from '../../../shared/contract/onsite';
import { countBySession } from '../bookings/counts';
import { allSessionsOf } from '../campaigns/find-session';

/** Expected, arrived and shot by session of a day; walk-ins count in their own group's session. */
export async function board(campaignId: string, day: string): Promise<z.infer<typeof BoardRow>[]> {
  const [sessions, counts] = await Promise.all([allSessionsOf(campaignId), countBySession(campaignId)]);
  return sessions
    .filter((session) => session.day === day)
    .map((session) => {
      const { booked, arrived, shot } = counts.get(session._id) ?? { booked: 0, arrived: 0, shot: 0 };
      return {
        sessionId: session._id,
        title: session.title,
        room: session.room,
        day,
        startsAt: session.startsAt.toISOString(),
        endsAt: session.endsAt.toISOString(),
        expected: booked,
        arrived,
        shot,
      };
    });
}
