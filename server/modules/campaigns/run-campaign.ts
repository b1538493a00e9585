import { campaignGaps } from '../../../shared/domain/campaign-gaps';
import { collectionEnds } from '../../../shared/domain/campaign-phase';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { forgetCampaign, sessionsOf } from './find-campaign';
import { missingTables } from './missing-tables';
import { type Campaign, Campaigns } from './model';
import type { CollectionSession } from './session-model';

interface Seen {
  campaign: Campaign;
  /** The version the user saw. */
  version: number;
}

/**
 * Opens booking now (学校老师通知可开始预约).
 *
 * @throws AppError CAMPAIGN_NOT_READY naming what is missing, CHANGED_MEANWHILE
 */
export async function openBooking(
  world: World,
  by: UserActor,
  { campaign, version }: Seen,
): Promise<Campaign> {
  const missing = [
    ...campaignGaps(campaign).map(({ name }) => `没有填写${name}`),
    ...(await missingTables(campaign._id)).map((table) => `还没有${table}`),
  ];
  if (missing.length > 0) throw new AppError('CAMPAIGN_NOT_READY', { missing: missing.join('，') });
  return change(world, by, campaign._id, version, 'campaign.open', {
    openedAt: world.clock.now(),
    announced: true,
  });
}

/**
 * Ends the collection: from now on no scan admits anyone, and paid bookings without a shot are due for refund.
 *
 * @throws AppError COLLECTION_NOT_OVER, CHANGED_MEANWHILE
 */
export async function closeCollection(
  world: World,
  by: UserActor,
  { campaign, version }: Seen,
): Promise<Campaign> {
  const ends = lastEnd(collectionEnds(campaign), await sessionsOf(campaign._id));
  const now = world.clock.now();
  if (!ends || ends > now) throw new AppError('COLLECTION_NOT_OVER', { ends: ends?.toISOString() });
  return change(world, by, campaign._id, version, 'campaign.close-collection', { collectionClosedAt: now });
}

/** A session that was moved beyond the announced hours is waited for too. */
function lastEnd(ends: Date | null, sessions: readonly Pick<CollectionSession, 'endsAt'>[]): Date | null {
  const all = [...(ends ? [ends] : []), ...sessions.map(({ endsAt }) => endsAt)];
  return all.length === 0 ? null : new Date(Math.max(...all.map((end) => end.getTime())));
}

async function change(
  world: World,
  by: UserActor,
  id: string,
  version: number,
  verb: string,
  facts: Partial<Campaign>,
): Promise<Campaign> {
  const changed = await changeRecord(
    Campaigns,
    { _id: id, schoolId: by.schoolId, version },
    { $set: facts },
    line(world, actorName(by), verb),
  );
  forgetCampaign(id);
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}
