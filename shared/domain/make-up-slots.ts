import { type MakeUpHours, makeUpDays } from './make-up-hours';
import { addMinutes, atShanghai, type ShanghaiDay, shanghaiDay } from './time';
import type { WorkCalendar } from './working-days';

/** Make-up places that students book; null where they just go there (information only). */
export interface MakeUpBooking {
  /** min */
  slotMinutes: number;
  placesPerSlot: number;
}

/** `[startsAt, endsAt)` */
export interface MakeUpSlot {
  day: ShanghaiDay;
  startsAt: Date;
  endsAt: Date;
}

/** Like a clinic's calendar: four weeks ahead can be booked, a day more every day. */
export const MAKE_UP_DAYS_AHEAD = 28;

/** Where make-up portraits are taken, for staff phones and shot numbers: it counts as one room. */
export const MAKE_UP_ROOM = '补拍点';

/**
 * The slots of the open days of the coming four weeks, the deadline the last day. Each lies whole within the hours;
 * minutes that are too few for one more are left over.
 */
export function makeUpSlots(
  makeUp: MakeUpHours & { bookable: MakeUpBooking },
  calendar: WorkCalendar,
  from: ShanghaiDay,
): MakeUpSlot[] {
  return makeUpDays(makeUp, calendar, from, MAKE_UP_DAYS_AHEAD)
    .filter(({ closedBecause }) => closedBecause === null)
    .flatMap(({ day }) => slotsOf(makeUp, day));
}

/** Hours that overlap by mistake give no place twice. */
function slotsOf(
  { hours, bookable }: Pick<MakeUpHours, 'hours'> & { bookable: MakeUpBooking },
  day: ShanghaiDay,
): MakeUpSlot[] {
  const slots: MakeUpSlot[] = [];
  for (const { from, to } of [...hours].sort((a, b) => a.from.localeCompare(b.from))) {
    const closes = atShanghai(day, to);
    const before = slots.at(-1)?.endsAt ?? atShanghai(day);
    let startsAt = new Date(Math.max(before.getTime(), atShanghai(day, from).getTime()));
    for (;;) {
      const endsAt = addMinutes(startsAt, bookable.slotMinutes);
      if (endsAt > closes) break;
      slots.push({ day, startsAt, endsAt });
      startsAt = endsAt;
    }
  }
  return slots;
}

/** information: nothing to book · not_yet: the collection still runs · open · over: the deadline has passed */
export const MAKE_UP_STAGES = ['information', 'not_yet', 'open', 'over'] as const;
export type MakeUpStage = (typeof MAKE_UP_STAGES)[number];

/** Make-up places are booked from the close of the collection to the deadline. */
export function makeUpStage(
  campaign: {
    makeUp: { deadline: ShanghaiDay; bookable?: MakeUpBooking | null } | null;
    collectionClosedAt: Date | null;
  },
  now: Date,
): MakeUpStage {
  const { makeUp, collectionClosedAt } = campaign;
  if (!makeUp?.bookable) return 'information';
  if (makeUp.deadline < shanghaiDay(now)) return 'over';
  return collectionClosedAt ? 'open' : 'not_yet';
}
