import { missedBy } from './make-up-rule';
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
      .sort({ shotAt: -1 })
      .limit(5)
      .lean<Booking[]>(),
  ]);
  return { waiting, lastShot };
}

/** What a staff phone needs of a booking while it is offline. */
export type ListedBooking = Pick<
  Booking,
  | '_id'
  | 'studentId'
  | 'channel'
  | 'sessionId'
  | 'place'
  | 'payment'
  | 'attendance'
  | 'seeOriginalId'
  | 'paidOrderNo'
  | 'arrival'
>;

/** Everybody who may show a code for one of these sessions, those who cancelled included. */
export const bookingsOfSessions = (
  campaignId: string,
  sessionIds: readonly string[],
): Promise<ListedBooking[]> =>
  Bookings.find(
    {
      campaignId,
      sessionId: { $in: [...sessionIds] },
      place: { $in: ['booked', 'cancelled', 'no_show'] },
    },
    {
      studentId: 1,
      channel: 1,
      sessionId: 1,
      place: 1,
      payment: 1,
      attendance: 1,
      seeOriginalId: 1,
      paidOrderNo: 1,
      arrival: 1,
    },
  ).lean<ListedBooking[]>();

/** Paid and not photographed (未采集): due for refund once the collection is over, a make-up place once its day is. */
export const uncollectedBookings = (campaignId: string, now: Date): Promise<Booking[]> =>
  Bookings.find({
    campaignId,
    active: true,
    place: 'booked',
    payment: 'paid',
    attendance: { $ne: 'shot' },
    ...missedBy(now),
  })
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
