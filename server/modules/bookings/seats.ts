import { LRUCache } from 'lru-cache';
import { Bookings } from './model';

/**
 * Which seats of a session this process believes taken. Only a guide to where a free one may be: the unique index
 * alone decides, and what it says is learned here. A full session is read again after a second at the earliest, so
 * that a sold-out rush costs no reads.
 */
interface SeatMap {
  /** Seat → the account that sits there: null for nobody's (a walk-in), undefined while only known to be taken. */
  taken: Map<number, string | null | undefined>;
  readAt: number;
}

const FULL_FOR_MS = 1_000;
const FRESH_FOR_MS = 10_000;

/** Of the sessions that are asked about now: those of a campaign that is over make way. */
const maps = new LRUCache<string, SeatMap>({ max: 2_000 });
const reading = new Map<string, Promise<SeatMap>>();

export interface SeatedSession {
  _id: string;
  campaignId: string;
  capacity: number;
}

/** @returns a seat that seems free, drawn at random; null when the session is full */
export async function suggestSeat(session: SeatedSession): Promise<number | null> {
  const known = maps.get(session._id);
  const age = known ? performance.now() - known.readAt : Number.POSITIVE_INFINITY;
  const full = known !== undefined && known.taken.size >= session.capacity;
  const map = !known || age > (full ? FULL_FOR_MS : FRESH_FOR_MS) ? await read(session) : known;
  return draw(map.taken, session.capacity);
}

/** @returns how many places are left, up to a second old (ten when far from full) */
export async function placesLeft(session: SeatedSession): Promise<number> {
  const known = maps.get(session._id);
  const fresh = known && performance.now() - known.readAt <= FULL_FOR_MS;
  const map = fresh ? known : await read(session);
  return Math.max(0, session.capacity - countUpTo(map.taken, session.capacity));
}

/**
 * Whether a reading no older than a second found every seat taken, none of them by this account. Costs no read of its
 * own, so that a rush on a full session is answered from memory.
 */
export function isKnownFullFor(session: SeatedSession, accountId: string): boolean {
  const known = maps.get(session._id);
  if (!known || performance.now() - known.readAt > FULL_FOR_MS) return false;
  for (let seatNo = 1; seatNo <= session.capacity; seatNo += 1) {
    const holder = known.taken.get(seatNo);
    if (holder === undefined || holder === accountId) return false;
  }
  return true;
}

/** The index said that the seat is taken, or this process has just taken it. */
export function markTaken(sessionId: string, seatNo: number): void {
  maps.get(sessionId)?.taken.set(seatNo, undefined);
}

export function markFree(sessionId: string, seatNo: number): void {
  maps.get(sessionId)?.taken.delete(seatNo);
}

/** Reads once for all who ask at the same moment. */
function read(session: SeatedSession): Promise<SeatMap> {
  const underWay = reading.get(session._id);
  if (underWay) return underWay;
  const readAt = performance.now();
  const promise = Bookings.find(
    { campaignId: session.campaignId, sessionId: session._id, active: true, seatNo: { $exists: true } },
    { _id: 0, seatNo: 1, accountId: 1 },
  )
    .lean<{ seatNo: number; accountId: string | null }[]>()
    .then((rows) => {
      const map = { taken: new Map(rows.map(({ seatNo, accountId }) => [seatNo, accountId])), readAt };
      maps.set(session._id, map);
      return map;
    })
    .finally(() => reading.delete(session._id));
  reading.set(session._id, promise);
  return promise;
}

/** Random, so that thousands who press at once do not all try the same seat; exhaustive when few are left. */
function draw(taken: SeatMap['taken'], capacity: number): number | null {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const seatNo = 1 + Math.floor(Math.random() * capacity);
    if (!taken.has(seatNo)) return seatNo;
  }
  const free: number[] = [];
  for (let seatNo = 1; seatNo <= capacity; seatNo += 1) if (!taken.has(seatNo)) free.push(seatNo);
  return free.length === 0 ? null : (free[Math.floor(Math.random() * free.length)] ?? null);
}

function countUpTo(taken: SeatMap['taken'], capacity: number): number {
  let count = 0;
  for (const seatNo of taken.keys()) if (seatNo <= capacity) count += 1;
  return count;
}
