import { judgeOffline } from '../../../shared/domain/judge-offline';
import { spokenTime } from '../../../shared/domain/time';
import { OFFLINE_RECORDED, offlineWords, sessionFacts, verdictWords } from '../../../shared/domain/verdicts';
import { call, type Parts } from '../../services/api';
import { serverClock } from '../../services/clock';
import { freshId } from '../../services/ids';
import type { Verdict } from '../../services/types';
import { staffCopy } from '../copy';
import { keptScans } from '../offline/kept-scans';
import { isLost, link } from '../offline/link';
import { list } from '../offline/list';
import { desk } from './desk';

/** A code, a document number or a student picked from a list. */
type ScanBy = Parts<'POST /api/onsite/redeem'>['body']['by'];

export interface Scan {
  by: ScanBy;
  /** Of a picked student: how the phone finds them when the network goes at this moment. */
  studentNo?: string;
  /** Staff looked at the original document. */
  originalSeen?: boolean;
  /** One tap of staff: let in although late, early or in the wrong room. */
  admitAnyway?: boolean;
}

/** A verdict as it is shown, whoever has judged. */
export interface ShownVerdict extends Pick<Verdict, 'tone' | 'title' | 'say' | 'admitted' | 'candidates'> {
  reason: string;
  /** What staff do. */
  next: string;
  /** Without network: recorded, not checked in. */
  isOffline: boolean;
  person: { name: string; className: string } | null;
  session: { room: string; startsAt: string; endsAt: string } | null;
  /** No number without network. */
  arrival: { at: string; room: string; shotNumber: number | null } | null;
  /** One tap of staff lets this one in. */
  canAdmit: boolean;
  needsOriginal: boolean;
  bookingId: string | null;
  /** Takes the arrival back, this scan's or the one before it; null when there is nothing to take back. @throws ApiError */
  undo: (() => Promise<void>) | null;
  /** Waits in another room: takes the next number of this one. Null otherwise. @throws ApiError */
  takeHere: (() => Promise<void>) | null;
}

/** A queue of fifty does not wait for a network that hangs. */
const PATIENCE = { timeoutMs: 4_000, again: false };
const ADMITTABLE: readonly string[] = ['early', 'late_same_day', 'wrong_room'];

/**
 * Judges a scan: by the service, or by this phone while the service does not answer. Whether a scan without answer has
 * reached the service nobody knows; kept under the same nonce, it counts once.
 *
 * @throws ApiError when the service refuses the phone itself
 */
export async function judge(scan: Scan): Promise<ShownVerdict> {
  const nonce = freshId();
  if (link.state().isOnline) {
    try {
      return shownVerdict(await askService(scan, nonce), nonce);
    } catch (error) {
      if (!isLost(error)) throw error;
      link.lost();
    }
  }
  return judgeHere(scan, nonce);
}

/**
 * The service's verdict as it is shown.
 *
 * @param nonce of the request it answers
 */
export function shownVerdict(verdict: Verdict, nonce: string): ShownVerdict {
  const { reason, admitted, person } = verdict;
  const bookingId = person?.bookingId ?? null;
  return {
    ...verdict,
    next: verdictWords(reason).next,
    isOffline: false,
    canAdmit: !admitted && ADMITTABLE.includes(reason),
    needsOriginal: !admitted && reason === 'see_original',
    bookingId,
    undo: bookingId ? wayBack(verdict, bookingId, nonce) : null,
    takeHere: bookingId ? wayHere(verdict, bookingId) : null,
  };
}

function wayBack({ admitted, reason }: Verdict, bookingId: string, nonce: string): ShownVerdict['undo'] {
  if (admitted) return () => undoArrival(bookingId, nonce);
  // Of an arrival that this phone did not make it keeps nothing: without network there is nothing to take back.
  return reason === 'already_arrived' ? () => undoOnService(bookingId, freshId()) : null;
}

