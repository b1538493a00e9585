import { DEMO_BUILDING, DEMO_CAMPAIGN, DEMO_DAY, DEMO_SCHOOL } from '../../../server/demo/notice-2023';
import { NOTICE_ROWS } from '../../../server/demo/notice-2023-rows';
import type { CampaignView, SessionView } from '../../../shared/contract/campaigns';
import { campaignPhase } from '../../../shared/domain/campaign-phase';
import { addMinutes, atShanghai } from '../../../shared/domain/time';

export const CAMPAIGN_ID = 'c00000000000000000000001';

/** The notice's campaign as students see it. */
export function campaignAt(
  now: Date,
  { collectionClosedAt, makeUpBookable }: { collectionClosedAt: Date | null; makeUpBookable: boolean },
): CampaignView {
  const { makeUp } = DEMO_CAMPAIGN;
  const { bookingOpensAt, bookingClosesAt, collectionDays, announced } = DEMO_CAMPAIGN;
  const phase = campaignPhase(
    {
      announced: announced ?? true,
      openedAt: null,
      bookingOpensAt: bookingOpensAt === null ? null : new Date(bookingOpensAt),
      bookingClosesAt: bookingClosesAt === null ? null : new Date(bookingClosesAt),
      collectionDays,
      collectionClosedAt,
    },
    now,
  );
  const priceFen = DEMO_CAMPAIGN.feeItems.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return {
    ...DEMO_CAMPAIGN,
    announced: announced ?? true,
    makeUp: makeUp && {
      ...makeUp,
      bookable: makeUpBookable ? { slotMinutes: 60, placesPerSlot: 6 } : null,
    },
    id: CAMPAIGN_ID,
    schoolName: DEMO_SCHOOL.name,
    phase,
    priceFen,
    version: 1,
  };
}

/** The notice's 103 rows as sessions, in order. */
export const SESSIONS: readonly SessionView[] = Object.entries(NOTICE_ROWS)
  .flatMap(([room, rows]) => rows.map((row) => ({ room, row })))
  .map(({ room, row: [title, headcount, from, to, remark = ''] }, index) => ({
    id: `5${String(index).padStart(23, '0')}`,
    room,
    building: DEMO_BUILDING,
    day: DEMO_DAY,
    startsAt: atShanghai(DEMO_DAY, from).toISOString(),
    endsAt: atShanghai(DEMO_DAY, to).toISOString(),
    lineUpAt: addMinutes(atShanghai(DEMO_DAY, from), -15).toISOString(),
    title,
    majors: [title],
    remark,
    headcount,
    capacity: headcount,
    isMakeUp: false,
  }));

export function sessionOf(title: string): SessionView {
  const session = SESSIONS.find((each) => each.title === title);
  if (!session) throw new RangeError(`no session for ${title}`);
  return session;
}
