import { call, type Parts } from '../../services/api';
import { serverClock } from '../../services/clock';
import { freshId } from '../../services/ids';
import type { Verdict } from '../../services/types';
import { desk } from './desk';

/** A code, a document number or a student picked from a list. */
export type ScanBy = Parts<'POST /api/onsite/redeem'>['body']['by'];

export interface Scan {
  by: ScanBy;
  /** Staff looked at the original document. */
  originalSeen?: boolean;
  /** One tap of staff: let in although late, early or in the wrong room. */
  admitAnyway?: boolean;
}

/** Who judges a scan. Pages know only this; a judge that works without network takes its place here. */
export interface Verdicts {
  /** @throws ApiError */
  judge(scan: Scan): Promise<Verdict>;
  /** Takes the arrival of a verdict back. @throws ApiError */
  undo(bookingId: string): Promise<void>;
}

export const verdicts: Verdicts = {
  judge: ({ by, originalSeen = false, admitAnyway = false }) =>
    call('POST /api/onsite/redeem', {
      body: {
        // One nonce an intention: the client's retry repeats it, the next scan brings its own.
        nonce: freshId(),
        room: desk.room(),
        scannedAt: serverClock.now().toISOString(),
        by,
        originalSeen,
        admitAnyway,
      },
    }),
  async undo(bookingId) {
    await call('POST /api/onsite/bookings/:id/undo', {
      params: { id: bookingId },
      body: { nonce: freshId(), step: 'arrival' },
    });
  },
};
