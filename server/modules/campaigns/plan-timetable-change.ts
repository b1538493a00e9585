import {
  type CollectionDay,
  collectionDaysAfter,
  type MovedSession,
  placedAnew,
  planMove,
  type TimetableMove,
} from '../../../shared/domain/timetable-change';
import { type Conflict, findConflicts } from '../../../shared/domain/timetable-conflicts';
import { AppError } from '../../errors';
import type { World } from '../../world';
import { countBySession } from '../bookings/counts';
import { sessionsOf } from './find-campaign';
import type { Campaign } from './model';
import type { CollectionSession } from './session-model';

export interface TimetablePlan {
  moved: MovedSession<CollectionSession>[];
  collectionDays: CollectionDay[];
  rooms: string[];
  conflicts: Conflict[];
  arrived: ReadonlyMap<string, number>;
}

/**
 * What a move would do and what speaks against it. Writes nothing.
 *
 * @throws AppError NOTHING_TO_MOVE, COLLECTION_CLOSED
 */
export async function planTimetableChange(
  world: Pick<World, 'clock'>,
  campaign: Campaign,
  move: TimetableMove,
): Promise<TimetablePlan> {
  if (campaign.collectionClosedAt) throw new AppError('COLLECTION_CLOSED');
  const now = world.clock.now();
  const [sessions, counts] = await Promise.all([sessionsOf(campaign._id), countBySession(campaign._id)]);
  const moved = planMove(move, sessions, now);
  if (moved.length === 0) throw new AppError('NOTHING_TO_MOVE');
  const arrived = new Map([...counts].map(([sessionId, count]) => [sessionId, count.arrived]));
  const after = placedAnew(
    sessions,
    moved.map(({ session, to }) => ({ sessionId: session._id, to })),
  );
  const collectionDays = collectionDaysAfter(move, campaign.collectionDays, { sessions, moved });
  const { rooms } = campaign;
  return {
    moved,
    arrived,
    collectionDays,
    rooms: [...new Set([...rooms, ...moved.map(({ to }) => to.room)])],
    conflicts: findConflicts({ moved, after, collectionDays, rooms, arrived, now }),
  };
}
