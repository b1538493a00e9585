import { type Booking, Bookings } from './model';

export type MakeUpBooking = Pick<
  Booking,
  '_id' | 'studentId' | 'sessionId' | 'place' | 'payment' | 'attendance'
>;

/** Who has a place in these make-up sessions, held ones too. */
export const makeUpBookings = (campaignId: string, sessionIds: readonly string[]): Promise<MakeUpBooking[]> =>
  Bookings.find(
    { campaignId, sessionId: { $in: [...sessionIds] }, active: true },
    { studentId: 1, sessionId: 1, place: 1, payment: 1, attendance: 1 },
  ).lean<MakeUpBooking[]>();
