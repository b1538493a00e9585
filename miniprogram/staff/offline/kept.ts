import type { Parts } from '../../services/api';

/** A scan, the undoing of one, or word of one that was set aside, as it goes to the service. */
export type KeptScan = Parts<'POST /api/onsite/offline-scans'>['body']['scans'][number];

/** A scan as it lies on the phone. */
export interface Kept {
  scan: KeptScan;
  /** Whom it let in, where the list knew; so that the same code is not let in twice. */
  bookingId: string | null;
  room: string;
  /** By the service's clock, ISO 8601; the scan itself carries the phone's. */
  at: string;
}

export const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'scan' in value && 'room' in value;
