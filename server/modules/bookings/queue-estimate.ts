import { paceOf } from '../../../shared/domain/pace';
import { shanghaiDay } from '../../../shared/domain/time';
import { createRemembered } from '../../platform/remembered';
import type { CollectionSession } from '../campaigns/session-model';
import { recentShots } from './attendance-lists';
import { type Booking, Bookings } from './model';

/** Thousands of phones look at the same few rooms. */
const SHARED_FOR_MS = 5_000;
/** While a room has photographed too few to tell: what the notice plans for a student. */
const PLANNED_SECONDS = 18;

export interface QueueEstimate {
  room: string;
  /** Who is photographed before this student. */
  ahead: number;
  /** Rounded up. */
  minutes: number;
}

/** How long the student waits in the own room, by that room's pace of the last quarter of an hour; null on other days. */
export async function queueEstimate(
  booking: Booking,
  session: CollectionSession | null,
  now: Date,
): Promise<QueueEstimate | null> {
  const day = shanghaiDay(now);
  if (booking.place !== 'booked' || booking.attendance === 'shot') return null;
  const { arrival } = booking;
  const room = arrival?.day === day ? arrival.room : session?.day === day ? session.room : null;
  if (room === null) return null;
  const { waiting, secondsAShot } = await lineOf(booking.campaignId, day, room, now);
  const ahead = arrival
    ? waiting.filter((shotNumber) => shotNumber < arrival.shotNumber).length
    : waiting.length;
  return { room, ahead, minutes: Math.ceil((ahead * secondsAShot) / 60) };
}

interface Line {
  /** Shot numbers */
  waiting: number[];
  secondsAShot: number;
}

const lines = createRemembered<Line>({ max: 500, ttlMs: SHARED_FOR_MS });

const lineOf = (campaignId: string, day: string, room: string, now: Date): Promise<Line> =>
  lines.get(`${campaignId}|${day}|${room}`, () => readLine(campaignId, day, room, now));

async function readLine(campaignId: string, day: string, room: string, now: Date): Promise<Line> {
  const [arrived, shots] = await Promise.all([
    Bookings.find(
      { campaignId, 'arrival.day': day, 'arrival.room': room, attendance: 'arrived' },
      { 'arrival.shotNumber': 1 },
    ).lean<{ arrival: { shotNumber: number } }[]>(),
    recentShots(campaignId, day, now),
  ]);
  const here = shots.filter((shot) => shot.room === room).map(({ at }) => at.getTime());
  return {
    waiting: arrived.map(({ arrival }) => arrival.shotNumber),
    secondsAShot: paceOf([], here, now.getTime()).secondsAShot ?? PLANNED_SECONDS,
  };
}
