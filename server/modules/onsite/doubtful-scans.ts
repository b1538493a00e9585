import type { z } from 'zod';
import type { OfflineScanView } from '../../../shared/contract/onsite';
import type { UserActor } from '../../http/actor';
import { findBookings } from '../bookings/find-booking';
import { findStudents } from '../roster/find-student';
import { nameFor } from '../roster/name-for';
import { type OfflineScanRecord, OfflineScans } from './offline-scan-model';
import { presentPerson } from './presenter';

const LIMIT = 200;

/**
 * Offline scans that contradict another phone or the service, and those that a phone could not hand over: somebody at
 * the office looks at each.
 */
export async function doubtfulScans(
  reader: UserActor,
  campaignId: string,
): Promise<{ scans: z.infer<typeof OfflineScanView>[]; more: boolean }> {
  const listed = await OfflineScans.find({ campaignId, outcome: { $in: ['conflict', 'refused'] } })
    .sort({ receivedAt: -1 })
    .limit(LIMIT + 1)
    .lean<OfflineScanRecord[]>();
  const found = await withoutHandedOver(listed);
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
      problem: scan.problem ?? null,
      person: student ? { ...presentPerson(student, booking), name: nameFor(reader, student.name) } : null,
    };
  });
  return { scans, more: listed.length > LIMIT };
}

/** What a phone set aside and has handed over since speaks for itself. */
async function withoutHandedOver(listed: readonly OfflineScanRecord[]): Promise<OfflineScanRecord[]> {
  const originalOf = ({ deviceId, of, problem }: OfflineScanRecord) => (problem ? `${deviceId}:${of}` : null);
  const originals = listed.flatMap((scan) => originalOf(scan) ?? []);
  const handedOver = new Set(await OfflineScans.distinct('_id', { _id: { $in: originals } }));
  return listed.filter((scan) => !handedOver.has(originalOf(scan) ?? ''));
}
