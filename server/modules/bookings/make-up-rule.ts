import { makeUpStage } from '../../../shared/domain/make-up-slots';
import { type ShanghaiDay, shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { Campaign } from '../campaigns/model';
import type { CollectionSession } from '../campaigns/session-model';
import type { Booking } from './model';

export const isMakeUp = ({ kind }: Pick<CollectionSession, 'kind'>): boolean => kind === 'make_up';

/** What a booking of this session says of its day, to be set with the seat. */
export const makeUpDayOf = (session: CollectionSession): { makeUpDay?: ShanghaiDay } =>
  isMakeUp(session) ? { makeUpDay: session.day } : {};

/** @throws AppError MAKE_UP_NOT_OPEN, MAKE_UP_OVER, MAKE_UP_SLOT_CLOSED */
export function refuseUnlessMakeUpOpen(campaign: Campaign, session: CollectionSession, now: Date): void {
  const stage = makeUpStage(campaign, now);
  if (stage === 'over') throw new AppError('MAKE_UP_OVER');
  if (stage !== 'open') throw new AppError('MAKE_UP_NOT_OPEN');
  if (session.closedToBooking) throw new AppError('MAKE_UP_SLOT_CLOSED');
}

/**
 * The time of a booked place has gone by without a shot, and its money has not gone back: it may be carried over to a
 * make-up place, as long as nobody has refunded it.
 */
export const isMissed = (
  booking: Pick<Booking, 'place' | 'payment' | 'attendance' | 'makeUpDay'>,
  { collectionClosedAt }: Pick<Campaign, 'collectionClosedAt'>,
  now: Date,
): boolean =>
  booking.place === 'booked' &&
  booking.attendance !== 'shot' &&
  (booking.payment === 'paid' || booking.payment === 'waived') &&
  (booking.makeUpDay === undefined ? collectionClosedAt !== null : booking.makeUpDay < shanghaiDay(now));

/** As a query: the bookings whose time has gone by, once the collection is closed. */
export const missedBy = (now: Date) => ({
  $or: [{ makeUpDay: { $exists: false } }, { makeUpDay: { $lt: shanghaiDay(now) } }],
});
