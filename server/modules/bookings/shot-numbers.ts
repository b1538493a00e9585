import { LRUCache } from 'lru-cache';
import { type Booking, Bookings } from './model';

/**
 * Shot numbers (拍摄序号) count up per room and day in order of arrival. Highest plus one, in the arrival's own write,
 * under a unique index: no counter that a crash could leave behind, and no number twice, void ones included.
 */
const highest = new LRUCache<string, number>({ max: 2_000 });

const keyOf = (day: string, room: string, shotNumber: number) =>
  `${day}|${room}|${String(shotNumber).padStart(6, '0')}`;

export const shotKey = keyOf;

/**
 * The next number to try. The first time, and after a collision, the highest is read; also when the number is one that
 * the booking has had itself, given by another process: the unique index tells bookings apart, not the numbers of one.
 */
export async function nextShotNumber(
  { campaignId, shotKeys }: Pick<Booking, 'campaignId' | 'shotKeys'>,
  day: string,
  room: string,
): Promise<number> {
  const known = highest.get(`${campaignId}|${day}|${room}`);
  if (known !== undefined && !shotKeys.includes(keyOf(day, room, known + 1))) return known + 1;
  return (await readHighest(campaignId, day, room)) + 1;
}

export function noteShotNumber(campaignId: string, day: string, room: string, shotNumber: number): void {
  const place = `${campaignId}|${day}|${room}`;
  if (shotNumber > (highest.get(place) ?? 0)) highest.set(place, shotNumber);
}

/** The index said that the number is taken: another process serves this room too. */
export function forgetHighest(campaignId: string, day: string, room: string): void {
  highest.delete(`${campaignId}|${day}|${room}`);
}

async function readHighest(campaignId: string, day: string, room: string): Promise<number> {
  const prefix = `${day}|${room}|`;
  const used = await Bookings.find(
    { campaignId, shotKeys: { $gte: prefix, $lt: `${prefix}~` } },
    { _id: 0, shotKeys: 1 },
  ).lean<{ shotKeys: string[] }[]>();
  const numbers = used.flatMap(({ shotKeys }) =>
    shotKeys.filter((key) => key.startsWith(prefix)).map((key) => Number(key.slice(prefix.length))),
  );
  return Math.max(0, ...numbers);
}
