import { type Booking, Bookings } from './model';

export type ShotBooking = Pick<
  Booking,
  '_id' | 'studentId' | 'channel' | 'payment' | 'arrival' | 'shotAt' | 'shotKeys' | 'attendance'
>;

/** Everybody who ever had a shot number, void ones included: the list that the photographer works by hides no gap. */
export const numberedBookings = (campaignId: string, day: string | undefined): Promise<ShotBooking[]> =>
  Bookings.find(
    { campaignId, shotKeys: day ? { $gte: `${day}|`, $lt: `${day}|~` } : { $gt: '' } },
    { studentId: 1, channel: 1, payment: 1, arrival: 1, shotAt: 1, shotKeys: 1, attendance: 1 },
  ).lean<ShotBooking[]>();

/** Who was photographed in a campaign, and how it stands with the money. */
export const shotsOf = (campaignId: string): Promise<Pick<Booking, '_id' | 'studentId' | 'payment'>[]> =>
  Bookings.find({ campaignId, attendance: 'shot' }, { studentId: 1, payment: 1 }).lean<
    Pick<Booking, '_id' | 'studentId' | 'payment'>[]
  >();
