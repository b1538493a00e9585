import { maskName } from '../../../shared/domain/person-name';
import { shotFactsOf } from '../bookings/shot-days';
import { campaignsOfSchool } from '../campaigns/announced';
import type { ReportedOrder } from '../payments/reported-orders';
import { studentsOnReport } from '../roster/find-student';

/** Of an order: whose it is, and when they were photographed. Empty for money that is nobody's here. */
export interface Whose {
  studentNo: string;
  /** Masked. */
  name: string;
  college: string;
  campaign: string;
  shotDay: string | null;
}

type Owned = Pick<ReportedOrder, '_id' | 'studentId' | 'bookingId' | 'campaignId'>;

export const campaignNames = async (schoolId: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await campaignsOfSchool(schoolId)).map(({ _id, name }) => [_id, name]));

/** Of a few hundred orders at a time, by their numbers. */
export async function whoseOf(
  orders: readonly Owned[],
  campaigns: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Whose>> {
  const [students, bookings] = await Promise.all([
    studentsOnReport(orders.map(({ studentId }) => studentId)),
    shotFactsOf(orders.map(({ bookingId }) => bookingId)),
  ]);
  const studentOf = new Map(students.map((student) => [student._id, student]));
  const bookingOf = new Map(bookings.map((booking) => [booking._id, booking]));
  return new Map(
    orders.map(({ _id, studentId, bookingId, campaignId }) => {
      const student = studentOf.get(studentId);
      return [
        _id,
        {
          studentNo: student?.studentNo ?? '',
          name: maskName(student?.name ?? ''),
          college: student?.college ?? '',
          campaign: campaigns.get(campaignId) ?? '',
          shotDay: bookingOf.get(bookingId)?.shotDay ?? null,
        },
      ];
    }),
  );
}

export const NOBODY: Whose = { studentNo: '', name: '', college: '', campaign: '', shotDay: null };
