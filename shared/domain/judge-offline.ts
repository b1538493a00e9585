import { looksLikeBookingToken } from './booking-token';
import { classifyForeignCode } from './foreign-code';
import { judgeArrival } from './judge-arrival';
import { readScannedText } from './scanned-text';
import type { Snapshot, SnapshotBooking, SnapshotSession } from './snapshot';
import type { OfflineReason } from './verdicts';

export interface OfflineScan {
  /** A code, or a student number as typed or picked. */
  text: string;
  /** When it was scanned */
  now: Date;
  room: string;
  confirmed: { originalSeen: boolean; admitAnyway: boolean };
}

export interface OfflineJudgement {
  reason: OfflineReason;
  /** record: keep it and upload it later · confirm: keep it after one tap · refuse */
  outcome: 'record' | 'confirm' | 'refuse';
  booking: SnapshotBooking | null;
  session: SnapshotSession | null;
}

/**
 * What a phone without network can say about a scan. Never that somebody is checked in: the service decides that once
 * the scan is uploaded. A genuine code that is not on this phone's list (booked since, or another room's) is kept
 * after one tap rather than refused, and so is what looks like one while there is no list: the queue does not wait.
 *
 * @param snapshot undefined when there is none, or it has expired
 * @param scannedBefore bookings that this phone has kept since the snapshot was taken
 */
export function judgeOffline(
  snapshot: Snapshot | undefined,
  scannedBefore: ReadonlyMap<string, { at: Date; room: string }>,
  scan: OfflineScan,
): OfflineJudgement {
  if (!snapshot || snapshot.expiresAt <= scan.now) return withoutList(scan);
  const found = find(snapshot, scan);
  if ('reason' in found) return found;
  const { booking } = found;
  const before = scannedBefore.get(booking.bookingId);
  const session = booking.session === null ? null : (snapshot.sessions[booking.session] ?? null);
  const { reason, outcome } = judgeArrival({
    now: scan.now,
    device: { campaignId: snapshot.campaignId, room: scan.room },
    campaign: snapshot,
    booking: {
      ...booking,
      campaignId: snapshot.campaignId,
      makeUpDay: session?.isMakeUp ? session.day : null,
      attendance: before && booking.attendance === 'expected' ? 'arrived' : booking.attendance,
    },
    ...(session ? { session } : {}),
    confirmed: scan.confirmed,
  });
  return {
    reason,
    outcome: outcome === 'admit' ? 'record' : outcome,
    booking: before ? { ...booking, arrival: { ...before, shotNumber: 0 } } : booking,
    session,
  };
}

function find(snapshot: Snapshot, scan: OfflineScan): { booking: SnapshotBooking } | OfflineJudgement {
  const read = readScannedText(scan.text, snapshot.keys, scan.now);
  switch (read.kind) {
    case 'booking': {
      if (read.fields.campaignId !== snapshot.campaignId) return refused('other_campaign');
      const booking = snapshot.byBooking(read.fields.bookingId);
      return booking ? { booking } : unlisted('not_on_list', scan);
    }
    case 'student_no': {
      const booking = snapshot.byStudentNo(read.studentNo);
      return booking ? { booking } : unlisted('not_on_list', scan);
    }
    case 'document_number':
      return refused('needs_network');
    case 'refused':
      return refused(read.reason);
  }
}

/** Nothing can be verified, but what is no code of ours is known as such; a document number is not kept on a phone. */
function withoutList(scan: OfflineScan): OfflineJudgement {
  if (looksLikeBookingToken(scan.text)) return unlisted('no_list', scan);
  const foreign = classifyForeignCode(scan.text);
  switch (foreign) {
    case 'student_no':
      return unlisted('no_list', scan);
    case 'document_number':
      return refused('needs_network');
    case 'collection_code':
    case 'payment_code':
      return refused(foreign);
    default:
      return refused('other_code');
  }
}

const refused = (reason: OfflineReason): OfflineJudgement => ({
  reason,
  outcome: 'refuse',
  booking: null,
  session: null,
});

const unlisted = (reason: OfflineReason, { confirmed }: OfflineScan): OfflineJudgement => ({
  reason,
  outcome: confirmed.admitAnyway ? 'record' : 'confirm',
  booking: null,
  session: null,
});
