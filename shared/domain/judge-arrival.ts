import type { Attendance, Payment, Place } from './booking-state';
import { addMinutes, type ShanghaiDay, shanghaiDay } from './time';
import type { ScanReason } from './verdicts';

export interface Arrival {
  /** When the code was scanned (an offline phone uploads later with the original time) */
  now: Date;
  device: { campaignId: string; room: string };
  campaign: { collectionDays: readonly ShanghaiDay[]; collectionClosed: boolean; lineUpLeadMinutes: number };
  /** Undefined when nobody with this code, number or name has booked */
  booking?: {
    campaignId: string;
    place: Place;
    payment: Payment;
    attendance: Attendance;
    /** The money went back or is on its way back */
    refunded: boolean;
    /** Booked unverified: the original document has to be seen on site */
    seeOriginal: boolean;
    /** Booked for a make-up day (补拍), after the collection; none for the collection itself */
    makeUpDay?: ShanghaiDay | null;
  };
  /** `[startsAt, endsAt)`; undefined for a walk-in, who has no session */
  session?: { day: ShanghaiDay; startsAt: Date; endsAt: Date; room: string };
  /** What staff have confirmed with their tap */
  confirmed?: { originalSeen?: boolean; admitAnyway?: boolean };
}

export type ArrivalFlag = 'early' | 'late' | 'wrong_room' | 'see_original' | 'owed';

export interface ArrivalJudgement {
  reason: ScanReason;
  /** Everything unusual about the arrival; `owed` needs no confirmation */
  flags: ArrivalFlag[];
  /** admit: record the arrival · confirm: staff may admit with one tap · refuse: not with this booking, now, here */
  outcome: 'admit' | 'confirm' | 'refuse';
}

/**
 * Whether a student who shows up is let in. In time from `lineUpLeadMinutes` before the session to its end; later on the
 * same day in any room, after one tap; on another day never. The same rule runs on the server and offline on the phone.
 */
export function judgeArrival(arrival: Arrival): ArrivalJudgement {
  const refusal = refusalOf(arrival);
  if (refusal) return { reason: refusal, flags: [], outcome: 'refuse' };
  const flags = flagsOf(arrival);
  const open = flags.filter((flag) => !isSettled(flag, arrival.confirmed ?? {}));
  return { reason: reasonOf(flags, open), flags, outcome: open.length === 0 ? 'admit' : 'confirm' };
}

function refusalOf({ now, device, campaign, booking, session }: Arrival): ScanReason | undefined {
  if (!booking) return 'unknown';
  if (booking.campaignId !== device.campaignId) return 'other_campaign';
  if (booking.place === 'no_show') return 'refunded';
  if (booking.place === 'cancelled') return booking.refunded ? 'refunded' : 'cancelled';
  if (booking.attendance === 'shot') return 'already_shot';
  if (booking.attendance === 'arrived') return 'already_arrived';
  if (campaign.collectionClosed && !booking.makeUpDay) return 'collection_over';
  if (booking.place !== 'booked' || booking.payment === 'unpaid') return 'unpaid';
  const today = shanghaiDay(now);
  const days = booking.makeUpDay ? [booking.makeUpDay] : campaign.collectionDays;
  const isToday = session ? session.day === today : days.includes(today);
  return isToday ? undefined : 'wrong_day';
}

function flagsOf({ now, device, campaign, booking, session }: Arrival): ArrivalFlag[] {
  const flags: ArrivalFlag[] = [];
  const isLate = session !== undefined && now >= session.endsAt;
  if (session && now < addMinutes(session.startsAt, -campaign.lineUpLeadMinutes)) flags.push('early');
  if (isLate) flags.push('late');
  // Whoever is late has lost the place in the own room: any room will do.
  if (session && !isLate && session.room !== device.room) flags.push('wrong_room');
  if (booking?.seeOriginal) flags.push('see_original');
  if (booking?.payment === 'owed') flags.push('owed');
  return flags;
}

function isSettled(
  flag: ArrivalFlag,
  { originalSeen = false, admitAnyway = false }: NonNullable<Arrival['confirmed']>,
): boolean {
  if (flag === 'owed') return true;
  return flag === 'see_original' ? originalSeen : admitAnyway;
}

/** The first thing staff have to settle; once all is settled, what made the arrival unusual in time or room. */
function reasonOf(flags: readonly ArrivalFlag[], open: readonly ArrivalFlag[]): ScanReason {
  const [telling] = open.length > 0 ? open : flags.filter((flag) => flag !== 'see_original');
  switch (telling) {
    case 'early':
    case 'wrong_room':
    case 'see_original':
      return telling;
    case 'late':
      return 'late_same_day';
    default:
      return 'ok';
  }
}
