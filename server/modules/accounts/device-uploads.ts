import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Device, Devices } from './device-model';

/**
 * Whether a phone may still hold scans that the service has not seen.
 * unused: it never had a list to work offline with · waiting · uploaded: it has said that nothing is left · waived
 */
export type UploadState = 'unused' | 'waiting' | 'uploaded' | 'waived';

/** @param closedAt when the collection ended; what a phone said before that says nothing about what it kept since */
export function uploadState(device: Device, closedAt: Date | null): UploadState {
  const { snapshotAt, report, waivedAt } = device;
  if (!snapshotAt) return 'unused';
  if (waivedAt) return 'waived';
  const isEmpty = report?.pending === 0 && (closedAt === null || report.at >= closedAt);
  return isEmpty ? 'uploaded' : 'waiting';
}

/** The phones whose scans the settlement of a campaign has to wait for: neither uploaded nor waived. */
export async function phonesToWaitFor(campaignId: string, closedAt: Date | null): Promise<Device[]> {
  const devices = await Devices.find({ campaignId, snapshotAt: { $ne: null } }).lean<Device[]>();
  return devices.filter((device) => uploadState(device, closedAt) === 'waiting');
}

/** From now on the phone can work offline. */
export async function noteSnapshot(deviceId: string, at: Date): Promise<void> {
  await Devices.updateOne({ _id: deviceId }, { $set: { snapshotAt: at, lastSeenAt: at } });
}

/** @param pending how many scans the phone says it still keeps; a phone that speaks again is no longer waived */
export async function noteReport(deviceId: string, at: Date, pending: number): Promise<void> {
  await Devices.updateOne(
    { _id: deviceId },
    { $set: { lastSeenAt: at, report: { at, pending }, ...(pending > 0 ? { waivedAt: null } : {}) } },
  );
}

/** The phone is broken or lost: the office answers for not waiting for it. @throws AppError NOT_FOUND */
export async function waiveDevice(
  world: World,
  by: UserActor,
  { deviceId, reason }: { deviceId: string; reason: string },
): Promise<Device> {
  const device = await changeRecord(
    Devices,
    { _id: deviceId, schoolId: by.schoolId },
    { $set: { waivedAt: world.clock.now() } },
    line(world, actorName(by), 'device.waive', { reason }),
  );
  if (!device) throw new AppError('NOT_FOUND');
  return device;
}
