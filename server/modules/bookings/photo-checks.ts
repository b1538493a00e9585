import type { QueryFilter } from 'mongoose';
import type { z } from 'zod';
import { PHOTO_LISTS, type PhotoCheckLine } from '../../../shared/contract/notifications';
import { lastDayToCheck } from '../../../shared/domain/home-state';
import { atShanghai, shanghaiDay } from '../../../shared/domain/time';
import type { UserActor } from '../../http/actor';
import { namesOf } from '../accounts/names-of';
import { findStudents } from '../roster/find-student';
import { nameFor } from '../roster/name-for';
import { type Booking, Bookings } from './model';

export type PhotoList = (typeof PHOTO_LISTS)[number];
type Line = z.infer<typeof PhotoCheckLine>;

interface Asked {
  reader: UserActor;
  campaignId: string;
  show: PhotoList;
  now: Date;
}

/** A page of one list: whose portraits at the register are wrong, not looked at though it is time, seen to, right. */
export async function photoChecks({
  after,
  limit,
  ...asked
}: Asked & { after?: string | undefined; limit: number }): Promise<{ lines: Line[]; next: string | null }> {
  const found = await Bookings.find({ ...filterOf(asked), ...(after ? { _id: { $gt: after } } : {}) })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .lean<Booking[]>();
  const page = found.slice(0, limit);
  return {
    lines: await present(asked.reader, page),
    next: found.length > limit ? (page.at(-1)?._id ?? null) : null,
  };
}

export async function countPhotoChecks(campaignId: string, now: Date): Promise<Record<PhotoList, number>> {
  const counts = PHOTO_LISTS.map((show) => Bookings.countDocuments(filterOf({ campaignId, show, now })));
  const [wrong = 0, unchecked = 0, handled = 0, right = 0] = await Promise.all(counts);
  return { wrong, unchecked, handled, right };
}

const filterOf = ({ campaignId, show, now }: Omit<Asked, 'reader'>): QueryFilter<Booking> => ({
  campaignId,
  attendance: 'shot',
  ...MATCHING[show](now),
});

const MATCHING: Readonly<Record<PhotoList, (now: Date) => QueryFilter<Booking>>> = {
  wrong: () => ({ 'photoCheck.result': 'wrong', photoHandled: { $exists: false } }),
  unchecked: (now) => ({
    shotAt: { $lt: timeToCheck(now) },
    photoCheck: { $exists: false },
    photoHandled: { $exists: false },
  }),
  handled: () => ({ photoHandled: { $exists: true } }),
  right: () => ({ 'photoCheck.result': 'right' }),
};

/** Shots before this instant are due. */
const timeToCheck = (now: Date): Date => atShanghai(lastDayToCheck(shanghaiDay(now)), '24:00');

async function present(reader: UserActor, bookings: readonly Booking[]): Promise<Line[]> {
  const students = await findStudents(bookings.map(({ studentId }) => studentId));
  const studentOf = new Map(students.map((student) => [student._id, student]));
  const names = await namesOf(
    reader.schoolId,
    bookings.flatMap(({ photoHandled }) => (photoHandled ? [photoHandled.by] : [])),
  );
  return bookings.map(({ _id, version, studentId, shotAt, photoCheck, photoHandled }) => {
    const student = studentOf.get(studentId);
    return {
      bookingId: _id,
      studentNo: student?.studentNo ?? '',
      name: nameFor(reader, student?.name ?? ''),
      college: student?.college ?? '',
      className: student?.className ?? '',
      shotAt: (shotAt ?? new Date(0)).toISOString(),
      result: photoCheck?.result ?? null,
      checkedAt: photoCheck?.at.toISOString() ?? null,
      note: photoCheck?.note ?? null,
      handled: photoHandled
        ? {
            by: names[photoHandled.by] ?? photoHandled.by,
            at: photoHandled.at.toISOString(),
            note: photoHandled.note,
          }
        : null,
      version,
    };
  });
}
