import type { StudentFile } from '../../../shared/contract/office';
import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import type { World } from '../../world';
import { namesOf } from '../accounts/names-of';
import { timeLineOf } from '../audit/read-audit';
import type { Booking } from '../bookings/model';
import { presentBooking } from '../bookings/presenter';
import { bookingsOfStudent } from '../bookings/thin-bookings';
import { findCampaign } from '../campaigns/find-campaign';
import { allSessionsOf } from '../campaigns/find-session';
import type { Campaign } from '../campaigns/model';
import { presentSession } from '../campaigns/presenter';
import type { CollectionSession } from '../campaigns/session-model';
import { ordersOfBookings } from '../payments/find-order';
import type { Order } from '../payments/model';
import { presentOnFile } from '../payments/present-on-file';
import { presentRequest } from '../roster/answer-correction';
import { findStudent } from '../roster/find-student';
import type { Student } from '../roster/model';
import { nameFor } from '../roster/name-for';
import { presentEnrolment } from '../roster/presenter';
import { attemptsLeft } from '../verification/attempt-rules';
import { findIdentity } from '../verification/find-identity';
import type { Identity } from '../verification/model';
import { identitiesClaiming } from '../verification/reset-attempts';
import { inScope } from './standings';

/** @throws AppError NOT_FOUND, also for another school's or another college's */
export async function findStudentFor(by: UserActor, studentId: string): Promise<Student> {
  const student = await findStudent(studentId);
  if (student?.schoolId !== by.schoolId || !inScope(by, student)) throw new AppError('NOT_FOUND');
  return student;
}

/** All that is known of one student, as the office may see it. */
export async function studentFile(world: World, by: UserActor, student: Student): Promise<StudentFile> {
  const [campaign, sessions, bookings, identities] = await Promise.all([
    findCampaign(student.campaignId),
    allSessionsOf(student.campaignId),
    bookingsOfStudent(student._id),
    identitiesOf(student),
  ]);
  const orders = await ordersOfBookings(bookings.map(({ _id }) => _id));
  const [timeLine, askers] = await Promise.all([
    timeLineOf(by, [
      { kind: 'student', record: student },
      ...identities.map((record) => ({ kind: 'identity', record })),
      ...bookings.map((record) => ({ kind: 'booking', record })),
      ...orders.map((record) => ({ kind: 'order', record })),
    ]),
    namesOf(
      by.schoolId,
      bookings.flatMap(({ waiver }) => (waiver ? [waiver.askedBy] : [])),
    ),
  ]);
  const own = sessions.find(({ _id }) => _id === student.sessionId);
  return {
    student: {
      ...presentEnrolment(student),
      name: nameFor(by, student.name),
      sessionId: student.sessionId,
      unmatchedBecause: student.unmatchedBecause,
      placedByOffice: student.placedByOffice === true,
      binding: student.binding && { level: student.binding.level, at: student.binding.at.toISOString() },
      request: requestFor(by, presentRequest(world, student)),
      removedAt: student.removedAt?.toISOString() ?? null,
    },
    session: own ? presentSession(own, campaign.rules.lineUpLeadMinutes) : null,
    identities: identities.map((identity) => presentAttempts(world, identity, student, campaign)),
    bookings: bookings.map((booking) => ({
      ...presentWithOrders(by, booking, { campaign, sessions, orders }),
      waiverAskedBy: booking.waiver ? (askers[booking.waiver.askedBy] ?? booking.waiver.askedBy) : null,
    })),
    ...timeLine,
  };
}

/** A proposed name is a name. */
const requestFor = (by: UserActor, request: ReturnType<typeof presentRequest>) =>
  request?.field === 'name' ? { ...request, proposed: nameFor(by, request.proposed) } : request;

/** Who acts for the student, and who tried to verify with the student's document. */
async function identitiesOf(student: Student): Promise<Identity[]> {
  const [bound, claiming] = await Promise.all([
    student.binding ? findIdentity(student.binding.accountId) : null,
    student.documentIndex ? identitiesClaiming(student.documentIndex) : [],
  ]);
  const others = claiming.filter(({ _id }) => _id !== bound?._id);
  return bound ? [bound, ...others] : others;
}

const presentAttempts = (world: World, identity: Identity, student: Student, campaign: Campaign) => ({
  accountId: identity._id,
  isBound: identity._id === student.binding?.accountId,
  status: identity.status,
  attempts: identity.attempts.map(({ at, cardLastFour, result, counts }) => ({
    at: at.toISOString(),
    cardLastFour,
    result,
    counts,
  })),
  attemptsLeft: attemptsLeft(identity, campaign.rules.verificationAttempts, world.clock.now()),
  version: identity.version,
});

function presentWithOrders(
  by: UserActor,
  booking: Booking,
  {
    campaign,
    sessions,
    orders,
  }: { campaign: Campaign; sessions: readonly CollectionSession[]; orders: readonly Order[] },
) {
  const own = orders.filter(({ bookingId }) => bookingId === booking._id);
  const session = sessions.find(({ _id }) => _id === booking.sessionId) ?? null;
  const counting = own.find(({ _id }) => _id === booking.paidOrderNo) ?? own[0] ?? null;
  return {
    ...presentBooking({ booking, campaign, session, order: counting }),
    orders: own.filter(({ appid }) => appid !== '').map((order) => presentOnFile(by, order)),
  };
}
