import {
  type Ground,
  type LaidStudent,
  layCampaign,
  layGround,
  laySession,
  layStudents,
} from '../demo/ground';
import type { Stack } from '../demo/stack';

export interface StormStudent extends LaidStudent {
  sessionId: string;
  /** Another session, for those who change their mind. */
  otherSessionId: string;
}

export interface StormGround extends Ground {
  campaignId: string;
  students: StormStudent[];
}

/** Fewer seats than students: the last ones are fought for, and what is given back is taken again. */
const STUDENTS_A_SESSION = 60;
const SEATS_A_SESSION = 57;
const SESSIONS_AT_ONCE = 20;

/**
 * A campaign that is open, with its merchant at the sandbox and confirmed, signed-in students, laid straight into the
 * database. The API processes must be up: they make the indexes.
 */
export async function layStormGround(stack: Stack, count: number): Promise<StormGround> {
  const ground = await layGround(stack);
  const campaignId = await layCampaign(ground);
  const sessions: string[] = [];
  for (let n = 0; n * STUDENTS_A_SESSION < count; n += 1)
    sessions.push(await laySession(ground, { campaignId, capacity: SEATS_A_SESSION }));
  const bySession: StormStudent[][] = [];
  for (const [n, sessionId] of sessions.entries()) {
    const otherSessionId = sessions[(n + 1) % sessions.length] ?? sessionId;
    const laid = await layStudents(ground, { campaignId, sessionId }, STUDENTS_A_SESSION);
    bySession.push(laid.map((student) => ({ ...student, sessionId, otherSessionId })));
  }
  return { ...ground, campaignId, students: inTurn(bySession) };
}

/** As students of several groups press at once: those of twenty sessions in turn, then of the next twenty. */
function inTurn(bySession: readonly StormStudent[][]): StormStudent[] {
  const order: StormStudent[] = [];
  for (let first = 0; first < bySession.length; first += SESSIONS_AT_ONCE) {
    const wave = bySession.slice(first, first + SESSIONS_AT_ONCE);
    for (let n = 0; n < STUDENTS_A_SESSION; n += 1) order.push(...wave.flatMap((of) => of[n] ?? []));
  }
  return order;
}
