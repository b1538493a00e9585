import { z } from 'zod';
import { AppError } from '../../errors';
import { actorName, type StaffActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Arrival, type Booking, Bookings } from './model';
import { forgetHighest, nextShotNumber, noteShotNumber, shotKey } from './shot-numbers';

export interface ArrivalFacts {
  at: Date;
  day: string;
  room: string;
  reason: string;
  flags: readonly string[];
  /** How the student was found: code, document or student. */
  by: string;
  originalSeen: boolean;
  nonce: string;
}

/**
 * Records the arrival (签到) and gives the next shot number of the room, in one write. Against a refund of a no-show
 * and against another phone it is the same compare-and-set: one of them wins.
 *
 * @returns null when the booking is no longer booked and expected
 */
export async function recordArrival(
  world: World,
  by: StaffActor,
  booking: Booking,
  facts: ArrivalFacts,
): Promise<Booking | null> {
  const { campaignId } = booking;
  const { day, room, nonce, flags, originalSeen } = facts;
  for (;;) {
    const shotNumber = await nextShotNumber(booking, day, room);
    const key = shotKey(day, room, shotNumber);
    const arrival: Arrival = {
      at: facts.at,
      day,
      room,
      shotNumber,
      deviceId: by.deviceId,
      device: by.label,
      reason: facts.reason,
    };
    try {
      const arrived = await changeRecord(
        Bookings,
        { _id: booking._id, place: 'booked', attendance: 'expected', shotKeys: { $ne: key } },
        { $set: { attendance: 'arrived', arrival }, $push: { shotKeys: key } },
        line(world, actorName(by), 'booking.arrive', {
          room,
          shotNumber,
          reason: facts.reason,
          flags,
          by: facts.by,
          originalSeen,
          nonce,
        }),
      );
      if (arrived) noteShotNumber(campaignId, day, room, shotNumber);
      return arrived;
    } catch (error) {
      if (!duplicateKey(error)?.includes('shotKeys')) throw error;
      forgetHighest(campaignId, day, room);
    }
  }
}

/**
 * Another phone had scanned the student earlier, without network: its scan becomes the arrival that counts. Room and
 * shot number stay what they are, because by now the student stands in that queue.
 *
 * @returns null when the arrival is not later any more
 */
export const moveArrivalEarlier = (
  world: World,
  by: StaffActor,
  booking: Booking,
  { at, nonce }: { at: Date; nonce: string },
): Promise<Booking | null> =>
  changeRecord(
    Bookings,
    { _id: booking._id, attendance: { $in: ['arrived', 'shot'] }, 'arrival.at': { $gt: at } },
    { $set: { 'arrival.at': at, 'arrival.deviceId': by.deviceId, 'arrival.device': by.label } },
    line(world, actorName(by), 'booking.arrived-earlier', {
      nonce,
      instead: booking.arrival,
      shotNumber: booking.arrival?.shotNumber,
    }),
  );

const Instead = z.object({ at: z.date(), room: z.string(), device: z.string() });

/** The arrival that `moveArrivalEarlier` with this nonce put itself before; null when it did not. */
export function arrivalBefore({ trail }: Booking, nonce: string): z.output<typeof Instead> | null {
  const moved = trail.find(({ verb, facts }) => verb === 'booking.arrived-earlier' && facts.nonce === nonce);
  return Instead.safeParse(moved?.facts.instead).data ?? null;
}

/**
 * The camera desk's mark. Marking twice is one shot; asked again after somebody took it back, it stays taken back.
 *
 * @throws AppError SHOT_NOT_ARRIVED, BOOKING_NOT_ACTIVE
 */
export async function recordShot(
  world: World,
  by: StaffActor,
  { booking, nonce }: { booking: Booking; nonce: string },
): Promise<Booking> {
  if (booking.attendance === 'shot' || isDoneAlready(booking, nonce)) return booking;
  if (booking.place !== 'booked') throw new AppError('BOOKING_NOT_ACTIVE');
  if (booking.attendance !== 'arrived') throw new AppError('SHOT_NOT_ARRIVED');
  const shot = await changeRecord(
    Bookings,
    { _id: booking._id, place: 'booked', attendance: 'arrived' },
    { $set: { attendance: 'shot', shotAt: world.clock.now() } },
    line(world, actorName(by), 'booking.shot', { nonce, shotNumber: booking.arrival?.shotNumber }),
  );
  if (shot) return shot;
  const after = await Bookings.findById(booking._id).lean<Booking>();
  if (after?.attendance === 'shot') return after;
  throw new AppError('BOOKING_NOT_ACTIVE');
}

/** The portrait is no good (重拍): the student keeps the number, and so is next. @throws AppError UNDO_TOO_LATE */
export async function recordReshoot(
  world: World,
  by: StaffActor,
  { booking, nonce, reason }: { booking: Booking; nonce: string; reason: string },
): Promise<Booking> {
  if (isDoneAlready(booking, nonce)) return booking;
  const again = await changeRecord(
    Bookings,
    { _id: booking._id, place: 'booked', attendance: 'shot' },
    { $set: { attendance: 'arrived', shotAt: null } },
    line(world, actorName(by), 'booking.reshoot', {
      nonce,
      reason,
      shotNumber: booking.arrival?.shotNumber,
    }),
  );
  return again ?? doneBySame(booking._id, nonce);
}

/**
 * Takes back an arrival or a shot. A taken-back arrival's number is void and never given again. Taking back twice is
 * once.
 *
 * @throws AppError UNDO_TOO_LATE when something else has happened since
 */
export async function undoAttendance(
  world: World,
  by: StaffActor,
  { booking, step, nonce }: { booking: Booking; step: 'arrival' | 'shot'; nonce: string },
): Promise<Booking> {
  if (isDoneAlready(booking, nonce)) return booking;
  const from = step === 'shot' ? ('shot' as const) : ('arrived' as const);
  const set =
    step === 'shot'
      ? { attendance: 'arrived' as const, shotAt: null }
      : { attendance: 'expected' as const, arrival: null, ...endOfFreeWalkIn(booking) };
  const { _id, payment, orderNo } = booking;
  const undone = await changeRecord(
    Bookings,
    { _id, place: 'booked', attendance: from, payment, orderNo },
    { $set: set },
    line(world, actorName(by), `booking.undo-${step}`, { nonce, shotNumber: booking.arrival?.shotNumber }),
  );
  return undone ?? doneBySame(_id, nonce);
}

/** The same request sent twice at once: the other one did it. @throws AppError UNDO_TOO_LATE when it was something else */
async function doneBySame(id: string, nonce: string): Promise<Booking> {
  const after = await Bookings.findById(id).lean<Booking>();
  if (!after || !isDoneAlready(after, nonce)) throw new AppError('UNDO_TOO_LATE');
  return after;
}

/** A walk-in made by mistake, for which nobody has begun to pay, goes as a whole. */
const endOfFreeWalkIn = ({ channel, payment, orderNo }: Booking) =>
  channel === 'walk_in' && payment === 'owed' && orderNo === null
    ? { place: 'cancelled' as const, active: false }
    : {};

/** A scan, shot or undo with this nonce stands in the trail: the answer to it was lost. */
export const isDoneAlready = (booking: Booking, nonce: string): boolean =>
  booking.trail.some(({ facts }) => facts.nonce === nonce);
