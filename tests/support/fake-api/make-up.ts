import type { SessionView } from '../../../shared/contract/campaigns';
import type { MakeUpChoice } from '../../../shared/contract/make-up';
import { MAKE_UP_ROOM, makeUpSlots, makeUpStage } from '../../../shared/domain/make-up-slots';
import { shanghaiDay, shanghaiTime } from '../../../shared/domain/time';
import { workCalendar } from '../../../shared/domain/working-days';
import { campaignAt } from './campaign';
import type { FakeState } from './state';

const PLACES = 6;

/** The coming four weeks; the first slot of a day is full, the second has one place left. */
export function makeUpChoicesOf(state: FakeState): {
  stage: ReturnType<typeof makeUpStage>;
  days: { day: string; choices: MakeUpChoice[] }[];
} {
  const { makeUp } = campaignAt(state.now, state);
  const stage = makeUpStage({ makeUp, ...state }, state.now);
  if (!makeUp?.bookable || stage !== 'open') return { stage, days: [] };
  const slots = makeUpSlots(
    { ...makeUp, bookable: makeUp.bookable },
    workCalendar(),
    shanghaiDay(state.now),
  ).filter(({ startsAt }) => startsAt > state.now);
  const days = [...new Set(slots.map(({ day }) => day))];
  return {
    stage,
    days: days.map((day) => ({
      day,
      choices: slots
        .filter((slot) => slot.day === day)
        .map(({ startsAt, endsAt }, index) => {
          const left = [0, 1][index] ?? PLACES;
          const id = idOf(startsAt);
          const isMine = state.booking?.place === 'booked' && state.booking.session?.id === id;
          return {
            id,
            startsAt: startsAt.toISOString(),
            endsAt: endsAt.toISOString(),
            left,
            closedBecause: isMine ? ('yours_already' as const) : left === 0 ? ('full' as const) : null,
          };
        }),
    })),
  };
}

/** The session behind a choice; undefined for another id. */
export function makeUpSessionOf(state: FakeState, id: unknown): SessionView | undefined {
  const { makeUp } = campaignAt(state.now, state);
  for (const { day, choices } of makeUpChoicesOf(state).days) {
    const choice = choices.find((each) => each.id === id);
    if (!choice) continue;
    const { startsAt, endsAt } = choice;
    return {
      id: choice.id,
      room: MAKE_UP_ROOM,
      building: makeUp?.place ?? '',
      day,
      startsAt,
      endsAt,
      lineUpAt: startsAt,
      title: `补拍 ${shanghaiTime(new Date(startsAt))}–${shanghaiTime(new Date(endsAt))}`,
      majors: [],
      remark: '',
      headcount: PLACES,
      capacity: PLACES,
      isMakeUp: true,
    };
  }
  return undefined;
}

const idOf = (startsAt: Date): string => startsAt.getTime().toString(16).padStart(24, 'e');
