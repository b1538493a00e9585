import { STANDINGS, type StandingKey } from '../../../shared/domain/standings';
import type { UserActor } from '../../http/actor';
import { createRemembered } from '../../platform/remembered';
import { type ThinBooking, thinBookingsOf } from '../bookings/thin-bookings';
import { type ThinStudent, thinStudentsOf } from '../roster/thin-students';

/** A student and the booking that counts, and what follows from the two. */
export interface Standing {
  student: ThinStudent;
  booking: ThinBooking | null;
  keys: ReadonlySet<StandingKey>;
}

/** So old may the list be on this or another instance; what this process changes it sees at once. */
const CACHE_MS = 3_000;
const known = createRemembered<readonly Standing[]>({ max: 50, ttlMs: CACHE_MS });

/**
 * Every student of a campaign with the standing. Students and bookings are joined here rather than by the database:
 * two reads serve the list, its counts and the progress of the colleges, whoever asks within seconds.
 */
export const standingsOf = (campaignId: string): Promise<readonly Standing[]> =>
  known.get(campaignId, () => readStandings(campaignId));

/** The colleges that students of the campaign belong to. */
export const collegesOf = async (campaignId: string): Promise<string[]> =>
  [...new Set((await standingsOf(campaignId)).map(({ student }) => student.college))].sort(
    new Intl.Collator('zh-CN').compare,
  );

export const forgetStandings = (campaignId: string): void => known.forget(campaignId);

/** A college secretary sees the own colleges only. */
export const inScope = ({ role, colleges }: UserActor, { college }: { college: string }): boolean =>
  role !== 'college' || colleges.includes(college);

async function readStandings(campaignId: string): Promise<readonly Standing[]> {
  const [students, bookings] = await Promise.all([thinStudentsOf(campaignId), thinBookingsOf(campaignId)]);
  const counting = new Map<string, ThinBooking>();
  for (const booking of bookings) {
    const other = counting.get(booking.studentId);
    if (!other || countsMore(booking, other)) counting.set(booking.studentId, booking);
  }
  return students
    .map((student) => standingOf(student, counting.get(student._id) ?? null))
    .filter(({ student, keys }) => student.removedAt === null || keys.has('removed'));
}

const countsMore = (a: ThinBooking, b: ThinBooking): boolean =>
  a.active === b.active ? a.createdAt > b.createdAt : a.active;

function standingOf(student: ThinStudent, booking: ThinBooking | null): Standing {
  const active = booking?.active ? booking : null;
  const isShot = active?.attendance === 'shot';
  const holds: Readonly<Record<StandingKey, boolean>> = {
    unverified: student.binding === null && !isShot,
    unconfirmed: student.binding !== null && student.confirmedAt === null,
    unbooked: active === null && booking?.place !== 'no_show',
    unpaid: active?.payment === 'unpaid',
    owed: active?.payment === 'owed',
    booked: active?.place === 'booked' && active.attendance === 'expected',
    arrived: active?.attendance === 'arrived',
    shot: isShot,
    not_collected: booking?.place === 'no_show',
    unmatched: student.sessionId === null,
    correction: student.correction?.status === 'open',
    removed: student.removedAt !== null && active !== null,
  };
  const keys = new Set<StandingKey>();
  for (const key of STANDINGS) if (holds[key]) keys.add(key);
  return { student, booking, keys };
}
