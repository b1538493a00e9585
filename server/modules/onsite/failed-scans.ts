import type { StaffActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { FailedScans } from './failed-scan-model';
import type { Judged, Scan } from './scan';

/** Kept once for a nonce: the phone may ask again. */
export async function recordFailedScan(by: StaffActor, scan: Scan, judged: Judged): Promise<void> {
  try {
    await FailedScans.create({
      _id: `${by.deviceId}:${scan.nonce}`,
      schoolId: by.schoolId,
      campaignId: by.campaignId,
      deviceId: by.deviceId,
      room: scan.room,
      at: scan.scannedAt,
      reason: judged.reason,
      bookingId: judged.booking?._id ?? null,
      by: scan.by.kind,
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}
