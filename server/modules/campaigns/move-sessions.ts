import { SYSTEM } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { CollectionSessions } from './session-model';
import type { TimetableChange } from './timetable-change-model';

/** Writes a change onto its sessions. Again, or late after a newer change, it changes nothing. */
export async function moveSessions(world: World, { _id, changeNo, moves }: TimetableChange): Promise<void> {
  for (const { sessionId, from, to } of moves) {
    await changeRecord(
      CollectionSessions,
      { _id: sessionId, changeNo: { $not: { $gte: changeNo } } },
      { $set: { ...to, changeNo } },
      line(world, SYSTEM, 'session.move', { change: _id, from, to }),
    );
  }
}
