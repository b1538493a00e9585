import { AppError } from '../../errors';
import type { StudentActor } from '../../http/actor';
import { readById } from '../../platform/mongo/by-id';
import { type Booking, Bookings } from './model';

export const findBooking = readById<Booking>(Bookings);

export const findBookings = (ids: readonly string[]): Promise<Booking[]> =>
  Bookings.find({ _id: { $in: [...ids] } }).lean<Booking[]>();

/** @throws AppError NOT_FOUND, also for another person's */
export async function findOwnBooking(by: StudentActor, id: string): Promise<Booking> {
  const booking = await findBooking(id);
  if (booking?.accountId !== by.accountId) throw new AppError('NOT_FOUND');
  return booking;
}

/** @throws AppError NOT_FOUND */
export async function bookingByPayTicket(payTicket: string): Promise<Booking> {
  const booking = await Bookings.findOne({ payTicket }).lean<Booking>();
  if (!booking) throw new AppError('NOT_FOUND');
  return booking;
}

/** The booking that counts for a student: the active one, else the latest. */
export async function currentBooking(campaignId: string, studentId: string): Promise<Booking | null> {
  const active = await Bookings.findOne({ campaignId, studentId, active: true }).lean<Booking>();
  if (active) return active;
  const [latest] = await Bookings.find({ studentId }).sort({ createdAt: -1 }).limit(1).lean<Booking[]>();
  return latest ?? null;
}

export const bookingsOfAccount = (accountId: string): Promise<Booking[]> =>
  Bookings.find({ accountId }).sort({ createdAt: -1 }).limit(50).lean<Booking[]>();
