import type { z } from 'zod';
import type { OfflineScanView } from '../../../shared/contract/onsite';
import { findBookings } from '../bookings/find-booking';
import { findStudents } from '../roster/find-student';
import { type OfflineScanRecord, OfflineScans } from './offline-scan-model';
import { presentPerson } from './presenter';

const LIMIT = 200;

/** Offline scans that contradict another phone or the service: somebody at the office looks at each. */
export async function doubtfulScans(
  campaignId: string,
): Promise<{ scans: z.infer<typeof OfflineScanView>[]; more: boolean }> {
  const found = await OfflineScans.find({ campaignId, outcome: { $in: ['conflict', 'refused'] } })
    .sort({ receivedAt: -1 })
    .limit(LIMIT + 1)
    .lean<OfflineScanRecord[]>();
  const bookings = await findBookings(found.flatMap(({ bookingId }) => bookingId ?? []));
  const students = await findStudents(bookings.map(({ studentId }) => studentId));
  const studentOf = new Map(students.map((student) => [student._id, student]));
  const bookingOf = new Map(bookings.map((booking) => [booking._id, booking]));
  const scans = found.slice(0, LIMIT).map((scan) => {
    const booking = bookingOf.get(scan.bookingId ?? '') ?? null;
    const student = studentOf.get(booking?.studentId ?? '');
    return {
      id: scan._id,
      outcome: scan.outcome,
      reason: scan.reason,
      bookingId: scan.bookingId,
      shotNumber: scan.shotNumber,
      at: scan.at.toISOString(),
      receivedAt: scan.receivedAt.toISOString(),
      room: scan.room,
      device: scan.device,
      other: scan.other && {
        at: scan.other.at.toISOString(),
        room: scan.other.room,
        device: scan.other.device,
      },
      counts: scan.counts,
      person: student ? presentPerson(student, booking) : null,
    };
  });
  return { scans, more: found.length > LIMIT };
}
