import { type Booking, Bookings } from './model';

export interface ToldCounts {
  told: number;
  acknowledged: number;
  cancelled: number;
}

/** How far the news of timetable changes has come, by change. A booking counts for the last change it was told of. */
export async function countTold(campaignId: string): Promise<Map<string, ToldCounts>> {
  const rows = await Bookings.aggregate<{
    _id: { change: string; acknowledged: boolean; active: boolean };
    count: number;
  }>([
    { $match: { campaignId, 'moved.changeId': { $exists: true } } },
    {
      $group: {
        _id: {
          change: '$moved.changeId',
          acknowledged: { $ne: ['$moved.acknowledgedAt', null] },
          active: '$active',
        },
        count: { $sum: 1 },
      },
    },
  ]);
  const counts = new Map<string, ToldCounts>();
  for (const { _id, count } of rows) {
    const known = counts.get(_id.change) ?? { told: 0, acknowledged: 0, cancelled: 0 };
    counts.set(_id.change, {
      told: known.told + count,
      acknowledged: known.acknowledged + (_id.acknowledged ? count : 0),
      cancelled: known.cancelled + (_id.active ? 0 : count),
    });
  }
  return counts;
}

export const bookingsTold = (campaignId: string, changeId: string): Promise<Booking[]> =>
  Bookings.find({ campaignId, 'moved.changeId': changeId }).sort({ _id: 1 }).lean<Booking[]>();

/** Whom a move of these sessions concerns: an online booking whose student has not arrived. */
export const bookingsToTell = (campaignId: string, sessionIds: readonly string[]): Promise<Booking[]> =>
  Bookings.find({
    campaignId,
    sessionId: { $in: [...sessionIds] },
    active: true,
    channel: 'online',
    attendance: 'expected',
  }).lean<Booking[]>();
