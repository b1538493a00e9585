import { type Booking, Bookings } from './model';

/** What the office's list of students shows of a booking. */
export type ThinBooking = Pick<
  Booking,
  '_id' | 'studentId' | 'sessionId' | 'active' | 'place' | 'payment' | 'attendance' | 'createdAt'
>;

/** All bookings of a campaign, past ones too. */
export const thinBookingsOf = (campaignId: string): Promise<ThinBooking[]> =>
  Bookings.find(
    { campaignId },
    {
      studentId: 1,
      sessionId: 1,
      active: 1,
      place: 1,
      payment: 1,
      attendance: 1,
      createdAt: 1,
    },
  ).lean<ThinBooking[]>();

/** Newest first. */
export const bookingsOfStudent = (studentId: string): Promise<Booking[]> =>
  Bookings.find({ studentId }).sort({ createdAt: -1 }).limit(20).lean<Booking[]>();

/** Admitted without having paid (待缴), the longest first. */
export const owedBookings = (campaignId: string): Promise<Booking[]> =>
  Bookings.find({ campaignId, active: true, payment: 'owed' }).sort({ createdAt: 1 }).lean<Booking[]>();

export const countOwed = (campaignId: string): Promise<number> =>
  Bookings.countDocuments({ campaignId, active: true, payment: 'owed' });

/** The active bookings of some students. */
export const activeBookingsOf = (campaignId: string, studentIds: readonly string[]): Promise<Booking[]> =>
  Bookings.find({ campaignId, studentId: { $in: [...studentIds] }, active: true }).lean<Booking[]>();
