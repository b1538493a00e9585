import { createHash } from 'node:crypto';
import { signBookingToken } from '../../../shared/domain/booking-token';
import { laySession, layStudents, type Row } from '../../demo/ground';
import { DEMO_DAY } from '../../demo/notice-2023';
import { phase } from '../../demo/seed';
import { readEnv } from '../../env';
import { loadCodeKeys } from '../../platform/crypto/code-keys';
import { randomIds } from '../../platform/ids';
import type { BenchGround } from '../ground';
import type { Shot } from '../load';
import { bareWrites, type Case, heldBooking, insertBookings, JSON_BODY } from './case';

/** As many rooms as connections: a phone scans one student after the other. */
const ROOMS = 32;

/** Staff scan the code of the day: the arrival and its shot number. */
export const redeem: Case = {
  name: 'redeem',
  baseline: 'Koa route, one mongoose findOneAndUpdate',
  perSecond: 50,
  async ours(ground, requests) {
    await ground.stack.sandbox.setClock(phase('day'), true);
    const { campaignId } = ground;
    const sessionId = await laySession(ground, { campaignId, capacity: requests });
    const students = await layStudents(ground, { campaignId, sessionId }, requests);
    const bookings = students.map((student, n) => ({
      ...heldBooking(ground, sessionId, student, n + 1, null),
      place: 'booked',
      payment: 'paid',
      holdExpiresAt: null,
      effects: [],
    }));
    for (let start = 0; start < requests; start += 1000)
      await insertBookings(ground, bookings.slice(start, start + 1000));
    const phones = await layPhones(ground);
    const { keyId, sign } = loadCodeKeys({
      setting: 'TOKEN_KEYS',
      keys: readEnv(ground.stack.env).TOKEN_KEYS,
    }).signing;
    const scannedAt = phase('day').toISOString();
    const shots = bookings.map(({ _id }, n): Shot => {
      const code = { keyId, campaignId, bookingId: _id, kind: 'static', day: DEMO_DAY } as const;
      return {
        path: '/api/onsite/redeem',
        headers: { ...JSON_BODY, authorization: `Bearer ${phones[n % ROOMS]}` },
        body: JSON.stringify({
          nonce: randomIds.number(),
          room: roomOf(n),
          scannedAt,
          by: { kind: 'code', text: signBookingToken(code, sign) },
          admitAnyway: true,
        }),
      };
    });
    return { shots, expected: 200 };
  },
  bare: bareWrites,
};

const roomOf = (n: number): string => `${n % ROOMS}号室`;

/** @returns their tokens */
async function layPhones({ db, schoolId, campaignId }: BenchGround): Promise<string[]> {
  const phones = Array.from({ length: ROOMS }, () => ({ id: randomIds.id(), token: randomIds.number() }));
  await db.collection<Row>('sessions').insertMany(
    phones.map(({ id, token }, n) => ({
      _id: createHash('sha256').update(token).digest('base64url'),
      actor: {
        kind: 'device',
        role: 'staff',
        deviceId: id,
        label: `${n}号机`,
        schoolId,
        campaignId,
        rooms: [],
      },
      who: `device:${id}`,
      createdAt: phase('open'),
      expiresAt: new Date('2030-01-01'),
    })),
  );
  return phones.map(({ token }) => token);
}
