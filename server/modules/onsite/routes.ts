import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { StaffActor, UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { bearerToken } from '../accounts/authenticate';
import { cameraQueue } from '../bookings/attendance-lists';
import { bookingParts } from '../bookings/booking-parts';
import { currentBooking, findBooking } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { presentBooking } from '../bookings/presenter';
import { recordReshoot, recordShot, undoAttendance } from '../bookings/record-attendance';
import { renumberBooking } from '../bookings/renumber-booking';
import { skipNumber } from '../bookings/skip-number';
import { findCampaign } from '../campaigns/find-campaign';
import { requireIdentified } from '../office/identify-caller';
import { addStudent } from '../roster/add-student';
import { correctStudent } from '../roster/correct-student';
import { findStudent, findStudents, searchStudents } from '../roster/find-student';
import { lookAtCollectionCode } from '../roster/look-at-collection-code';
import { board } from './board';
import { listFailedScans } from './list-failed-scans';
import { liveBoard } from './live-board';
import { takeOfflineScans } from './offline-scans';
import { payCode } from './pay-code';
import { presentPerson, presentVerdict } from './presenter';
import { redeem } from './redeem';
import type { Judged } from './scan';
import { takeSnapshot } from './snapshot';
import { takeWalkIn } from './walk-in';

const RETRY_WITHIN_MS = 30_000;

export const onsiteRoutes = (world: World) => {
  const verdict = async (by: StaffActor, judged: Judged) =>
    presentVerdict(judged, (await findCampaign(by.campaignId)).rules.lineUpLeadMinutes);
  const present = async (booking: Booking) => presentBooking(await bookingParts(booking));

  return routes({
    'POST /api/onsite/redeem': async ({ actor, body }) => {
      const scannedAt = believableTime(new Date(body.scannedAt), world.clock.now());
      return verdict(actor, await redeem(world, actor, { ...body, scannedAt, kept: false }));
    },

    'GET /api/onsite/snapshot': async ({ actor, ctx }) => {
      const { takenAt, expiresAt, ...rest } = await takeSnapshot(world, actor, bearerToken(ctx));
      return {
        now: world.clock.now().toISOString(),
        takenAt: takenAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        ...rest,
      };
    },

    'POST /api/onsite/offline-scans': async ({ actor, body }) => ({
      results: await takeOfflineScans(world, actor, body),
      now: world.clock.now().toISOString(),
    }),

    'POST /api/onsite/search': async ({ actor, body }) => {
      const { students, more } = await searchStudents(actor.campaignId, body.q);
      const people = students.map(async (student) =>
        presentPerson(student, await currentBooking(actor.campaignId, student._id)),
      );
      return { people: await Promise.all(people), more };
    },

    'POST /api/onsite/bookings/:id/shot': async ({ actor, params, body }) =>
      present(await recordShot(world, actor, { booking: await bookingHere(actor, params.id), ...body })),

    'POST /api/onsite/bookings/:id/reshoot': async ({ actor, params, body }) =>
      present(await recordReshoot(world, actor, { booking: await bookingHere(actor, params.id), ...body })),

    'POST /api/onsite/bookings/:id/skip': async ({ actor, params, body }) =>
      present(await skipNumber(world, actor, { booking: await bookingHere(actor, params.id), ...body })),

    'POST /api/onsite/bookings/:id/renumber': async ({ actor, params, body }) =>
      present(await renumberBooking(world, actor, { booking: await bookingHere(actor, params.id), ...body })),

    'POST /api/onsite/bookings/:id/undo': async ({ actor, params, body }) =>
      present(await undoAttendance(world, actor, { booking: await bookingHere(actor, params.id), ...body })),

    'GET /api/onsite/queue': async ({ actor, query }) => {
      const day = shanghaiDay(world.clock.now());
      const { waiting, lastShot } = await cameraQueue(actor.campaignId, day, query.room);
      const students = await findStudents([...waiting, ...lastShot].map(({ studentId }) => studentId));
      const byId = new Map(students.map((student) => [student._id, student]));
      const named = ({ _id, studentId, arrival }: Booking) => ({
        bookingId: _id,
        shotNumber: arrival?.shotNumber ?? 0,
        name: byId.get(studentId)?.name ?? '',
      });
      return {
        room: query.room,
        day,
        waiting: waiting.map((booking) => ({
          ...named(booking),
          className: byId.get(booking.studentId)?.className ?? '',
          arrivedAt: (booking.arrival?.at ?? world.clock.now()).toISOString(),
          seeOriginalId: booking.seeOriginalId,
          payment: booking.payment,
          hasCollectionCode: byId.get(booking.studentId)?.collectionCode !== undefined,
        })),
        lastShot: lastShot.map((booking) => ({
          ...named(booking),
          shotAt: (booking.shotAt ?? world.clock.now()).toISOString(),
        })),
      };
    },

    'GET /api/onsite/bookings/:id': async ({ actor, params }) => present(await bookingHere(actor, params.id)),

    'GET /api/onsite/bookings/:id/collection-code': async ({ actor, params }) => {
      const booking = await bookingHere(actor, params.id);
      if (booking.attendance === 'expected') throw new AppError('SHOT_NOT_ARRIVED');
      const student = await findStudent(booking.studentId);
      if (!student) throw new AppError('NOT_FOUND');
      return { text: await lookAtCollectionCode(world, actor, student) };
    },

    'GET /api/onsite/failed-scans': async ({ actor, query }) => ({
      scans: await listFailedScans(actor.campaignId, { ...query, day: shanghaiDay(world.clock.now()) }),
    }),

    'GET /api/onsite/bookings/:id/pay-code': async ({ actor, params }) =>
      payCode(world, await bookingHere(actor, params.id)),

    'POST /api/onsite/students': async ({ actor, body }) => {
      const campaign = await findCampaign(actor.campaignId);
      const student = await addStudent(world, actor, { campaign, facts: body });
      return presentPerson(student, await currentBooking(campaign._id, student._id));
    },

    'POST /api/onsite/walk-ins': async ({ actor, body }) =>
      verdict(actor, await takeWalkIn(world, actor, body)),

    'POST /api/onsite/students/:id/correct': async ({ actor, params, body }) => {
      const student = await findStudent(params.id);
      if (!student || !isInScope(actor, student)) throw new AppError('NOT_FOUND');
      if (actor.kind === 'user') await requireIdentified(world, actor, student);
      const corrected = await correctStudent(world, actor, { student, correction: body });
      const booking = await currentBooking(student.campaignId, student._id);
      return { version: corrected.version, person: presentPerson(corrected, booking) };
    },

    'GET /api/onsite/board': async ({ actor, query }) => {
      const now = world.clock.now();
      const day = query.day ?? shanghaiDay(now);
      const [rows, live] = await Promise.all([
        board(actor.campaignId, day),
        liveBoard(actor.campaignId, day, now),
      ]);
      return { day, rows, rooms: live.rooms.map(({ sessions: _, ...pace }) => pace) };
    },
  });
};

/** An answer that was lost is asked for again within seconds; a phone whose clock says anything else is wrong. */
function believableTime(scannedAt: Date, now: Date): Date {
  const age = now.getTime() - scannedAt.getTime();
  return age >= 0 && age <= RETRY_WITHIN_MS ? scannedAt : now;
}

async function bookingHere(by: StaffActor, id: string): Promise<Booking> {
  const booking = await findBooking(id);
  if (booking?.campaignId !== by.campaignId) throw new AppError('NOT_FOUND');
  return booking;
}

const isInScope = (
  actor: StaffActor | UserActor,
  subject: { schoolId: string; campaignId: string },
): boolean =>
  actor.kind === 'device' ? actor.campaignId === subject.campaignId : actor.schoolId === subject.schoolId;
