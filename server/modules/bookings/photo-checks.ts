import type { QueryFilter } from 'mongoose';
import { lastDayToCheck } from '../../../shared/domain/home-state';
import { atShanghai, shanghaiDay } from '../../../shared/domain/time';
import { findStudents } from '../roster/find-student';
import { type Booking, Bookings } from './model';

type Show = 'unchecked' | 'wrong' | 'right';

/** Whose portraits at the register are checked, wrong, or not looked at though it is time. */
export async function photoChecks(
  campaignId: string,
  now: Date,
  { show, after, limit }: { show: Show; after?: string | undefined; limit: number },
) {
  const filterOf = (which: Show): QueryFilter<Booking> => ({
    campaignId,
    attendance: 'shot',
    ...MATCHING[which](now),
  });
  const found = await Bookings.find({ ...filterOf(show), ...(after ? { _id: { $gt: after } } : {}) })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .lean<Booking[]>();
  const page = found.slice(0, limit);
  const students = await findStudents(page.map(({ studentId }) => studentId));
  const studentOf = new Map(students.map((student) => [student._id, student]));
  const [unchecked, wrong, right] = await Promise.all(
    (['unchecked', 'wrong', 'right'] as const).map((which) => Bookings.countDocuments(filterOf(which))),
  );
  return {
    counts: { unchecked: unchecked ?? 0, wrong: wrong ?? 0, right: right ?? 0 },
    lines: page.map(({ _id, studentId, shotAt, photoCheck }) => {
      const student = studentOf.get(studentId);
      return {
        bookingId: _id,
        studentNo: student?.studentNo ?? '',
        name: student?.name ?? '',
        college: student?.college ?? '',
        className: student?.className ?? '',
        shotAt: (shotAt ?? new Date(0)).toISOString(),
        result: photoCheck?.result ?? null,
        checkedAt: photoCheck?.at.toISOString() ?? null,
        note: photoCheck?.note ?? null,
      };
    }),
    next: found.length > limit ? (page.at(-1)?._id ?? null) : null,
  };
}

/** Shots before this instant are due. */
const timeToCheck = (now: Date): Date => atShanghai(lastDayToCheck(shanghaiDay(now)), '24:00');

const MATCHING: Readonly<Record<Show, (now: Date) => QueryFilter<Booking>>> = {
  unchecked: (now) => ({ shotAt: { $lt: timeToCheck(now) }, photoCheck: { $exists: false } }),
  wrong: () => ({ 'photoCheck.result': 'wrong' }),
  right: () => ({ 'photoCheck.result': 'right' }),
};
