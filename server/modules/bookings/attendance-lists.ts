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
