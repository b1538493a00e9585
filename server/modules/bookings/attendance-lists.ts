import { type Booking, Bookings } from './model';

/** Who waits for the camera in a room, in shot-number order, and who was shot last. */
export async function cameraQueue(
  campaignId: string,
  day: string,
  room: string,
): Promise<{ waiting: Booking[]; lastShot: Booking[] }> {
  const there = { campaignId, 'arrival.day': day, 'arrival.room': room };
  const [waiting, lastShot] = await Promise.all([
    Bookings.find({ ...there, attendance: 'arrived' })
      .sort({ 'arrival.shotNumber': 1 })
      .limit(100)
      .lean<Booking[]>(),
    Bookings.find({ ...there, attendance: 'shot' })
      .sort({ 'arrival.shotNumber': -1 })
      .limit(5)
      .lean<Booking[]>(),
  ]);
  return { waiting, lastShot };
}

/** Paid and not photographed (未采集): due for refund once the collection is over. */
export const uncollectedBookings = (campaignId: string): Promise<Booking[]> =>
  Bookings.find({ campaignId, active: true, place: 'booked', payment: 'paid', attendance: { $ne: 'shot' } })
    .sort({ _id: 1 })
    .lean<Booking[]>();

const RECENT_MS = 20 * 60_000;

/** The shots of the last twenty minutes, by the room where they were taken. */
export async function recentShots(
  campaignId: string,
  day: string,
  now: Date,
): Promise<{ room: string; at: Date }[]> {
  const bookings = await Bookings.find(
    {
      campaignId,
      'arrival.day': day,
      attendance: 'shot',
      shotAt: { $gt: new Date(now.getTime() - RECENT_MS), $lte: now },
    },
    { arrival: 1, shotAt: 1 },
  ).lean<Pick<Booking, 'arrival' | 'shotAt'>[]>();
  return bookings.flatMap(({ arrival, shotAt }) =>
    arrival && shotAt ? [{ room: arrival.room, at: shotAt }] : [],
  );
}
