import type { TimetableChangeView } from '../../../shared/contract/timetable-changes';
import { maskName } from '../../../shared/domain/person-name';
import { AppError } from '../../errors';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { acknowledgeMove } from '../bookings/acknowledge-move';
import { findOwnBooking } from '../bookings/find-booking';
import type { Booking } from '../bookings/model';
import { bookingsTold, bookingsToTell, countTold, type ToldCounts } from '../bookings/told-bookings';
import { findStudents } from '../roster/find-student';
import { applyTimetableChange } from './apply-timetable-change';
import { findFreshCampaign, findOwnCampaign } from './find-campaign';
import { planTimetableChange } from './plan-timetable-change';
import { presentPlacement } from './presenter';
import { raiseCapacity } from './raise-capacity';
import { type TimetableChange, TimetableChanges } from './timetable-change-model';

export const timetableChangeRoutes = (world: World) =>
  routes({
    'POST /api/console/campaigns/:id/timetable-changes/preview': async ({ actor, params, body }) => {
      const campaign = await findFreshCampaign(actor, params.id);
      const { moved, arrived, conflicts, collectionDays } = await planTimetableChange(
        world,
        campaign,
        body.move,
      );
      const told = await bookingsToTell(
        campaign._id,
        moved.map(({ session }) => session._id),
      );
      return {
        version: campaign.version,
        sessions: moved.map(({ session, to }) => ({
          sessionId: session._id,
          title: session.title,
          from: presentPlacement(session),
          to: presentPlacement(to),
          affected: told.filter(({ sessionId }) => sessionId === session._id).length,
          arrived: arrived.get(session._id) ?? 0,
        })),
        affected: {
          students: told.length,
          paid: told.filter(({ payment }) => payment === 'paid').length,
          colleges: await countColleges(told),
        },
        conflicts,
        days: collectionDays.map(({ day }) => day),
      };
    },

    'POST /api/console/campaigns/:id/timetable-changes': async ({ actor, params, body }) =>
      presentChange(await applyTimetableChange(world, actor, params.id, body), await countTold(params.id)),

    'GET /api/console/campaigns/:id/timetable-changes': async ({ actor, params }) => {
      const { _id, timetableChanges = [] } = await findOwnCampaign(actor, params.id);
      const [changes, counts] = await Promise.all([
        TimetableChanges.find({ _id: { $in: timetableChanges } }).lean<TimetableChange[]>(),
        countTold(_id),
      ]);
      const newestFirst = changes.sort((a, b) => b.changeNo - a.changeNo);
      return { changes: newestFirst.map((change) => presentChange(change, counts)) };
    },

    'GET /api/console/campaigns/:id/timetable-changes/:changeId/students': async ({ actor, params }) => {
      const { _id, timetableChanges = [] } = await findOwnCampaign(actor, params.id);
      if (!timetableChanges.includes(params.changeId)) throw new AppError('NOT_FOUND');
      return { students: await presentTold(await bookingsTold(_id, params.changeId)) };
    },

    'POST /api/console/campaigns/:id/sessions/:sessionId/capacity': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const { capacity, version } = await raiseCapacity(world, actor, {
        campaign,
        sessionId: params.sessionId,
        ...body,
      });
      return { capacity, version };
    },

    'POST /api/me/bookings/:id/acknowledge-move': async ({ actor, params, body }) => {
      await acknowledgeMove(world, actor, await findOwnBooking(actor, params.id), body.changeId);
      return undefined;
    },
  });

const presentChange = (
  change: TimetableChange,
  counts: ReadonlyMap<string, ToldCounts>,
): TimetableChangeView => ({
  id: change._id,
  at: change.at.toISOString(),
  by: change.by,
  reason: change.reason,
  sessions: change.moves.map(({ sessionId, title, from, to }) => ({
    sessionId,
    title,
    from: presentPlacement(from),
    to: presentPlacement(to),
  })),
  ...(counts.get(change._id) ?? { told: 0, acknowledged: 0, cancelled: 0 }),
  carriedOut: change.carriedOutAt !== null,
});

async function countColleges(bookings: readonly Booking[]): Promise<{ college: string; students: number }[]> {
  const counts = new Map<string, number>();
  for (const { college } of await findStudents(bookings.map(({ studentId }) => studentId)))
    counts.set(college, (counts.get(college) ?? 0) + 1);
  return [...counts]
    .map(([college, students]) => ({ college, students }))
    .sort((a, b) => b.students - a.students);
}

const STATES = ['told', 'acknowledged', 'cancelled'] as const;

async function presentTold(bookings: readonly Booking[]) {
  const students = await findStudents(bookings.map(({ studentId }) => studentId));
  const byId = new Map(students.map((student) => [student._id, student]));
  return bookings
    .map((booking) => {
      const student = byId.get(booking.studentId);
      return {
        studentNo: student?.studentNo ?? '',
        name: maskName(student?.name ?? ''),
        college: student?.college ?? '',
        className: student?.className ?? '',
        state: stateOf(booking),
      };
    })
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
}

function stateOf({ active, moved }: Booking): (typeof STATES)[number] {
  if (!active) return 'cancelled';
  return moved?.acknowledgedAt ? 'acknowledged' : 'told';
}
