import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type DifferenceRecord, Differences, personOf } from './difference-model';
import { holdDay, isBusy } from './hold-day';
import { matchDay } from './match-day';
import { type BillDay, BillDays } from './model';
import { countBlocking } from './record-differences';

type SignOff = NonNullable<BillDay['signOff']>;

interface Seen {
  day: BillDay;
  /** What the person decided on. */
  version: number;
}

/**
 * One of two people asks that a day be closed (关账), or a closed one opened again.
 *
 * @throws AppError DAY_NOT_MATCHED, DAY_HAS_DIFFERENCES, SIGN_OFF_STATE, CHANGED_MEANWHILE
 */
export async function askSignOff(
  world: World,
  by: UserActor,
  { day, version, kind, note }: Seen & Pick<SignOff, 'kind' | 'note'>,
): Promise<BillDay> {
  if (day.signOff || (day.state === 'closed') !== (kind === 'reopen')) throw new AppError('SIGN_OFF_STATE');
  if (kind === 'close') await refuseUnlessClean(day);
  const signOff = { kind, by: personOf(by), at: world.clock.now(), note };
  return change(world, by, { day, version }, { signOff }, `ask-${kind}`, note ? { note } : {});
}

/**
 * Another person decides. Before it is closed the day is matched once more, so that what is signed is how things are now;
 * what waits for the bill of the day beside is carried over.
 *
 * @throws AppError TWO_PEOPLE_NEEDED, SIGN_OFF_STATE, DAY_HAS_DIFFERENCES, DAY_BUSY, CHANGED_MEANWHILE
 */
export async function decideSignOff(
  world: World,
  by: UserActor,
  facts: Seen & { decision: 'approve' | 'reject'; note: string | null },
): Promise<BillDay> {
  const { day, version, decision, note } = facts;
  const { signOff } = day;
  if (!signOff) throw new AppError('SIGN_OFF_STATE');
  if (day.version !== version) throw new AppError('CHANGED_MEANWHILE');
  const told = note ? { note } : {};
  if (decision === 'reject')
    return change(world, by, facts, { signOff: null }, `refuse-${signOff.kind}`, told);
  if (signOff.by.userId === by.userId) throw new AppError('TWO_PEOPLE_NEEDED');
  return signOff.kind === 'close' ? close(world, by, day, signOff, told) : reopen(world, by, facts, told);
}

async function close(
  world: World,
  by: UserActor,
  day: BillDay,
  signOff: SignOff,
  told: Record<string, unknown>,
): Promise<BillDay> {
  const matched = await holdDay(world, actorName(by), day, (held) => matchDay(world, actorName(by), held));
  await refuseUnlessClean(matched);
  const carried = await carryOver(world, by, matched);
  const closed = { by: signOff.by, approvedBy: personOf(by), at: world.clock.now() };
  const facts = { state: 'closed', signOff: null, closed } as const;
  return change(world, by, { day: matched, version: matched.version }, facts, 'close', { ...told, carried });
}

async function reopen(
  world: World,
  by: UserActor,
  { day, version }: Seen,
  told: Record<string, unknown>,
): Promise<BillDay> {
  const state = day.differences > 0 ? 'differences' : 'matched';
  return change(world, by, { day, version }, { state, signOff: null, closed: null }, 'reopen', told);
}

/** @throws AppError DAY_NOT_MATCHED, DAY_HAS_DIFFERENCES */
async function refuseUnlessClean(day: BillDay): Promise<void> {
  if (day.state !== 'matched' && day.state !== 'differences') throw new AppError('DAY_NOT_MATCHED');
  const count = await countBlocking(day);
  if (count > 0) throw new AppError('DAY_HAS_DIFFERENCES', { count });
}

/** Signed off as waiting for the bill of the day beside (结转). @returns how many */
async function carryOver(world: World, by: UserActor, { merchantId, day }: BillDay): Promise<number> {
  const waiting = await Differences.find({
    merchantId,
    day,
    status: { $in: ['open', 'carried'] },
    type: 'cross_day',
  }).lean<DifferenceRecord[]>();
  for (const { _id, version, status } of waiting) {
    if (status === 'carried') continue;
    const carried = await changeRecord(
      Differences,
      { _id, version, status: 'open' },
      { $set: { status: 'carried' } },
      line(world, actorName(by), 'difference.carry-over'),
    );
    if (!carried) throw new AppError('CHANGED_MEANWHILE');
  }
  return waiting.length;
}

async function change(
  world: World,
  by: UserActor,
  { day, version }: Seen,
  facts: Partial<BillDay>,
  verb: string,
  told: Record<string, unknown>,
): Promise<BillDay> {
  if (isBusy(day, world.clock.now())) throw new AppError('DAY_BUSY');
  const changed = await changeRecord(
    BillDays,
    { _id: day._id, version },
    { $set: facts },
    line(world, actorName(by), `bill.${verb}`, told),
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}
