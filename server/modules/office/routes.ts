import { shanghaiStamp } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import { dataUrl } from '../../platform/blobs/data-url';
import { writeXlsx } from '../../platform/tables/write-xlsx';
import type { World } from '../../world';
import { recordLook } from '../audit/record-look';
import { bookingParts } from '../bookings/booking-parts';
import { cancelByOffice, moveBooking } from '../bookings/change-by-office';
import { findBooking } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { presentBooking } from '../bookings/presenter';
import { countOwed } from '../bookings/thin-bookings';
import { askWaiver, decideWaiver } from '../bookings/waive-debt';
import { findFreshCampaign, findOwnCampaign, sessionsOf } from '../campaigns/find-campaign';
import { findBookable, findSession } from '../campaigns/find-session';
import { cancelHeld } from '../payments/release-hold';
import { acceptCorrection, countOpenCorrections, refuseCorrection } from '../roster/answer-correction';
import { countOpenConflicts, findConflict } from '../roster/binding-conflicts';
import { decideConflict, unbindStudent } from '../roster/decide-conflict';
import { boundStudent } from '../roster/find-student';
import { lookAtProof } from '../roster/look-at-proof';
import { matchStudents } from '../roster/match-students';
import type { Student } from '../roster/model';
import { placeStudents, releasePlacement } from '../roster/place-students';
import { presentEnrolment } from '../roster/presenter';
import { tryClaim } from '../roster/try-claim';
import { findIdentity } from '../verification/find-identity';
import { knownPersonOf } from '../verification/other-ways';
import { identitiesClaiming, resetAttempts } from '../verification/reset-attempts';
import {
  countOpenReviews,
  decideReview,
  findReview,
  openReviews,
  reviewAskedAt,
  studentBehind,
} from '../verification/review';
import { collegeTimetables } from './college-timetables';
import { studentsSheet } from './export-students';
import { identifyCaller, requireIdentified } from './identify-caller';
import { findStudentsOf, type StudentFilter } from './list-students';
import { ordersOf, presentRow, sessionsById } from './presenter';
import { progressOf } from './progress';
import {
  openReview,
  presentConflicts,
  presentCorrections,
  presentOwed,
  presentReview,
  presentUnmatched,
} from './queues';
import { forgetStandings, standingsOf } from './standings';
import { findStudentFor, studentFile } from './student-file';

