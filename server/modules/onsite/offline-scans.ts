import type { OfflineResult } from '../../../shared/contract/onsite';
import { AppError } from '../../errors';
import type { StaffActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import type { World } from '../../world';
import { noteReport } from '../accounts/device-uploads';
import { findBooking } from '../bookings/find-booking';
import {
  arrivalBefore,
  isDoneAlready,
  moveArrivalEarlier,
  undoAttendance,
} from '../bookings/record-attendance';
import { type OfflineScanRecord, OfflineScans } from './offline-scan-model';
import { redeem } from './redeem';
import type { Judged } from './scan';

type KeptScan = {
  kind: 'scan';
  nonce: string;
  room: string;
  scannedAt: string;
  text: string;
  originalSeen: boolean;
  shown: string;
};
type KeptUndo = { kind: 'undo'; nonce: string; scannedAt: string; of: string; bookingId: string | null };
/** Stays on the phone, because the service would not take it. */
type SetAside = {
  kind: 'set_aside';
  nonce: string;
  of: string;
  room: string;
  scannedAt: string;
  bookingId: string | null;
  problem: string;
};
type Kept = KeptScan | KeptUndo | SetAside;
type Outcome = Pick<
  OfflineScanRecord,
  'outcome' | 'reason' | 'bookingId' | 'shotNumber' | 'other' | 'counts'
>;

/**
 * Takes the scans that a phone kept, one after the other. Each leaves a record with its outcome, and the record is
 * written last: a process that dies in between is repeated by the phone, and finds by the nonce what is done already.
 * No scan stops the ones behind it.
 */
export async function takeOfflineScans(
  world: World,
  by: StaffActor,
  upload: { sentAt: string; pending: number; scans: readonly Kept[] },
): Promise<OfflineResult[]> {
  const receivedAt = world.clock.now();
  const sentAt = Date.parse(upload.sentAt);
  const results: OfflineResult[] = [];
  for (const scan of upload.scans) {
    const phoneAt = new Date(scan.scannedAt);
    // The phone's clock may be wrong; how long ago it was, it knows.
    const agoMs = Math.max(0, sentAt - phoneAt.getTime());
    const at = new Date(receivedAt.getTime() - agoMs);
    const record = await takeOnce(world, by, scan, { at, phoneAt, receivedAt });
    results.push(resultOf(scan.nonce, record));
  }
  await noteReport(by.deviceId, receivedAt, upload.pending);
  return results;
}

async function takeOnce(
  world: World,
  by: StaffActor,
  scan: Kept,
  times: { at: Date; phoneAt: Date; receivedAt: Date },
): Promise<OfflineScanRecord> {
  // Set aside twice, it is still one scan.
  const name = scan.kind === 'set_aside' ? `set_aside:${scan.of}` : scan.nonce;
  const _id = `${by.deviceId}:${name}`;
  const known = await OfflineScans.findById(_id).lean<OfflineScanRecord>();
  if (known) return known;
  const outcome = await outcomeOf(world, by, scan, times.at);
  const record: OfflineScanRecord = {
    _id,
    schoolId: by.schoolId,
    campaignId: by.campaignId,
    deviceId: by.deviceId,
    device: by.label,
    room: scan.kind === 'undo' ? '' : scan.room,
    shown: scan.kind === 'scan' ? scan.shown : '',
    of: scan.kind === 'scan' ? null : scan.of,
    problem: scan.kind === 'set_aside' ? scan.problem : null,
    ...times,
    ...outcome,
  };
  try {
    await OfflineScans.create(record);
    return record;
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same upload twice at once: the other one has written what became of it.
    return (await OfflineScans.findById(_id).lean<OfflineScanRecord>()) ?? record;
  }
}

async function outcomeOf(world: World, by: StaffActor, scan: Kept, at: Date): Promise<Outcome> {
  switch (scan.kind) {
    case 'scan':
      return arrive(world, by, scan, at);
    case 'undo':
      return takeBack(world, by, scan);
    case 'set_aside':
      return listSetAside(by, scan);
  }
}

/** Nothing happens to the booking: the office looks at it, and the phone may yet send the scan itself. */
async function listSetAside(by: StaffActor, { bookingId }: SetAside): Promise<Outcome> {
  const booking = bookingId ? await findBooking(bookingId) : null;
  const isOurs = booking?.campaignId === by.campaignId;
  return {
    outcome: 'refused',
    reason: 'unknown',
    bookingId: isOurs ? bookingId : null,
    shotNumber: null,
    other: null,
    counts: false,
  };
}

async function arrive(world: World, by: StaffActor, scan: KeptScan, at: Date): Promise<Outcome> {
  const { nonce, room, text, originalSeen } = scan;
  const judged = await judgeKept(world, by, {
    nonce,
    room,
    scannedAt: at,
    by: { kind: 'code', text },
    originalSeen,
    admitAnyway: true,
    kept: true,
  });
  const { booking, reason } = judged;
  const arrival = booking?.arrival ?? null;
  const facts = { reason, bookingId: booking?._id ?? null, shotNumber: arrival?.shotNumber ?? null };
  // Sent again after a crash: this scan was put before another phone's, and the office has not heard of it yet.
  const before = booking && arrivalBefore(booking, nonce);
  if (before)
    return { ...facts, reason: 'already_arrived', outcome: 'conflict', other: before, counts: true };
  if (judged.admitted) return { ...facts, outcome: 'recorded', other: null, counts: true };
  if (!booking || !arrival || (reason !== 'already_arrived' && reason !== 'already_shot')) {
    return { ...facts, outcome: 'refused', other: null, counts: false };
  }
  if (arrival.deviceId === by.deviceId) return { ...facts, outcome: 'repeated', other: null, counts: false };
  const isEarlier = at < arrival.at && (await moveArrivalEarlier(world, by, booking, { at, nonce })) !== null;
  const other = { at: arrival.at, room: arrival.room, device: arrival.device };
  return { ...facts, outcome: 'conflict', other, counts: isEarlier };
}

/** A room that is not this phone's is one more reason to refuse, not to stop the upload. */
async function judgeKept(world: World, by: StaffActor, scan: Parameters<typeof redeem>[2]): Promise<Judged> {
  try {
    return await redeem(world, by, scan);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_ALLOWED') throw error;
    return {
      reason: 'wrong_room',
      admitted: false,
      booking: null,
      student: null,
      session: null,
      candidates: [],
    };
  }
}

async function takeBack(world: World, by: StaffActor, { of, nonce, bookingId }: KeptUndo): Promise<Outcome> {
  const scan = await OfflineScans.findById(`${by.deviceId}:${of}`).lean<OfflineScanRecord>();
  const id = scan?.bookingId ?? bookingId;
  const found = id ? await findBooking(id) : null;
  const booking = found?.campaignId === by.campaignId ? found : null;
  const isItsArrival = scan ? scan.counts : booking !== null && isDoneAlready(booking, of);
  const facts = { reason: scan?.reason ?? 'unknown', bookingId: booking?._id ?? null } as const;
  const done: Outcome = { ...facts, outcome: 'undone', shotNumber: null, other: null, counts: false };
  if (!booking || !isItsArrival || isDoneAlready(booking, nonce)) return done;
  try {
    await undoAttendance(world, by, { booking, step: 'arrival', nonce });
    return done;
  } catch (error) {
    // Photographed meanwhile: the office looks at it.
    if (!(error instanceof AppError) || error.code !== 'UNDO_TOO_LATE') throw error;
    return { ...done, outcome: 'refused', reason: 'already_shot' };
  }
}

const resultOf = (
  nonce: string,
  { outcome, reason, bookingId, shotNumber }: OfflineScanRecord,
): OfflineResult => ({ nonce, outcome, reason, bookingId, shotNumber });
