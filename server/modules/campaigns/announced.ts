import { type Campaign, Campaigns } from './model';

/** Said to the database what `campaignPhase` says of a campaign in hand: it is no draft. */
const ANNOUNCED = {
  $or: [
    { announced: true },
    { openedAt: { $ne: null } },
    { bookingOpensAt: { $ne: null } },
    { collectionClosedAt: { $ne: null } },
  ],
};

/** Campaigns that students may see, newest first: the newest 200. Drafts, of whichever school, displace none. */
export const announcedCampaigns = (): Promise<Campaign[]> =>
  Campaigns.find(ANNOUNCED).sort({ _id: -1 }).limit(200).lean<Campaign[]>();

export const newestAnnounced = (): Promise<Campaign | null> =>
  Campaigns.findOne(ANNOUNCED).sort({ _id: -1 }).lean<Campaign>();

export const campaignsOfSchool = (schoolId: string): Promise<Campaign[]> =>
  Campaigns.find({ schoolId }).sort({ _id: -1 }).limit(200).lean<Campaign[]>();
