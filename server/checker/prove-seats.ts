import type { Db } from 'mongodb';
import type { BookingDocument, CampaignDocument, SessionDocument } from './documents';
import type { Findings } from './findings';

export interface SeatProof {
  total: number;
  taken: number;
  oversold: number;
  leaked: number;
  duplicates: number;
}

/** A hold may outlive its end by this much while its order is being closed. */
const GRACE_MS = 10 * 60_000;

/**
 * Every seat is taken by at most one active booking, no session by more than its capacity, no student twice; and
 * nothing holds a seat that has no right to it.
 *
 * @param now the clock the service lives by
 */
export async function proveSeats(db: Db, now: Date, findings: Findings): Promise<SeatProof> {
  const sessions = await currentSessions(db);
  const perSession = new Map<string, number>();
  const seats = new Set<string>();
  const students = new Set<string>();
  const shotNumbers = new Set<string>();
  let taken = 0;

  for await (const booking of db.collection<BookingDocument>('bookings').find()) {
    const name = `booking ${booking._id}`;
    for (const key of booking.shotKeys) {
      once(shotNumbers, `${booking.campaignId} ${key}`, () =>
        findings.add('duplicate', name, `shot number ${key} was given twice`),
      );
    }
    const shouldBeActive = booking.place === 'held' || booking.place === 'booked';
    if (booking.active !== shouldBeActive) {
      findings.add('leaked', name, `is ${booking.place} and yet active is ${booking.active}`);
    }
    if (!booking.active) continue;
    once(students, `${booking.campaignId} ${booking.studentId}`, () =>
      findings.add('duplicate', name, 'is the second active booking of its student'),
    );
    checkHold(booking, now, findings);
    if (booking.seatNo === undefined || booking.sessionId === null) continue;
    taken += 1;
    const session = sessions.get(booking.sessionId);
    if (!session) findings.add('leaked', name, 'has a seat in a session that does not exist');
    else if (booking.seatNo < 1 || booking.seatNo > session.capacity) {
      findings.add('oversold', name, `has seat ${booking.seatNo} of ${session.capacity}`);
    }
    once(seats, `${booking.sessionId} ${booking.seatNo}`, () =>
      findings.add('duplicate', name, `shares seat ${booking.seatNo}`),
    );
    perSession.set(booking.sessionId, (perSession.get(booking.sessionId) ?? 0) + 1);
  }
  for (const [id, count] of perSession) {
    const capacity = sessions.get(id)?.capacity ?? 0;
    if (count > capacity) findings.add('oversold', `session ${id}`, `${count} bookings on ${capacity} seats`);
  }
  return {
    total: [...sessions.values()].reduce((sum, { capacity }) => sum + capacity, 0),
    taken,
    oversold: findings.count('oversold'),
    leaked: findings.count('leaked'),
    duplicates: findings.count('duplicate'),
  };
}

function checkHold(booking: BookingDocument, now: Date, findings: Findings): void {
  if (booking.place !== 'held') return;
  const name = `booking ${booking._id}`;
  if (!booking.holdExpiresAt) findings.add('leaked', name, 'is held without an end');
  else if (booking.holdExpiresAt.getTime() + GRACE_MS < now.getTime()) {
    findings.add('leaked', name, `is still held, ended ${booking.holdExpiresAt.toISOString()}`);
  }
  if (!booking.effects.some(({ kind }) => kind === 'release-hold')) {
    findings.add('leaked', name, 'is held and nothing will ever release it');
  }
}

async function currentSessions(db: Db): Promise<Map<string, SessionDocument>> {
  const campaigns = await db.collection<CampaignDocument>('campaigns').find().toArray();
  const current = new Set(campaigns.map(({ timetable }) => timetable));
  const sessions = await db.collection<SessionDocument>('collection_sessions').find().toArray();
  return new Map(
    sessions.filter(({ timetable }) => current.has(timetable)).map((session) => [session._id, session]),
  );
}

function once(seen: Set<string>, key: string, twice: () => void): void {
  if (seen.has(key)) twice();
  seen.add(key);
}
