import type { Contract } from '../../../shared/contract';
import type { Response } from '../../../shared/contract/endpoint';
import { maskName } from '../../../shared/domain/person-name';
import { atShanghai, type ShanghaiDay } from '../../../shared/domain/time';
import { verdictWords } from '../../../shared/domain/verdicts';
import { listDevices } from '../accounts/devices';
import { findBookings } from '../bookings/find-booking';
import { findStudents } from '../roster/find-student';
import { type FailedScan, FailedScans } from './failed-scan-model';

const SHOWN = 20;

type Answer = Response<Contract['GET /api/onsite/failed-scans']>;

/** The latest ones in a room since the day began: who was sent away comes back, perhaps to another phone. */
export async function listFailedScans(
  campaignId: string,
  { room, day }: { room: string; day: ShanghaiDay },
): Promise<Answer['scans']> {
  const scans = await FailedScans.find({ campaignId, room, at: { $gte: atShanghai(day) } })
    .sort({ at: -1 })
    .limit(SHOWN)
    .lean<FailedScan[]>();
  const [names, devices] = await Promise.all([namesOf(scans), listDevices(campaignId)]);
  const labels = new Map(devices.map(({ _id, label }) => [_id, label]));
  return scans.map(({ _id, at, reason, bookingId, deviceId }) => {
    const { title, tone } = verdictWords(reason);
    return {
      id: _id,
      at: at.toISOString(),
      device: labels.get(deviceId) ?? '',
      title,
      tone,
      name: names.get(bookingId ?? '') ?? null,
    };
  });
}

async function namesOf(scans: readonly FailedScan[]): Promise<Map<string, string>> {
  const bookings = await findBookings(scans.flatMap(({ bookingId }) => bookingId ?? []));
  const students = await findStudents(bookings.map(({ studentId }) => studentId));
  const byId = new Map(students.map(({ _id, name }) => [_id, maskName(name)]));
  return new Map(bookings.map(({ _id, studentId }) => [_id, byId.get(studentId) ?? '']));
}
