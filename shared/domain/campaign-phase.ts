import { atShanghai, type ShanghaiDay } from './time';

/** draft: nobody sees it · announced: seen, not bookable · open · closed: no more booking · collecting · over: no more scans */
export type CampaignPhase = 'draft' | 'announced' | 'open' | 'closed' | 'collecting' | 'over';

export interface CampaignDates {
  announced: boolean;
  /** Opened by hand. */
  openedAt: Date | null;
  /** Opens by itself. */
  bookingOpensAt: Date | null;
  bookingClosesAt: Date | null;
  collectionDays: readonly { day: ShanghaiDay; hours: readonly { from: string; to: string }[] }[];
  collectionClosedAt: Date | null;
}

/** Students can book until the collection begins, unless the office ends booking earlier. */
export function campaignPhase(campaign: CampaignDates, now: Date): CampaignPhase {
  if (campaign.collectionClosedAt) return 'over';
  const opened = campaign.openedAt ?? campaign.bookingOpensAt;
  if (!opened || opened > now) return campaign.announced || opened ? 'announced' : 'draft';
  const begins = collectionBegins(campaign);
  if (begins && begins <= now) return 'collecting';
  if (campaign.bookingClosesAt && campaign.bookingClosesAt <= now) return 'closed';
  return 'open';
}

/** Midnight before the first collection day: from then on only staff change anything. */
export function collectionBegins({ collectionDays }: Pick<CampaignDates, 'collectionDays'>): Date | null {
  const [first] = collectionDays.map(({ day }) => day).sort();
  return first === undefined ? null : atShanghai(first);
}

/** The end of the last hours of the last day. */
export function collectionEnds({ collectionDays }: Pick<CampaignDates, 'collectionDays'>): Date | null {
  const ends = collectionDays.flatMap(({ day, hours }) =>
    hours.map(({ to }) => atShanghai(day, to).getTime()),
  );
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}
