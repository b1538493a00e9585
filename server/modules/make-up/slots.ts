import type { MakeUpChoice, MakeUpGuest, MakeUpSlotView } from '../../../shared/contract/make-up';
import { makeUpStage } from '../../../shared/domain/make-up-slots';
import type { ShanghaiDay } from '../../../shared/domain/time';
import type { World } from '../../world';
import { countBySession } from '../bookings/counts';
import { currentBooking } from '../bookings/find-booking';
import { makeUpBookings } from '../bookings/make-up-guests';
import { allMakeUpSessions, keptMakeUpSessions, offeredMakeUpSessions } from '../campaigns/make-up-sessions';
import type { Campaign } from '../campaigns/model';
import type { CollectionSession } from '../campaigns/session-model';
import { findStudents } from '../roster/find-student';
import type { Student } from '../roster/model';

/** What a student may choose, by day. Nothing before the close of the collection and after the deadline. */
export async function makeUpChoices(
  world: World,
  campaign: Campaign,
  student: Student,
): Promise<{ day: ShanghaiDay; choices: MakeUpChoice[] }[]> {
  const now = world.clock.now();
  if (makeUpStage(campaign, now) !== 'open') return [];
  const [slots, taken, mine] = await Promise.all([
    offeredMakeUpSessions(world, campaign),
    takenIn(campaign._id),
    currentBooking(campaign._id, student._id),
  ]);
  const own = mine?.active ? mine.sessionId : null;
  return byDay(slots, (slot): MakeUpChoice => {
    const left = Math.max(0, slot.capacity - (taken.get(slot._id)?.booked ?? 0));
    return { ...timesOf(slot), left, closedBecause: whyClosed(slot, { left, now, own }) };
  }).map(({ day, slots: choices }) => ({ day, choices }));
}

/** Every day that is offered or has somebody on it, for the office. */
export async function makeUpSlotsOf(
  world: World,
  campaign: Campaign,
): Promise<{ day: ShanghaiDay; slots: MakeUpSlotView[] }[]> {
  const [all, offered, counts] = await Promise.all([
    allMakeUpSessions(world, campaign),
    offeredMakeUpSessions(world, campaign),
    takenIn(campaign._id),
  ]);
  const offeredIds = new Set(offered.map(({ _id }) => _id));
  const shown = all.filter(({ _id }) => offeredIds.has(_id) || (counts.get(_id)?.booked ?? 0) > 0);
  return byDay(shown, (slot) => ({
    ...timesOf(slot),
    capacity: slot.capacity,
    ...(counts.get(slot._id) ?? { booked: 0, arrived: 0, shot: 0 }),
    isStopped: slot.closedToBooking === true,
    isOffered: offeredIds.has(slot._id),
  }));
}

/** Who has a make-up place, in the order of the days. */
export async function makeUpGuests(campaignId: string, day: ShanghaiDay | undefined): Promise<MakeUpGuest[]> {
  const kept = await keptMakeUpSessions(campaignId);
  const sessions = new Map(
    kept.filter((session) => day === undefined || session.day === day).map((one) => [one._id, one]),
  );
  const bookings = await makeUpBookings(campaignId, [...sessions.keys()]);
  const students = await findStudents(bookings.map(({ studentId }) => studentId));
  const byId = new Map(students.map((student) => [student._id, student]));
  return bookings
    .flatMap(({ studentId, sessionId, place, payment, attendance }) => {
      const [student, session] = [byId.get(studentId), sessions.get(sessionId ?? '')];
      if (!student || !session) return [];
      const { studentNo, name, college, className } = student;
      const { startsAt, endsAt } = timesOf(session);
      const isHeld = place === 'held';
      return [
        { studentId, studentNo, name, college, className, startsAt, endsAt, isHeld, payment, attendance },
      ];
    })
    .sort((a, b) => compare(placeOf(a), placeOf(b)));
}

/** Where a guest stands in the order of the days; unique. */
export const placeOf = ({ startsAt, studentNo }: Pick<MakeUpGuest, 'startsAt' | 'studentNo'>): string =>
  `${startsAt} ${studentNo}`;

const takenIn = async (campaignId: string) =>
  countBySession(
    campaignId,
    (await keptMakeUpSessions(campaignId)).map(({ _id }) => _id),
  );

const timesOf = ({ _id, startsAt, endsAt }: CollectionSession) => ({
  id: _id,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

function whyClosed(
  { _id, startsAt, closedToBooking }: CollectionSession,
  { left, now, own }: { left: number; now: Date; own: string | null },
): MakeUpChoice['closedBecause'] {
  if (_id === own) return 'yours_already';
  if (startsAt <= now) return 'over';
  if (closedToBooking) return 'stopped';
  return left === 0 ? 'full' : null;
}

function byDay<T>(
  sessions: readonly CollectionSession[],
  present: (session: CollectionSession) => T,
): { day: ShanghaiDay; slots: T[] }[] {
  const days = new Map<ShanghaiDay, T[]>();
  for (const session of sessions) {
    days.set(session.day, [...(days.get(session.day) ?? []), present(session)]);
  }
  return [...days].map(([day, slots]) => ({ day, slots }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
