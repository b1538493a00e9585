import { AppError } from '../../errors';
import { SYSTEM } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findSession } from '../campaigns/find-campaign';
import { type Booking, Bookings } from './model';
import { takeSeat } from './take-seat';

/** kept: the money has its place · unplaced: there is none for it, it must go back */
export type PlaceOutcome = 'kept' | 'unplaced';

/**
 * An order was paid: its booking becomes booked and paid. Late money revives a released place where its seat, or
 * another one of the session, is still free. Repeating it is harmless.
 */
export async function settlePlace(world: World, bookingId: string, orderNo: string): Promise<PlaceOutcome> {
  const kept = (await keepHeld(world, bookingId, orderNo)) ?? (await payDebt(world, bookingId, orderNo));
  if (kept) return 'kept';
  const booking = await Bookings.findById(bookingId).lean<Booking>();
  if (!booking) return 'unplaced';
  if (booking.paidOrderNo === orderNo) return 'kept';
  if (booking.place !== 'released') return 'unplaced';
  return (await revive(world, booking, orderNo)) ? 'kept' : 'unplaced';
}

const PAID = { place: 'booked', payment: 'paid', active: true, holdExpiresAt: null } as const;

const keepHeld = (world: World, _id: string, orderNo: string) =>
  changeRecord(
    Bookings,
    { _id, place: 'held' },
    { $set: { ...PAID, paidOrderNo: orderNo }, $pull: { effects: { key: 'release' } } },
    line(world, SYSTEM, 'booking.paid', { orderNo }),
  );

const payDebt = (world: World, _id: string, orderNo: string) =>
  changeRecord(
    Bookings,
    { _id, place: 'booked', payment: { $in: ['unpaid', 'owed'] } },
    { $set: { payment: 'paid', paidOrderNo: orderNo } },
    line(world, SYSTEM, 'booking.paid', { orderNo }),
  );

async function revive(world: World, booking: Booking, orderNo: string): Promise<boolean> {
  const write = (seatNo: number) =>
    changeRecord(
      Bookings,
      { _id: booking._id, place: 'released', version: booking.version },
      { $set: { ...PAID, seatNo, paidOrderNo: orderNo } },
      line(world, SYSTEM, 'booking.revive', { orderNo, seatNo }),
    );
  const { sessionId, seatNo } = booking;
  if (!sessionId || seatNo === undefined) return false;
  try {
    return (await write(seatNo)) !== null;
  } catch (error) {
    const lost = duplicateKey(error);
    if (!lost) throw error;
    if (!lost.includes('seatNo')) return false;
  }
  const session = await findSession(booking.campaignId, sessionId);
  try {
    return (await takeSeat(session, write)) !== null;
  } catch (error) {
    // No seat left, or the student has booked anew meanwhile.
    if (duplicateKey(error) || (error instanceof AppError && error.code === 'SOLD_OUT')) return false;
    throw error;
  }
}
