import type { EffectOutcome } from '../../platform/effects/runner';
import type { World } from '../../world';
import { tellMoved } from '../bookings/tell-moved';
import { CACHE_MS } from './find-campaign';
import { moveSessions } from './move-sessions';
import { type TimetableChange, TimetableChanges } from './timetable-change-model';

/** Bookings told in one run of the effect; its lease is renewed in between. */
const BOOKINGS_A_RUN = 200;

/**
 * Effect `carry-out-timetable-change` of a campaign: sessions first, then every booking in them is told. Each step is a
 * compare-and-set that is harmless when repeated. Whoever booked on an instance that still showed the old timetable is
 * told by a last look, when no instance can show it any more.
 */
export async function carryOutTimetableChange(world: World, changeId: string): Promise<EffectOutcome> {
  const change = await TimetableChanges.findById(changeId).lean<TimetableChange>();
  if (!change || change.carriedOutAt) return 'done';
  await moveSessions(world, change);
  const lastLook = new Date(change.at.getTime() + 2 * CACHE_MS);
  const told = await tellMoved(world, { ...change, until: lastLook, limit: BOOKINGS_A_RUN });
  const now = world.clock.now();
  if (told > 0) return 'more';
  if (now < lastLook) return { againAt: lastLook };
  await TimetableChanges.updateOne({ _id: changeId, carriedOutAt: null }, { $set: { carriedOutAt: now } });
  return 'done';
}
