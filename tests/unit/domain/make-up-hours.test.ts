import { DEMO_CAMPAIGN } from '../../../server/demo/notice-2023';
import { type MakeUpHours, makeUpDays, makeUpNow } from '../../../shared/domain/make-up-hours';
import { shanghaiStamp } from '../../../shared/domain/time';
import { workCalendar } from '../../../shared/domain/working-days';

const calendar = workCalendar();

function notice(): MakeUpHours {
  if (!DEMO_CAMPAIGN.makeUp) throw new Error('the notice has a make-up');
  return DEMO_CAMPAIGN.makeUp;
}

const at = (when: string) => {
  const { isOpen, closesAt, opensAt } = makeUpNow(notice(), calendar, new Date(`${when}+08:00`));
  const next = closesAt ?? opensAt;
  return `${isOpen ? 'open until' : 'closed until'} ${next ? shanghaiStamp(next).slice(0, 16) : 'ever'}`;
};

describe('the notice’s hours: Tuesday to Sunday 9–12 and 14–18, not on public holidays, until 30 April 2023', () => {
  it.each([
    ['2022-12-06T08:59:59', 'closed until 2022-12-06 09:00'],
    ['2022-12-06T09:00:00', 'open until 2022-12-06 12:00'],
    ['2022-12-06T12:00:00', 'closed until 2022-12-06 14:00'],
    ['2022-12-06T17:59:59', 'open until 2022-12-06 18:00'],
    // A Sunday evening: Monday is closed.
    ['2022-12-04T18:00:00', 'closed until 2022-12-06 09:00'],
    // New Year's break, and then a Tuesday.
    ['2022-12-31T10:00:00', 'closed until 2023-01-03 09:00'],
    // The Spring Festival from 21 to 27 January; 28 January is a Saturday that is worked.
    ['2023-01-21T10:00:00', 'closed until 2023-01-28 09:00'],
    ['2023-04-28T18:00:00', 'closed until ever'],
    ['2023-05-02T10:00:00', 'closed until ever'],
  ])('at %s it is %s', (when, expected) => {
    expect(at(when)).toBe(expected);
  });

  it('lists its days to the deadline, with why they are closed', () => {
    expect(makeUpDays(notice(), calendar, '2023-04-23', 30)).toEqual([
      { day: '2023-04-23', closedBecause: null },
      { day: '2023-04-24', closedBecause: 'weekday' },
      { day: '2023-04-25', closedBecause: null },
      { day: '2023-04-26', closedBecause: null },
      { day: '2023-04-27', closedBecause: null },
      { day: '2023-04-28', closedBecause: null },
      { day: '2023-04-29', closedBecause: 'holiday' },
      { day: '2023-04-30', closedBecause: 'holiday' },
    ]);
  });
});

it('is open on a public holiday where the place says so, and follows what the school knows better', () => {
  const always = { ...notice(), closedOnPublicHolidays: false };
  expect(makeUpNow(always, calendar, new Date('2023-01-22T10:00:00+08:00')).isOpen).toBe(true);
  const closed = workCalendar([{ day: '2022-12-06', working: false }]);
  expect(makeUpNow(notice(), closed, new Date('2022-12-06T10:00:00+08:00')).isOpen).toBe(false);
});
