import { addMinutes } from '../../../shared/domain/time';
import { type LaidStudent, type Row, record } from '../../demo/ground';
import { DEMO_CAMPAIGN } from '../../demo/notice-2023';
import { phase } from '../../demo/seed';
import { randomIds } from '../../platform/ids';
import { type BenchGround, seedBare } from '../ground';
import type { Shot } from '../load';

export interface Round {
  shots: Shot[];
  /** The status that each of them must be answered with. */
  expected: number;
  /** Looks whether what was answered was done. @throws when it was not */
  check?(): Promise<void>;
}

/** One comparison: our route and the bare one, prepared afresh for every round. */
export interface Case {
  name: string;
  /** What the bare route does. */
  baseline: string;
  /** The least ratio that is good enough; below it the bench ends with exit code 1. */
  atLeast?: number;
  /** Also fired at so many a second, as people do it. */
  perSecond?: number;
  ours(ground: BenchGround, requests: number): Promise<Round>;
  bare(ground: BenchGround, requests: number): Promise<Round>;
}

export const JSON_BODY = { 'content-type': 'application/json' };

/** The baseline of everything that writes once. */
export async function bareWrites(ground: BenchGround, requests: number) {
  const ids = await seedBare(ground, requests);
  const body = JSON.stringify({ sessionId: randomIds.id() });
  return {
    expected: 200,
    shots: ids.map((id): Shot => ({ path: `/write/${id}`, headers: JSON_BODY, body })),
  };
}

export const insertBookings = (ground: BenchGround, bookings: readonly Row[]) =>
  ground.db.collection<Row>('bookings').insertMany([...bookings]);

/** A booking as a hold leaves it. */
export function heldBooking(
  ground: BenchGround,
  sessionId: string,
  student: LaidStudent,
  seatNo: number,
  orderNo: string | null,
) {
  const holdExpiresAt = addMinutes(phase('open'), 60);
  return {
    ...record(),
    schoolId: ground.schoolId,
    campaignId: ground.campaignId,
    studentId: student.id,
    accountId: student.accountId,
    channel: 'online',
    sessionId,
    seatNo,
    active: true,
    place: 'held',
    payment: 'unpaid',
    attendance: 'expected',
    feeItems: DEMO_CAMPAIGN.feeItems,
    amountFen: 3000,
    holdExpiresAt,
    orderNo,
    orderNos: orderNo ? [orderNo] : [],
    paidOrderNo: null,
    seeOriginalId: false,
    arrival: null,
    shotAt: null,
    shotKeys: [],
    createdAt: phase('open'),
    effects: [{ key: 'release', kind: 'release-hold', dueAt: holdExpiresAt, attempts: 0, payload: {} }],
  };
}
