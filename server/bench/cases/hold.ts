import { type LaidStudent, laySession, layStudents } from '../../demo/ground';
import { type BenchGround, seedBare } from '../ground';
import type { Shot } from '../load';
import { bareWrites, type Case, heldBooking, insertBookings, JSON_BODY } from './case';

const hold = (sessionId: string, { token }: LaidStudent): Shot => ({
  path: '/api/me/bookings',
  headers: { ...JSON_BODY, authorization: `Bearer ${token}` },
  body: JSON.stringify({ sessionId }),
});

const SESSIONS = 20;

/** Students of many groups press at once. */
export const holdSpread: Case = {
  name: 'hold-spread',
  baseline: 'Koa route, one mongoose findOneAndUpdate',
  async ours(ground, requests) {
    const perSession = Math.ceil(requests / SESSIONS);
    const shots: Shot[][] = [];
    for (let n = 0; n < SESSIONS; n += 1) {
      const sessionId = await laySession(ground, { campaignId: ground.campaignId, capacity: perSession * 2 });
      shots.push(
        (await layStudents(ground, { campaignId: ground.campaignId, sessionId }, perSession)).map((student) =>
          hold(sessionId, student),
        ),
      );
    }
    // In turn, as students of many groups press at once.
    const mixed = Array.from({ length: perSession }, (_, at) => shots.flatMap((of) => of[at] ?? [])).flat();
    return { shots: mixed, expected: 200 };
  },
  bare: bareWrites,
};

/** Everybody presses in one session, which has a place for each. */
export const holdHot: Case = {
  name: 'hold-hot',
  baseline: holdSpread.baseline,
  async ours(ground, requests) {
    const sessionId = await laySession(ground, { campaignId: ground.campaignId, capacity: requests });
    const students = await layStudents(ground, { campaignId: ground.campaignId, sessionId }, requests);
    return { shots: students.map((student) => hold(sessionId, student)), expected: 200 };
  },
  bare: bareWrites,
};

/** The session is full, and the pressing goes on. */
export const soldOut: Case = {
  name: 'sold-out',
  baseline: 'Koa route, one mongoose findOne by an index',
  async ours(ground, requests) {
    const sessionId = await laySession(ground, { campaignId: ground.campaignId, capacity: 1 });
    const [winner, ...losers] = await layStudents(
      ground,
      { campaignId: ground.campaignId, sessionId },
      Math.ceil(requests / 20) + 1,
    );
    if (!winner) throw new Error('no student');
    await takeOnlySeat(ground, sessionId, winner);
    const shots = Array.from({ length: requests }, (_, n) => losers[n % losers.length]).flatMap((student) =>
      student ? [hold(sessionId, student)] : [],
    );
    return { shots, expected: 409 };
  },
  async bare(ground, requests) {
    const ids = await seedBare(ground, 1000);
    return {
      expected: 200,
      shots: Array.from(
        { length: requests },
        (_, n): Shot => ({ path: `/read/${ids[n % ids.length]}`, headers: JSON_BODY, body: '{}' }),
      ),
    };
  },
};

async function takeOnlySeat(ground: BenchGround, sessionId: string, student: LaidStudent): Promise<void> {
  await insertBookings(ground, [heldBooking(ground, sessionId, student, 1, null)]);
}
