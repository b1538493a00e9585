import { atShanghai, type ShanghaiDay } from '../../../shared/domain/time';
import type { Placement } from '../../../shared/domain/timetable-change';
import type { MovedPlace } from './model';

/** Free changes end at 24:00 the day before the session. */
export const changeableUntil = (sessionDay: ShanghaiDay): Date => atShanghai(sessionDay);

/**
 * Cancelling is free until then. Whoever the school has moved keeps that right until both the old and the new time are
 * over, whether or not the move was acknowledged.
 */
export function cancellableUntil(session: Pick<Placement, 'day' | 'endsAt'>, moved?: MovedPlace): Date {
  if (!moved) return changeableUntil(session.day);
  return new Date(Math.max(session.endsAt.getTime(), moved.from.endsAt.getTime(), moved.to.endsAt.getTime()));
}
