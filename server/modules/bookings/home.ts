import type { HomeCard, HomeView } from '../../../shared/contract/bookings';
import { campaignPhase } from '../../../shared/domain/campaign-phase';
import {
  type HomeFacts,
  type HomeKind,
  homeKind,
  photoCheckFrom,
  track,
} from '../../../shared/domain/home-state';
import { makeUpStage } from '../../../shared/domain/make-up-slots';
import { shanghaiDay } from '../../../shared/domain/time';
import type { StudentActor } from '../../http/actor';
import type { World } from '../../world';
import { noticesFor } from '../announcements/notices';
import { newestAnnounced } from '../campaigns/announced';
import { findCampaign, sessionsOf } from '../campaigns/find-campaign';
import type { Campaign } from '../campaigns/model';
import { presentCampaign, presentSession } from '../campaigns/presenter';
import { hasOpenConflict } from '../roster/binding-conflicts';
import { boundStudent, boundStudents } from '../roster/find-student';
import type { Student } from '../roster/model';
import { presentEnrolment } from '../roster/presenter';
import { findIdentity } from '../verification/find-identity';
import { presentIdentity } from '../verification/presenter';
import { bookingParts } from './booking-parts';
import { issueCode } from './codes';
import { currentBooking } from './find-booking';
import { isMissed } from './make-up-rule';
import { type BookingParts, presentBooking } from './presenter';
import { queueEstimate } from './queue-estimate';

/** Everything the home page shows, right after any interruption: it is computed from what is stored, each time. */
export async function home(
  world: World,
  by: StudentActor,
  campaignId: string | undefined,
): Promise<HomeView> {
  const now = world.clock.now();
  const campaign = await campaignFor(by, campaignId);
  if (!campaign)
    return {
      now: now.toISOString(),
      campaign: null,
      card: { kind: 'no_campaign' },
      track: track('no_campaign', { identity: 'none', enrolment: null, booking: null }),
      identity: null,
      enrolment: null,
      booking: null,
      code: null,
      queue: null,
      announcements: [],
    };

  const [identity, student] = await Promise.all([
    findIdentity(by.accountId),
    boundStudent(by.accountId, campaign._id),
  ]);
  const booking = student && (await currentBooking(campaign._id, student._id));
  const parts = booking && (await bookingParts(booking));
  const facts: HomeFacts = {
    phase: campaignPhase(campaign, now),
    today: shanghaiDay(now),
    identity: identity?.status ?? 'none',
    hasConflict: !student && (await hasOpenConflict(by.accountId, campaign._id)),
    enrolment: student && { confirmed: student.confirmedAt !== null },
    makeUpOpen: makeUpStage(campaign, now) === 'open',
    booking: parts && factsOf(parts, campaign, now),
  };
  const kind = homeKind(facts);
  return {
    now: now.toISOString(),
    campaign: presentCampaign(campaign, now),
    card: await card(kind, { campaign, student, parts, now }),
    track: track(kind, facts),
    identity: identity && presentIdentity(identity, campaign, now),
    enrolment: student && presentEnrolment(student),
    booking: parts && presentBooking(parts),
    code: kind === 'booked' && parts ? issueCode(world, parts.booking, codeDay(parts, campaign, now)) : null,
    queue: parts && (await queueEstimate(parts.booking, parts.session, now)),
    announcements: student ? await noticesFor(campaign._id, student._id, now) : [],
  };
}

/** The asked one; else the latest this person is bound to; else the newest announced one. */
async function campaignFor(by: StudentActor, campaignId: string | undefined): Promise<Campaign | null> {
  if (campaignId) return findCampaign(campaignId);
  const [latest] = await boundStudents(by.accountId);
  if (latest) return findCampaign(latest.campaignId);
  return newestAnnounced();
}

const factsOf = ({ booking, order }: BookingParts, campaign: Campaign, now: Date) => ({
  place: booking.place,
  payment: booking.payment,
  attendance: booking.attendance,
  orderOpen: order !== null && (order.state === 'created' || order.state === 'prepaid'),
  holdExpired: booking.holdExpiresAt !== null && booking.holdExpiresAt <= now,
  missed: isMissed(booking, campaign, now),
  shotDay: booking.shotAt && shanghaiDay(booking.shotAt),
});

/** The fixed code is for the session's day; a walk-in has none and gets today's. */
export const codeDay = ({ session }: Pick<BookingParts, 'session'>, campaign: Campaign, now: Date): string =>
  session?.day ?? campaign.collectionDays[0]?.day ?? shanghaiDay(now);

async function card(
  kind: HomeKind,
  {
    campaign,
    student,
    parts,
    now,
  }: { campaign: Campaign; student: Student | null; parts: BookingParts | null; now: Date },
): Promise<HomeCard> {
  switch (kind) {
    case 'not_open':
      return { kind, opensAt: campaign.bookingOpensAt?.toISOString() ?? null };
    case 'book': {
      const own = (await sessionsOf(campaign._id)).find(({ _id }) => _id === student?.sessionId);
      return { kind, ownSession: own ? presentSession(own, campaign.rules.lineUpLeadMinutes) : null };
    }
    case 'make_up':
      return {
        kind,
        until: campaign.makeUp?.deadline ?? shanghaiDay(now),
        isPaid: parts !== null && isMissed(parts.booking, campaign, now),
      };
    case 'check_photo':
      return {
        kind,
        since: photoCheckFrom(shanghaiDay(parts?.booking.shotAt ?? new Date(0))),
        result: parts?.booking.photoCheck?.result ?? null,
      };
    default:
      return { kind };
  }
}
