import { type Booking, Bookings } from './model';

export type BookedPlace = Pick<Booking, 'studentId' | 'sessionId' | 'attendance'>;

/** Which of these students have an active booking. */
export async function bookedAmong(
  campaignId: string,
  studentIds: readonly string[],
): Promise<Map<string, BookedPlace>> {
  if (studentIds.length === 0) return new Map();
  const found = await Bookings.find(
    { campaignId, studentId: { $in: [...studentIds] }, active: true },
    { studentId: 1, sessionId: 1, attendance: 1 },
  ).lean<BookedPlace[]>();
  return new Map(found.map((booking) => [booking.studentId, booking]));
}
