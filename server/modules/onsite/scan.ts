import type { ScanReason } from '../../../shared/domain/verdicts';
import type { Booking } from '../bookings/model';
import type { CollectionSession } from '../campaigns/session-model';
import type { Student } from '../roster/model';

export interface Scan {
  nonce: string;
  room: string;
  scannedAt: Date;
  by:
    | { kind: 'code'; text: string }
    | { kind: 'document'; number: string }
    | { kind: 'student'; studentId: string };
  originalSeen: boolean;
  admitAnyway: boolean;
  /** Kept by a phone without network and uploaded later: whoever was let in then is in, if the booking allows it. */
  kept: boolean;
}

export interface Judged {
  reason: ScanReason;
  admitted: boolean;
  booking: Booking | null;
  student: Student | null;
  session: CollectionSession | null;
  /** More than one student fits what was typed. */
  candidates: Student[];
}
