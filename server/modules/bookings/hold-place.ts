import { campaignPhase } from '../../../shared/domain/campaign-phase';
import { addMinutes } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type StudentActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findCampaign, priceOf } from '../campaigns/find-campaign';
import { keepTimetable } from '../campaigns/keep-timetable';
import { keepMakeUpSession } from '../campaigns/make-up-sessions';
import type { Campaign } from '../campaigns/model';
import type { CollectionSession } from '../campaigns/session-model';
import { studentOf } from '../roster/find-student';
import type { Student } from '../roster/model';
import { withoutReserve } from './bookable-seats';
import { maySit } from './group-rule';
import { isMakeUp, makeUpDayOf, refuseUnlessMakeUpOpen } from './make-up-rule';
import { type Booking, Bookings } from './model';
import { isKnownFullFor } from './seats';
import { takeSeat } from './take-seat';

/** Released this much after the hold ends, so that a payment made in its last second is seen first. */
const GRACE_MS = 1_000;

/**
 * Holds a place: one insert, which two unique indexes accept or refuse. Pressing twice is one hold.
 *
 * @throws AppError CAMPAIGN_NOT_OPEN, CAMPAIGN_CLOSED, SOLD_OUT, NOT_ON_ROSTER, ENROLMENT_NOT_CONFIRMED,
 *   SESSION_NOT_YOURS, SESSION_OVER, TIMETABLE_REPLACED, ALREADY_BOOKED; of a make-up place MAKE_UP_NOT_OPEN,
 *   MAKE_UP_OVER, MAKE_UP_SLOT_CLOSED
 */
export async function holdPlace(
  world: World,
  by: StudentActor,
  session: CollectionSession,
): Promise<Booking> {
  const campaign = await findCampaign(session.campaignId);
  const now = world.clock.now();
  if (isMakeUp(session)) refuseUnlessMakeUpOpen(campaign, session, now);
  else refuseUnlessOpen(campaign, now);
  const seats = withoutReserve(session, campaign);
  if (isKnownFullFor(seats, by.accountId)) throw new AppError('SOLD_OUT');
  const student = await studentOf(by, campaign._id);
  if (!student.confirmedAt) throw new AppError('ENROLMENT_NOT_CONFIRMED');
  if (!maySit(campaign, session, student)) throw new AppError('SESSION_NOT_YOURS');
  if (session.startsAt <= now) throw new AppError('SESSION_OVER');
  if (isMakeUp(session)) await keepMakeUpSession(world, session);
  else await keepTimetable(world, session);

  try {
    return await takeSeat(seats, (seatNo) =>
      insertRecord(Bookings, newHold(world, by, { campaign, session, student, seatNo, now })),
    );
  } catch (error) {
    const isSoldOut = error instanceof AppError && error.code === 'SOLD_OUT';
    if (!isSoldOut && !duplicateKey(error)?.includes('studentId')) throw error;
    const same = await sameHold(student, session);
    if (same) return same;
    throw isSoldOut ? error : new AppError('ALREADY_BOOKED');
  }
}

export function refuseUnlessOpen(campaign: Campaign, now: Date): void {
  const phase = campaignPhase(campaign, now);
  if (phase === 'draft' || phase === 'announced') throw new AppError('CAMPAIGN_NOT_OPEN');
  if (phase !== 'open') throw new AppError('CAMPAIGN_CLOSED');
}

function newHold(
  world: World,
  by: StudentActor,
  facts: { campaign: Campaign; session: CollectionSession; student: Student; seatNo: number; now: Date },
): Booking {
  const { campaign, session, student, seatNo, now } = facts;
  const amountFen = priceOf(campaign);
  const free = amountFen === 0;
  const holdExpiresAt = free ? null : addMinutes(now, campaign.rules.holdMinutes);
  const release =
    holdExpiresAt &&
    world.effects.scheduled('release', 'release-hold', new Date(holdExpiresAt.getTime() + GRACE_MS));
  return {
    ...newRecord(
      world.ids.id(),
      line(world, actorName(by), free ? 'booking.book' : 'booking.hold', { session: session._id, seatNo }),
      release ? [release] : [],
    ),
    schoolId: campaign.schoolId,
    campaignId: campaign._id,
    studentId: student._id,
    accountId: by.accountId,
    channel: 'online',
    sessionId: session._id,
    seatNo,
    ...makeUpDayOf(session),
    active: true,
    place: free ? 'booked' : 'held',
    payment: free ? 'waived' : 'unpaid',
    attendance: 'expected',
    feeItems: campaign.feeItems,
    amountFen,
    holdExpiresAt,
    orderNo: null,
    orderNos: [],
    paidOrderNo: null,
    seeOriginalId: student.binding?.level === 'unverified',
    arrival: null,
    shotAt: null,
    shotKeys: [],
    createdAt: now,
  };
}

/** The answer to the first press may have been lost: the same session again is the same hold, the last seat's too. */
const sameHold = ({ campaignId, _id }: Student, session: CollectionSession): Promise<Booking | null> =>
  Bookings.findOne({
    campaignId,
    studentId: _id,
    active: true,
    place: 'held',
    sessionId: session._id,
  }).lean<Booking>();
