import { AppError } from '../../errors';
import { SYSTEM } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, makeChange } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { sessionOfBooking } from '../campaigns/find-session';
import { keepTimetable } from '../campaigns/keep-timetable';
import { moveSince } from '../campaigns/move-since';
import type { CollectionSession } from '../campaigns/session-model';
import { isMakeUp } from './make-up-rule';
import { type Booking, Bookings } from './model';
import { takeSeat } from './take-seat';
import { movedBy } from './tell-moved';

/** kept: the money has its place · unplaced: there is none for it, it must go back */
export type PlaceOutcome = 'kept' | 'unplaced';

/**
 * An order was paid: its booking becomes booked and paid. Late money revives a released place where its seat, or
 * another one of the session, is still free. Repeating it is harmless, also at the same moment on another process:
 * whoever finds the booking changed looks at it anew.
 */
export async function settlePlace(world: World, bookingId: string, orderNo: string): Promise<PlaceOutcome> {
  for (;;) {
    const kept = (await keepHeld(world, bookingId, orderNo)) || (await payDebt(world, bookingId, orderNo));
    if (kept) return 'kept';
    const booking = await Bookings.findById(bookingId).lean<Booking>();
    if (!booking) return 'unplaced';
    if (booking.paidOrderNo === orderNo) return 'kept';
    if (booking.place !== 'released') return 'unplaced';
    const outcome = await revive(world, booking, orderNo);
    if (outcome !== 'changed') return outcome;
  }
}

const LOST: ReadonlySet<string> = new Set(['SOLD_OUT', 'TIMETABLE_REPLACED']);

const PAID = { place: 'booked', payment: 'paid', active: true, holdExpiresAt: null } as const;

const keepHeld = (world: World, _id: string, orderNo: string) =>
  makeChange(
    Bookings,
    { _id, place: 'held' },
    { $set: { ...PAID, paidOrderNo: orderNo }, $pull: { effects: { key: 'release' } } },
    line(world, SYSTEM, 'booking.paid', { orderNo }),
  );

const payDebt = (world: World, _id: string, orderNo: string) =>
  makeChange(
    Bookings,
    { _id, place: 'booked', payment: { $in: ['unpaid', 'owed'] } },
    { $set: { payment: 'paid', paidOrderNo: orderNo } },
    line(world, SYSTEM, 'booking.paid', { orderNo }),
  );

/** Whoever was released is not told of timetable changes: the student hears of them with the place. */
async function revive(world: World, booking: Booking, orderNo: string): Promise<PlaceOutcome | 'changed'> {
  const { campaignId } = booking;
  const session = await sessionOfBooking(booking);
  if (!session || booking.seatNo === undefined) return 'unplaced';
  const news = await moveSince(campaignId, session._id, booking.createdAt);
  const moved = news && news.changeNo > (booking.moved?.changeNo ?? 0) ? movedBy(news, booking) : undefined;
  const write = (seatNo: number) =>
    changeRecord(
      Bookings,
      { _id: booking._id, place: 'released', version: booking.version },
      { $set: { ...PAID, seatNo, paidOrderNo: orderNo, ...(moved ? { moved } : {}) } },
      line(world, SYSTEM, 'booking.revive', { orderNo, seatNo }),
    );
  try {
    if (!isMakeUp(session)) await keepTimetable(world, session);
    const revived = await takeSeatAgain(session, booking.seatNo, write);
    return revived ? 'kept' : 'changed';
  } catch (error) {
    // No seat left, the student has booked anew meanwhile, or the session is no more.
    if (duplicateKey(error) || (error instanceof AppError && LOST.has(error.code))) return 'unplaced';
    throw error;
  }
}

/** The old seat, or any other one when somebody sits there by now. @throws AppError SOLD_OUT */
async function takeSeatAgain(
  session: CollectionSession,
  seatNo: number,
  write: (seatNo: number) => Promise<Booking | null>,
): Promise<Booking | null> {
  try {
    return await write(seatNo);
  } catch (error) {
    if (!duplicateKey(error)?.includes('seatNo')) throw error;
    return takeSeat(session, write);
  }
}
