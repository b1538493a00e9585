import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Booking, Bookings } from './model';

/** The student has seen this move; a newer one stays unseen. Pressing twice is once. */
export async function acknowledgeMove(
  world: World,
  by: StudentActor,
  booking: Booking,
  changeId: string,
): Promise<void> {
  await changeRecord(
    Bookings,
    { _id: booking._id, 'moved.changeId': changeId, 'moved.acknowledgedAt': null },
    { $set: { 'moved.acknowledgedAt': world.clock.now() } },
    line(world, actorName(by), 'booking.acknowledge-move', { change: changeId }),
  );
}
