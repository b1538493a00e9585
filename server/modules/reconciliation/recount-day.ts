import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findDifference } from './find-difference';
import { isBusy } from './hold-day';
import { type BillDay, BillDays } from './model';
import { countUnsettled } from './record-differences';

const AGAIN_MS = 2_000;

/** Effect `recount-day` of a difference that has been settled or reopened: its day knows how many are left. */
export async function recountDayOf(world: World, differenceId: string): Promise<EffectOutcome> {
  const difference = await findDifference(differenceId);
  if (!difference) return 'done';
  for (;;) {
    const day = await BillDays.findById(`${difference.merchantId}:${difference.day}`).lean<BillDay>();
    if (!day) return 'done';
    // A match under way counts at its end, and may have counted before this one was settled.
    if (isBusy(day, world.clock.now())) return { againAt: new Date(world.clock.now().getTime() + AGAIN_MS) };
    const differences = await countUnsettled(day);
    const state = stateWith(day, differences);
    if (day.differences === differences && day.state === state) return 'done';
    const changed = await changeRecord(
      BillDays,
      { _id: day._id, version: day.version },
      { $set: { differences, state } },
      line(world, SYSTEM, 'bill.recount', { differences }),
    );
    if (changed) return 'done';
  }
}

const stateWith = ({ state }: BillDay, differences: number): BillDay['state'] => {
  if (state !== 'matched' && state !== 'differences') return state;
  return differences > 0 ? 'differences' : 'matched';
};
