import { isSamePlacement, type Placement } from '../../../shared/domain/timetable-change';
import { SYSTEM } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { SessionNews } from '../campaigns/move-since';
import { type Booking, Bookings, type MovedPlace } from './model';

export interface MoveNews {
  _id: string;
  campaignId: string;
  changeNo: number;
  reason: string;
  at: Date;
  moves: readonly { sessionId: string; from: Placement; to: Placement }[];
  /** Whoever booked later has seen the new timetable. */
  until: Date;
  limit: number;
}

/**
 * Tells bookings that their session has moved: a record that the student's home shows until it is acknowledged. Who has
 * signed in already, or needs no session, is not concerned. Told twice is told once.
 *
 * @returns how many still had to be told, at most `limit`
 */
export async function tellMoved(world: World, news: MoveNews): Promise<number> {
  const moves = new Map(news.moves.map((move) => [move.sessionId, move]));
  const waiting = await Bookings.find({
    campaignId: news.campaignId,
    sessionId: { $in: [...moves.keys()] },
    active: true,
    channel: 'online',
    attendance: 'expected',
    createdAt: { $lte: news.until },
    'moved.changeNo': { $not: { $gte: news.changeNo } },
  })
    .limit(news.limit)
    .lean<Booking[]>();
  for (const booking of waiting) {
    const move = booking.sessionId === null ? undefined : moves.get(booking.sessionId);
    if (move) await tell(world, booking, { ...news, ...move, _id: news._id });
  }
  return waiting.length;
}

/** The version guards that the booking is as it was read; when it is not, the next run looks again. */
const tell = (world: World, booking: Booking, news: SessionNews): Promise<Booking | null> => {
  const moved = movedBy(news, booking);
  return changeRecord(
    Bookings,
    { _id: booking._id, version: booking.version, active: true, attendance: 'expected' },
    { $set: { moved } },
    line(world, SYSTEM, 'booking.moved', { change: news._id, from: moved.from, to: moved.to }),
  );
};

/** What a booking keeps of a move until the student has seen it. */
export const movedBy = (news: SessionNews, booking: Booking): MovedPlace => ({
  changeId: news._id,
  changeNo: news.changeNo,
  at: news.at,
  reason: news.reason,
  from: lastKnown(booking, news),
  to: news.to,
  acknowledgedAt: null,
});

/** Moved twice before the student has looked: what counts is the place that the student knows. */
function lastKnown({ moved }: Booking, { from, to }: { from: Placement; to: Placement }): Placement {
  const unseen = moved && !moved.acknowledgedAt ? moved.from : undefined;
  return unseen && !isSamePlacement(unseen, to) ? unseen : from;
}
