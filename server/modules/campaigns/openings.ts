import { type Campaign, Campaigns } from './model';

/** Campaigns whose booking opened, by hand or by date, in `(since, now]`, and whose opening nobody has been told yet. */
export function openingsToTell(since: Date, now: Date): Promise<Campaign[]> {
  const recently = { $gt: since, $lte: now };
  return Campaigns.find({
    $or: [{ openedAt: recently }, { bookingOpensAt: recently }],
    openingTold: { $ne: true },
  }).lean<Campaign[]>();
}

export async function markOpeningTold(campaignId: string): Promise<void> {
  await Campaigns.updateOne({ _id: campaignId }, { $set: { openingTold: true } });
}
