import { Bookings } from './model';

export interface SessionCounts {
  booked: number;
  arrived: number;
  shot: number;
}

/** Places taken, arrivals and shots by session id ("" for none). @param sessionIds all sessions unless given */
export async function countBySession(
  campaignId: string,
  sessionIds?: readonly string[],
): Promise<Map<string, SessionCounts>> {
  const rows = await Bookings.aggregate<{
    _id: { session: string | null; attendance: string };
    count: number;
  }>([
    {
      $match: {
        campaignId,
        active: true,
        ...(sessionIds ? { sessionId: { $in: [...sessionIds] } } : {}),
      },
    },
    { $group: { _id: { session: '$sessionId', attendance: '$attendance' }, count: { $sum: 1 } } },
  ]);
  const counts = new Map<string, SessionCounts>();
  for (const { _id, count } of rows) {
    const session = _id.session ?? '';
    const known = counts.get(session) ?? { booked: 0, arrived: 0, shot: 0 };
    counts.set(session, {
      booked: known.booked + count,
      arrived: known.arrived + (_id.attendance === 'expected' ? 0 : count),
      shot: known.shot + (_id.attendance === 'shot' ? count : 0),
    });
  }
  return counts;
}

export const isAnyBooked = async (campaignId: string): Promise<boolean> =>
  (await Bookings.exists({ campaignId, active: true })) !== null;

export const countPaid = (campaignId: string): Promise<number> =>
  Bookings.countDocuments({ campaignId, active: true, payment: 'paid' });