export const officeRoutes = (world: World) => {
  const changedBooking = async (booking: Booking) => {
    forgetStandings(booking.campaignId);
    return presentBooking(await bookingParts(booking));
  };
  const changedStudent = (student: Student) => {
    forgetStandings(student.campaignId);
    return presentEnrolment(student);
  };

  return routes({
    'POST /api/console/campaigns/:id/find-students': async ({ actor, params, body }) => {
      const { _id } = await findOwnCampaign(actor, params.id);
      const { page, size, descending, order, ...filter } = body;
      const sessions = await sessionsById(_id);
      const { found, ...rest } = await findStudentsOf(actor, _id, filter, ordersOf(sessions), {
        order,
        descending,
      });
      const rows = found.slice((page - 1) * size, page * size);
      return { students: rows.map((row) => presentRow(actor, row, sessions)), total: found.length, ...rest };
    },

    'POST /api/console/campaigns/:id/find-students/export': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const sessions = await sessionsById(campaign._id);
      const sort = { order: 'studentNo' as const, descending: false };
      const { found } = await findStudentsOf(actor, campaign._id, body, ordersOf(sessions), sort);
      const facts = { rows: found.length, ...filterFacts(body) };
      await recordLook(world, actor, { verb: 'export', subject: `campaign:${campaign._id}`, facts });
      const now = shanghaiStamp(world.clock.now());
      const title = [campaign.name, `${found.length} 人，${actor.name} 导出于 ${now}`];
      return {
        name: `学生与预约-${now.slice(0, 10)}.xlsx`,
        body: writeXlsx([studentsSheet(actor, title, found, sessions)]),
      };
    },

    'POST /api/console/campaigns/:id/identify-caller': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const student = await identifyCaller(world, actor, { campaign, facts: body });
      return { studentId: student._id };
    },

    'GET /api/console/students/:id': async ({ actor, params }) => {
      const student = await findStudentFor(actor, params.id);
      await requireIdentified(world, actor, student);
      return studentFile(world, actor, student);
    },

    'POST /api/console/bookings/:id/move': async ({ actor, params, body }) => {
      const booking = await bookingOfCaller(world, actor, params.id);
      // Where the sessions are at this moment is what the student is told.
      const campaign = await findFreshCampaign(actor, booking.campaignId);
      const to = await findBookable(world, campaign, body.sessionId);
      const from = booking.sessionId ? await findSession(booking.campaignId, booking.sessionId) : null;
      return changedBooking(await moveBooking(world, actor, { booking, from, to, ...body }));
    },

    'POST /api/console/bookings/:id/cancel': async ({ actor, params, body }) => {
      const booking = await bookingOfCaller(world, actor, params.id);
      if (booking.place !== 'held')
        return changedBooking(await cancelByOffice(world, actor, { booking, ...body }));
      if (booking.version !== body.version) throw new AppError('CHANGED_MEANWHILE');
      return changedBooking(await cancelHeld(world, actorName(actor), booking));
    },

    'POST /api/console/bookings/:id/waiver': async ({ actor, params, body }) =>
      changedBooking(await askWaiver(world, actor, { booking: await bookingFor(actor, params.id), ...body })),

    'POST /api/console/bookings/:id/waiver/decide': async ({ actor, params, body }) =>
      changedBooking(
        await decideWaiver(world, actor, { booking: await bookingFor(actor, params.id), ...body }),
      ),

    'POST /api/console/students/:id/unbind': async ({ actor, params, body }) => {
      const student = await findStudentFor(actor, params.id);
      await requireIdentified(world, actor, student);
      return changedStudent(await unbindStudent(world, actor, { student, ...body }));
    },

    'POST /api/console/students/:id/refuse-correction': async ({ actor, params, body }) =>
      changedStudent(
        await refuseCorrection(world, actor, { student: await findStudentFor(actor, params.id), ...body }),
      ),

    'POST /api/console/students/:id/open-proof': async ({ actor, params }) => {
      const proof = await lookAtProof(world, actor, await findStudentFor(actor, params.id));
      return { dataUrl: proof ? dataUrl(proof) : null };
    },

    'POST /api/console/students/:id/accept-correction': async ({ actor, params, body }) =>
      changedStudent(
        await acceptCorrection(world, actor, { student: await findStudentFor(actor, params.id), ...body }),
      ),

    'POST /api/console/identities/:id/reset-attempts': async ({ actor, params, body }) => {
      const student = await findStudentFor(actor, body.studentId);
      await requireIdentified(world, actor, student);
      const identity = await findIdentity(params.id);
      const claiming = student.documentIndex ? await identitiesClaiming(student.documentIndex) : [];
      const isTheirs =
        student.binding?.accountId === params.id || claiming.some(({ _id }) => _id === params.id);
      if (!identity || !isTheirs) throw new AppError('NOT_FOUND');
      await resetAttempts(world, actor, { identity, ...body });
    },

    'GET /api/console/campaigns/:id/todo': async ({ actor, params }) => {
      const { _id, schoolId } = await findOwnCampaign(actor, params.id);
      const [reviews, conflicts, corrections, owed, standings] = await Promise.all([
        countOpenReviews(schoolId),
        countOpenConflicts(_id),
        countOpenCorrections(_id),
        countOwed(_id),
        standingsOf(_id),
      ]);
      const unmatched = standings.filter(({ keys }) => keys.has('unmatched')).length;
      return { reviews, conflicts, corrections, owed, unmatched };
    },

    'GET /api/console/campaigns/:id/reviews': async ({ actor, params }) => {
      const { schoolId } = await findOwnCampaign(actor, params.id);
      const reviews = await openReviews(schoolId);
      reviews.sort((a, b) => reviewAskedAt(a).getTime() - reviewAskedAt(b).getTime());
      return { reviews: reviews.map(presentReview) };
    },

    'POST /api/console/campaigns/:id/reviews/:accountId/open': async ({ actor, params }) => {
      const { _id } = await findOwnCampaign(actor, params.id);
      const identity = await findReview(actor, params.accountId);
      return openReview(world, actor, { identity, campaignId: _id });
    },

    'POST /api/console/campaigns/:id/reviews/:accountId/decide': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const identity = await findReview(actor, params.accountId);
      const decided = await decideReview(world, actor, { identity, ...body });
      if (decided.status === 'verified') {
        await tryClaim(world, studentBehind(decided), campaign, knownPersonOf(world, decided));
        forgetStandings(campaign._id);
      }
      const isBound = (await boundStudent(decided._id, campaign._id)) !== null;
      return { status: decided.status, isBound };
    },

    'GET /api/console/campaigns/:id/conflicts': async ({ actor, params }) => ({
      conflicts: await presentConflicts((await findOwnCampaign(actor, params.id))._id),
    }),

    'POST /api/console/conflicts/:id/decide': async ({ actor, params, body }) => {
      const conflict = await findConflict(params.id);
      if (conflict?.schoolId !== actor.schoolId) throw new AppError('NOT_FOUND');
      const claimant = await findIdentity(conflict.claimantAccountId);
      const level = claimant?.status === 'verified' ? 'verified' : 'unverified';
      await decideConflict(world, actor, { conflict, level, ...body });
      forgetStandings(conflict.campaignId);
    },

    'GET /api/console/campaigns/:id/corrections': async ({ actor, params }) => ({
      corrections: await presentCorrections(world, (await findOwnCampaign(actor, params.id))._id),
    }),

    'GET /api/console/campaigns/:id/owed': async ({ actor, params }) =>
      presentOwed(actor, (await findOwnCampaign(actor, params.id))._id),

    'GET /api/console/campaigns/:id/unmatched': async ({ actor, params }) => ({
      groups: await presentUnmatched(actor, (await findOwnCampaign(actor, params.id))._id),
    }),

    'POST /api/console/campaigns/:id/place-students': async ({ actor, params, body }) => {
      const { _id: campaignId } = await findOwnCampaign(actor, params.id);
      const { sessionId, studentIds } = body;
      const isThere = (await sessionsOf(campaignId)).some(({ _id }) => _id === sessionId);
      if (sessionId !== null && !isThere) throw new AppError('NOT_FOUND');
      const placed =
        sessionId === null
          ? await releasePlacement(world, actor, { campaignId, studentIds })
          : await placeStudents(world, actor, { campaignId, studentIds, sessionId });
      if (sessionId === null) await matchStudents(campaignId);
      forgetStandings(campaignId);
      return { placed };
    },

    'GET /api/console/campaigns/:id/college-timetables': async ({ actor, params }) => ({
      lines: await collegeTimetables(actor, (await findOwnCampaign(actor, params.id))._id),
    }),

    'GET /api/console/campaigns/:id/progress': async ({ actor, params }) =>
      progressOf(actor, (await findOwnCampaign(actor, params.id))._id),
  });
};

async function bookingFor(by: UserActor, id: string): Promise<Booking> {
  const booking = await findBooking(id);
  if (booking?.schoolId !== by.schoolId) throw new AppError('NOT_FOUND');
  return booking;
}

/** Which part of the list was taken; a search may name a person and is only said to have been one. */
const filterFacts = ({ standing, college, major, className, q }: StudentFilter) => ({
  ...(standing ? { standing } : {}),
  ...(college ? { college } : {}),
  ...(major ? { major } : {}),
  ...(className ? { className } : {}),
  ...(q ? { searched: true } : {}),
});

/** For what is done on a caller's word. */
async function bookingOfCaller(world: World, by: UserActor, id: string): Promise<Booking> {
  const booking = await bookingFor(by, id);
  await requireIdentified(world, by, { _id: booking.studentId });
  return booking;
}
