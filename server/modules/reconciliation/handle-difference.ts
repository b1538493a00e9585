import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord, type Effect } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import {
  type DifferenceRecord,
  type DifferenceState,
  Differences,
  personOf,
  type Repair,
} from './difference-model';
import { findDay } from './find-day';
import { findDifference } from './find-difference';
import { refuseUnlessPossible } from './plan-repair';
import { STATE_NAMES } from './present-difference';

interface Seen {
  difference: DifferenceRecord;
  /** What the person decided on. */
  version: number;
}

/**
 * Takes a difference into one's hands, or lets go of it. Others may still act on it: it only tells who looks after it.
 *
 * @throws AppError DIFFERENCE_STATE, CHANGED_MEANWHILE
 */
export async function ownDifference(
  world: World,
  by: UserActor,
  { difference, version, mine }: Seen & { mine: boolean },
): Promise<DifferenceRecord> {
  refuseUnlessIn(difference, 'open', 'to_review', 'carried');
  return change(world, by, { difference, version }, mine ? 'own' : 'let-go', {
    owner: mine ? personOf(by) : null,
  });
}

/**
 * One of two people asks for a repair. Nothing happens yet.
 *
 * @throws AppError DIFFERENCE_STATE, REPAIR_NOT_POSSIBLE, CHANGED_MEANWHILE, UPSTREAM_UNAVAILABLE
 */
export async function proposeRepair(
  world: World,
  by: UserActor,
  facts: Seen & { repair: Repair; note: string; evidence: string | null },
): Promise<DifferenceRecord> {
  const { difference, repair, note, evidence } = facts;
  refuseUnlessIn(difference, 'open');
  await refuseUnlessPossible(world, difference, repair);
  const proposal = { repair, note, evidence, by: personOf(by), at: world.clock.now() };
  const told = { repair, note, ...(evidence && { evidence }) };
  return change(world, by, facts, 'propose', { status: 'to_review', proposal, trouble: null }, told);
}

/**
 * Another person decides. Agreed, it is carried out by an effect of that write, at once; whoever proposed may only take
 * it back.
 *
 * @throws AppError TWO_PEOPLE_NEEDED, DIFFERENCE_STATE, REPAIR_NOT_POSSIBLE, CHANGED_MEANWHILE, UPSTREAM_UNAVAILABLE
 */
export async function decideRepair(
  world: World,
  by: UserActor,
  facts: Seen & { decision: 'approve' | 'reject'; note: string | null },
): Promise<DifferenceRecord> {
  const { difference, version, decision, note } = facts;
  const { proposal } = difference;
  refuseUnlessIn(difference, 'to_review');
  if (!proposal) throw new AppError('CHANGED_MEANWHILE');
  const isOwn = proposal.by.userId === by.userId;
  if (decision === 'reject') {
    const trouble = isOwn ? null : `${by.name}没有同意${note ? `：${note}` : ''}`;
    return change(
      world,
      by,
      facts,
      isOwn ? 'withdraw' : 'reject',
      { status: 'open', proposal: null, trouble },
      {
        ...(note && { note }),
      },
    );
  }
  if (isOwn) throw new AppError('TWO_PEOPLE_NEEDED');
  await refuseUnlessPossible(world, difference, proposal.repair);
  const effect = world.effects.planned(`repair:${version}`, 'carry-out-repair');
  const agreed = await changeRecord(
    Differences,
    { _id: difference._id, version, status: 'to_review' },
    { $set: { status: 'working', approvedBy: personOf(by) } },
    line(world, actorName(by), 'difference.approve', { repair: proposal.repair, ...(note && { note }) }),
    [effect],
  );
  if (!agreed) throw new AppError('CHANGED_MEANWHILE');
  await world.effects.runNow(Differences, difference._id, effect);
  return (await findDifference(difference._id)) ?? agreed;
}

/**
 * Something has turned up about what people had settled: it is looked at again. Entries that were made stay.
 *
 * @throws AppError DIFFERENCE_STATE, CHANGED_MEANWHILE, DAY_CLOSED
 */
export async function reopenDifference(
  world: World,
  by: UserActor,
  facts: Seen & { note: string },
): Promise<DifferenceRecord> {
  const { difference, note } = facts;
  refuseUnlessIn(difference, 'settled');
  if ((await findDay(difference.merchantId, difference.day)).state === 'closed')
    throw new AppError('DAY_CLOSED');
  const recount = world.effects.planned(`recount:${difference.version}`, 'recount-day');
  const again = {
    status: 'open',
    resolution: null,
    proposal: null,
    approvedBy: null,
    clearedAt: null,
  } as const;
  const reopened = await change(world, by, facts, 'reopen', again, { note }, [recount]);
  await world.effects.runNow(Differences, difference._id, recount);
  return reopened;
}

export function refuseUnlessIn({ status }: DifferenceRecord, ...states: readonly DifferenceState[]): void {
  if (!states.includes(status)) throw new AppError('DIFFERENCE_STATE', { state: STATE_NAMES[status] });
}

async function change(
  world: World,
  by: UserActor,
  { difference, version }: Seen,
  verb: string,
  facts: Partial<DifferenceRecord>,
  told: Record<string, unknown> = {},
  effects: Effect[] = [],
): Promise<DifferenceRecord> {
  const changed = await changeRecord(
    Differences,
    { _id: difference._id, version, status: difference.status },
    { $set: facts },
    line(world, actorName(by), `difference.${verb}`, told),
    effects,
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}
