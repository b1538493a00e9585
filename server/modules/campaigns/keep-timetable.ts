import { AppError } from '../../errors';
import type { World } from '../../world';
import { findCampaign, forgetCampaign, noteKept } from './find-campaign';
import { type Campaign, Campaigns } from './model';
import type { CollectionSession } from './session-model';

/** So long places may be taken without asking again; it is renewed when half of it is over. */
const KEPT_MS = 10 * 60_000;

/** One renewal for all who take places at the same moment. */
const underWay = new Map<string, Promise<boolean>>();

/**
 * Before a place is taken: the timetable it belongs to is not replaced for at least `KEPT_MS / 2`, far longer than any
 * write lasts. A lease on the campaign, so that a rush costs one write in five minutes. Whoever replaces the timetable
 * does so by a compare-and-set on the same lease: one of the two is refused. See docs/decisions/005.
 *
 * @throws AppError TIMETABLE_REPLACED
 */
export async function keepTimetable(
  world: Pick<World, 'clock'>,
  { campaignId, timetable }: Pick<CollectionSession, 'campaignId' | 'timetable'>,
): Promise<void> {
  const campaign = await findCampaign(campaignId);
  const now = world.clock.now();
  if (campaign.timetable === timetable && keptForMs(campaign, now) > KEPT_MS / 2) return;
  if (await renew(campaignId, timetable, new Date(now.getTime() + KEPT_MS))) return;
  forgetCampaign(campaignId);
  throw new AppError('TIMETABLE_REPLACED');
}

/** @returns how long the timetable cannot be replaced because places may be under way; 0 when it can */
export const keptForMs = ({ timetableKeptUntil }: Pick<Campaign, 'timetableKeptUntil'>, now: Date): number =>
  Math.max(0, (timetableKeptUntil?.getTime() ?? 0) - now.getTime());

function renew(campaignId: string, timetable: string, until: Date): Promise<boolean> {
  const key = `${campaignId} ${timetable}`;
  const renewal =
    underWay.get(key) ?? write(campaignId, timetable, until).finally(() => underWay.delete(key));
  underWay.set(key, renewal);
  return renewal;
}

/** No change of the record: nobody's version is older for it. */
async function write(campaignId: string, timetable: string, timetableKeptUntil: Date): Promise<boolean> {
  const { matchedCount } = await Campaigns.updateOne(
    { _id: campaignId, timetable },
    { $set: { timetableKeptUntil } },
  );
  if (matchedCount === 1) noteKept(campaignId, timetableKeptUntil);
  return matchedCount === 1;
}
