import fc from 'fast-check';
import { DEMO_CAMPAIGN } from '../../../server/demo/notice-2023';
import { MAKE_UP_DAYS_AHEAD, makeUpSlots, makeUpStage } from '../../../shared/domain/make-up-slots';
import { addDays, atShanghai, daysBetween, shanghaiStamp, weekday } from '../../../shared/domain/time';
import { workCalendar } from '../../../shared/domain/working-days';

const calendar = workCalendar();

function bookable(slotMinutes = 60) {
  if (!DEMO_CAMPAIGN.makeUp) throw new Error('the notice has a make-up');
  return { ...DEMO_CAMPAIGN.makeUp, bookable: { slotMinutes, placesPerSlot: 6 } };
}

const times = (slots: ReturnType<typeof makeUpSlots>) =>
  slots.map(({ startsAt }) => shanghaiStamp(startsAt).slice(0, 16));

describe('the slots of the notice’s hours', () => {
  it('cuts an open day into whole slots', () => {
    const first = makeUpSlots(bookable(), calendar, '2022-12-06').filter(({ day }) => day === '2022-12-06');
    expect(times(first)).toEqual(
      ['09:00', '10:00', '11:00', '14:00', '15:00', '16:00', '17:00'].map((time) => `2022-12-06 ${time}`),
    );
  });

  it('leaves over what is too short for one more', () => {
    const day = makeUpSlots(bookable(75), calendar, '2022-12-06').filter(({ day: d }) => d === '2022-12-06');
    expect(times(day).map((time) => time.slice(11))).toEqual(['09:00', '10:15', '14:00', '15:15', '16:30']);
  });

  it('has none on a Monday, in the Spring Festival, and after the deadline', () => {
    expect(makeUpSlots(bookable(), calendar, '2022-12-05').some(({ day }) => day === '2022-12-05')).toBe(
      false,
    );
    const spring = makeUpSlots(bookable(), calendar, '2023-01-20').map(({ day }) => day);
    expect(spring.filter((day) => day >= '2023-01-21' && day <= '2023-01-27')).toEqual([]);
    expect(spring).toContain('2023-01-28');
    // The deadline is 30 April, and the May holiday begins on the 29th.
    expect(makeUpSlots(bookable(), calendar, '2023-04-27').at(-1)?.day).toBe('2023-04-28');
  });
});

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);

const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2022-06-01', days));

it('gives, whatever the hours, whole slots of open days that do not overlap', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ from: time, to: time }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 7 }),
      fc.integer({ min: 10, max: 240 }),
      fc.boolean(),
      fc.array(fc.record({ day, working: fc.boolean() }), { maxLength: 20 }),
      day,
      day,
      (hours, weekdays, slotMinutes, closedOnPublicHolidays, overrides, from, deadline) => {
        const own = workCalendar(overrides);
        const makeUp = { ...bookable(slotMinutes), hours, weekdays, closedOnPublicHolidays, deadline };
        const slots = makeUpSlots(makeUp, own, from);
        slots.forEach((slot, index) => {
          expect(slot.endsAt.getTime() - slot.startsAt.getTime()).toBe(slotMinutes * 60_000);
          expect(weekdays).toContain(weekday(slot.day));
          expect(closedOnPublicHolidays && own.isPublicHoliday(slot.day)).toBe(false);
          expect(slot.day >= from && slot.day <= deadline).toBe(true);
          expect(daysBetween(from, slot.day)).toBeLessThan(MAKE_UP_DAYS_AHEAD);
          const within = hours.some(
            (span) =>
              atShanghai(slot.day, span.from) <= slot.startsAt &&
              slot.endsAt <= atShanghai(slot.day, span.to),
          );
          expect(within).toBe(true);
          const before = slots[index - 1];
          if (before) expect(before.endsAt <= slot.startsAt).toBe(true);
        });
        // Nothing is left out that would fit: the next slot would lie beyond its hours.
        const open = new Set(slots.map((slot) => slot.day));
        for (const one of open) {
          for (const span of hours) {
            const opens = atShanghai(one, span.from);
            const fits = opens.getTime() + slotMinutes * 60_000 <= atShanghai(one, span.to).getTime();
            const isCovered = slots.some((slot) => slot.startsAt <= opens && opens < slot.endsAt);
            const nextDoesNotFit = slots.some(
              (slot) =>
                slot.startsAt < opens &&
                slot.endsAt > opens &&
                slot.endsAt.getTime() + slotMinutes * 60_000 > atShanghai(one, span.to).getTime(),
            );
            expect(!fits || isCovered || nextDoesNotFit).toBe(true);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('is booked from the close of the collection to the deadline', () => {
  const closed = new Date('2022-11-20T10:00:00+08:00');
  const stageAt = (when: string, collectionClosedAt: Date | null = closed) =>
    makeUpStage({ makeUp: bookable(), collectionClosedAt }, new Date(`${when}+08:00`));
  expect(stageAt('2022-11-20T09:00:00', null)).toBe('not_yet');
  expect(stageAt('2022-11-20T10:00:00')).toBe('open');
  expect(stageAt('2023-04-30T23:59:59')).toBe('open');
  expect(stageAt('2023-05-01T00:00:00')).toBe('over');
  const information = { ...bookable(), bookable: null };
  expect(makeUpStage({ makeUp: information, collectionClosedAt: closed }, closed)).toBe('information');
});
