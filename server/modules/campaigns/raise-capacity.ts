import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { forgetCampaign } from './find-campaign';
import type { Campaign } from './model';
import { type CollectionSession, CollectionSessions } from './session-model';

/**
 * More places in a session. Never fewer: a seat beyond the new end may be taken at this moment.
 *
 * @throws AppError NOT_FOUND, CAPACITY_ONLY_GROWS, CHANGED_MEANWHILE
 */
export async function raiseCapacity(
  world: World,
  by: UserActor,
  facts: { campaign: Campaign; sessionId: string; version: number; capacity: number; reason: string },
): Promise<CollectionSession> {
  const { campaign, sessionId, version, capacity, reason } = facts;
  const session = await CollectionSessions.findOne({
    _id: sessionId,
    campaignId: campaign._id,
  }).lean<CollectionSession>();
  if (!session) throw new AppError('NOT_FOUND');
  if (capacity <= session.capacity) throw new AppError('CAPACITY_ONLY_GROWS', { capacity: session.capacity });
  const raised = await changeRecord(
    CollectionSessions,
    { _id: sessionId, version },
    { $set: { capacity } },
    line(world, actorName(by), 'session.raise-capacity', { before: session.capacity, capacity, reason }),
  );
  forgetCampaign(campaign._id);
  if (!raised) throw new AppError('CHANGED_MEANWHILE');
  return raised;
}
