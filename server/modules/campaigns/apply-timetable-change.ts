import { placementOf, type TimetableMove } from '../../../shared/domain/timetable-change';
import type { Conflict, ConflictCode } from '../../../shared/domain/timetable-conflicts';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findFreshCampaign, forgetCampaign } from './find-campaign';
import { type Campaign, Campaigns } from './model';
import { moveSessions } from './move-sessions';
import { planTimetableChange, type TimetablePlan } from './plan-timetable-change';
import { type TimetableChange, TimetableChanges } from './timetable-change-model';

export interface ChangeWish {
  /** The version of the campaign that the preview was made of. */
  version: number;
  move: TimetableMove;
  /** Students read it. */
  reason: string;
  /** The conflicts that the office has seen and accepts. */
  accept: readonly ConflictCode[];
  /** The same again is the same change. */
  nonce: string;
}

/**
 * Moves sessions that students have booked. One compare-and-set on the campaign makes all of it true at once: from then
 * on every reader sees the new places, and the effect of that write tells sessions and bookings one by one.
 *
 * @throws AppError NOT_FOUND, CHANGED_MEANWHILE, NOTHING_TO_MOVE, COLLECTION_CLOSED, TIMETABLE_CONFLICTS with all of them
 */
export async function applyTimetableChange(
  world: World,
  by: UserActor,
  campaignId: string,
  wish: ChangeWish,
): Promise<TimetableChange> {
  const campaign = await findFreshCampaign(by, campaignId);
  const done = await sameChangeAgain(campaign, wish.nonce);
  if (done) return done;
  if (campaign.version !== wish.version) throw new AppError('CHANGED_MEANWHILE');
  await finishLastChange(world, campaign);
  const plan = await planTimetableChange(world, campaign, wish.move);
  refuseConflicts(plan.conflicts, wish.accept);

  const change = newChange(world, by, { campaign, plan, reason: wish.reason });
  await TimetableChanges.create(change);
  const carryOut = world.effects.scheduled(`move:${change._id}`, 'carry-out-timetable-change', change.at, {
    change: change._id,
  });
  const changed = await changeRecord(
    Campaigns,
    { _id: campaign._id, version: wish.version },
    {
      $set: { collectionDays: plan.collectionDays, rooms: plan.rooms },
      $push: { timetableChanges: change._id },
    },
    line(world, actorName(by), 'campaign.move-sessions', {
      change: change._id,
      nonce: wish.nonce,
      scope: wish.move.scope,
      sessions: change.moves.length,
      reason: wish.reason,
      accepted: wish.accept,
    }),
    [carryOut],
  );
  forgetCampaign(campaign._id);
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return change;
}

/** The answer to the first press was lost: it stands in the trail. */
async function sameChangeAgain(campaign: Campaign, nonce: string): Promise<TimetableChange | null> {
  const known = campaign.trail.find(
    ({ verb, facts }) => verb === 'campaign.move-sessions' && facts.nonce === nonce,
  );
  return known ? TimetableChanges.findById(known.facts.change).lean<TimetableChange>() : null;
}

/** Readers lay only the newest change over the sessions: the one before has to stand in the sessions themselves. */
async function finishLastChange(world: World, { timetableChanges }: Campaign): Promise<void> {
  const last = timetableChanges?.at(-1);
  const change = last && (await TimetableChanges.findById(last).lean<TimetableChange>());
  if (change && !change.carriedOutAt) await moveSessions(world, change);
}

function refuseConflicts(conflicts: readonly Conflict[], accept: readonly ConflictCode[]): void {
  const open = conflicts.filter(
    ({ severity, code }) => severity === 'blocks' || (severity === 'asks' && !accept.includes(code)),
  );
  if (open.length > 0)
    throw new AppError('TIMETABLE_CONFLICTS', { count: open.length, conflicts: open.slice(0, 500) });
}

function newChange(
  world: World,
  by: UserActor,
  { campaign, plan, reason }: { campaign: Campaign; plan: TimetablePlan; reason: string },
): TimetableChange {
  return {
    _id: world.ids.id(),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    changeNo: campaign.version + 1,
    reason,
    by: by.name,
    at: world.clock.now(),
    moves: plan.moved.map(({ session, to }) => ({
      sessionId: session._id,
      title: session.title,
      from: placementOf(session),
      to,
    })),
    carriedOutAt: null,
  };
}
