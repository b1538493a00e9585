import { campaignPhase } from '../../../shared/domain/campaign-phase';
import type { World } from '../../world';
import { type Campaign, Campaigns } from './model';

/** Campaigns that students may see, newest first. */
export async function announcedCampaigns(world: Pick<World, 'clock'>): Promise<Campaign[]> {
  const now = world.clock.now();
  const found = await Campaigns.find().sort({ _id: -1 }).limit(200).lean<Campaign[]>();
  return found.filter((campaign) => campaignPhase(campaign, now) !== 'draft');
}

export const campaignsOfSchool = (schoolId: string): Promise<Campaign[]> =>
  Campaigns.find({ schoolId }).sort({ _id: -1 }).limit(200).lean<Campaign[]>();