function wayHere({ reason, arrival }: Verdict, id: string): ShownVerdict['takeHere'] {
  const room = desk.room();
  if (reason !== 'already_arrived' || !arrival || arrival.room === room) return null;
  const { shotNumber } = arrival;
  return async () => {
    const body = { nonce: freshId(), room, shotNumber, reason: staffCopy.scan.takenHere(arrival.room) };
    await call('POST /api/onsite/bookings/:id/renumber', { params: { id }, body }, PATIENCE);
  };
}

async function undoOnService(id: string, nonce: string): Promise<void> {
  const body = { nonce, step: 'arrival' as const };
  await call('POST /api/onsite/bookings/:id/undo', { params: { id }, body }, PATIENCE);
}

const askService = ({ by, originalSeen = false, admitAnyway = false }: Scan, nonce: string) =>
  call(
    'POST /api/onsite/redeem',
    {
      body: {
        nonce,
        room: desk.room(),
        scannedAt: serverClock.now().toISOString(),
        by,
        originalSeen,
        admitAnyway,
      },
    },
    PATIENCE,
  );

/** Without network the undoing is kept, as a scan would be. */
async function undoArrival(bookingId: string, of: string): Promise<void> {
  const nonce = freshId();
  if (link.state().isOnline) {
    try {
      await undoOnService(bookingId, nonce);
      return;
    } catch (error) {
      if (!isLost(error)) throw error;
      link.lost();
    }
  }
  keepUndo(nonce, of, bookingId);
}

function judgeHere(scan: Scan, nonce: string): ShownVerdict {
  const { originalSeen = false, admitAnyway = false } = scan;
  const text = textOf(scan);
  const room = desk.room();
  const now = serverClock.now();
  const snapshot = list.open();
  const admitted = keptScans.admitted();
  const judged = judgeOffline(snapshot, admitted, {
    text,
    now,
    room,
    confirmed: { originalSeen, admitAnyway },
  });
  const { booking, session, reason } = judged;
  const isRecorded = judged.outcome === 'record';
  const arrival = booking?.arrival ?? null;
  const bookingId = booking?.bookingId ?? null;
  /** The scan that let this one in, as long as it waits on this phone. */
  const scanned = isRecorded ? nonce : bookingId && admitted.get(bookingId)?.nonce;
  if (isRecorded) {
    const scannedAt = new Date().toISOString();
    keptScans.add({
      scan: { kind: 'scan', nonce, room, scannedAt, text, originalSeen, shown: reason },
      bookingId,
      room,
      at: now.toISOString(),
    });
    link.noteKept();
  }
  const words = isRecorded
    ? OFFLINE_RECORDED
    : offlineWords(reason, {
        ...(session && sessionFacts(session, snapshot?.lineUpLeadMinutes ?? 0)),
        ...(arrival && { arrival: { time: spokenTime(arrival.at), room: arrival.room } }),
      });
  return {
    ...words,
    reason: isRecorded ? 'recorded' : reason,
    admitted: isRecorded,
    isOffline: true,
    person: booking,
    session: session && {
      room: session.room,
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
    },
    arrival: arrival && {
      at: arrival.at.toISOString(),
      room: arrival.room,
      shotNumber: arrival.shotNumber || null,
    },
    canAdmit: judged.outcome === 'confirm' && reason !== 'see_original',
    needsOriginal: judged.outcome === 'confirm' && reason === 'see_original',
    candidates: [],
    bookingId,
    undo: scanned ? async () => keepUndo(freshId(), scanned, bookingId) : null,
    takeHere: null,
  };
}

function keepUndo(nonce: string, of: string, bookingId: string | null): void {
  const scannedAt = new Date().toISOString();
  const scan = { kind: 'undo' as const, nonce, scannedAt, of, bookingId };
  keptScans.add({ scan, bookingId: null, room: desk.room(), at: serverClock.now().toISOString() });
  link.noteKept();
}

/** A document number is neither kept on the phone nor known to its list. */
function textOf({ by, studentNo }: Scan): string {
  if (by.kind === 'code') return by.text;
  return by.kind === 'document' ? by.number : (studentNo ?? '');
}
