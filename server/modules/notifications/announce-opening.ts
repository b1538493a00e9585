import { campaignPhase } from '../../../shared/domain/campaign-phase';
import { addMinutes } from '../../../shared/domain/time';
import type { World } from '../../world';
import type { Campaign } from '../campaigns/model';
import { markOpeningTold, openingsToTell } from '../campaigns/openings';
import { type Accept, Accepts } from './accept-model';
import { planMessages } from './plan-messages';

/** Openings that are longer ago are no news. */
const LOOK_BACK_MINUTES = 14 * 24 * 60;
const BATCH = 500;

/**
 * For a sweep: tells everybody who asked for it that booking has opened, by hand or by date. Whoever asks later, while
 * it is open, has seen it open. Planning again plans nothing new.
 */
export async function announceOpenings(world: World): Promise<void> {
  const now = world.clock.now();
  const since = addMinutes(now, -LOOK_BACK_MINUTES);
  const campaigns = await openingsToTell(since, now);
  for (const campaign of campaigns) {
    if (campaignPhase(campaign, now) !== 'open') continue;
    await tellAll(world, campaign);
    await markOpeningTold(campaign._id);
  }
}

async function tellAll(world: World, campaign: Campaign): Promise<void> {
  let after = '';
  for (;;) {
    const accepts = await Accepts.find({
      campaignId: campaign._id,
      kind: 'opening',
      left: { $gt: 0 },
      _id: { $gt: after },
    })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<Accept[]>();
    await planMessages(
      world,
      accepts.map(({ accountId }) => ({
        kind: 'opening',
        about: `${campaign._id}:${accountId}`,
        subjectId: campaign._id,
        accountId,
        campaignId: campaign._id,
        schoolId: campaign.schoolId,
        dueAt: world.clock.now(),
        ...(campaign.bookingClosesAt ? { expiresAt: campaign.bookingClosesAt } : {}),
      })),
    );
    after = accepts.at(-1)?._id ?? '';
    if (accepts.length < BATCH) return;
  }
}
