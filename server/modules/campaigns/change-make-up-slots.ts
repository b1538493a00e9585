import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { allMakeUpSessions, forgetMakeUpSessions, keepMakeUpSession } from './make-up-sessions';
import type { Campaign } from './model';
import { type CollectionSession, CollectionSessions } from './session-model';

export type SlotChange = { kind: 'capacity'; capacity: number } | { kind: 'stop' } | { kind: 'resume' };

/**
 * Changes some make-up slots, one by one: asked again after a crash, it does the rest. Never fewer places, because a
 * seat beyond the new end may be taken at this moment; a slot is stopped instead, and who has booked it stays.
 *
 * @throws AppError NOT_FOUND, CAPACITY_ONLY_GROWS; nothing is changed then
 */
export async function changeMakeUpSlots(
  world: World,
  by: UserActor,
  facts: { campaign: Campaign; slotIds: readonly string[]; change: SlotChange; reason: string },
): Promise<void> {
  const { campaign, slotIds, change, reason } = facts;
  forgetMakeUpSessions(campaign._id);
  const all = new Map((await allMakeUpSessions(world, campaign)).map((slot) => [slot._id, slot]));
  const slots = slotIds.map((id) => {
    const slot = all.get(id);
    if (!slot) throw new AppError('NOT_FOUND');
    if (change.kind === 'capacity' && change.capacity < slot.capacity)
      throw new AppError('CAPACITY_ONLY_GROWS', { capacity: slot.capacity });
    return slot;
  });
  for (const slot of slots) {
    await keepMakeUpSession(world, slot);
    await changeSlot(world, by, { slot, change, reason });
  }
  forgetMakeUpSessions(campaign._id);
}

async function changeSlot(
  world: World,
  by: UserActor,
  { slot: { _id }, change, reason }: { slot: CollectionSession; change: SlotChange; reason: string },
): Promise<void> {
  if (change.kind === 'capacity') {
    const { capacity } = change;
    await changeRecord(
      CollectionSessions,
      { _id, capacity: { $lt: capacity } },
      { $set: { capacity, headcount: capacity } },
      line(world, actorName(by), 'session.raise-capacity', { capacity, reason }),
    );
    return;
  }
  const stops = change.kind === 'stop';
  await changeRecord(
    CollectionSessions,
    { _id, closedToBooking: stops ? { $ne: true } : true },
    stops ? { $set: { closedToBooking: true } } : { $unset: { closedToBooking: 1 } },
    line(world, actorName(by), stops ? 'session.stop-booking' : 'session.resume-booking', { reason }),
  );
}
