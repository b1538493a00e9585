import { workCalendar } from '../../../shared/domain/working-days';

const calendar = workCalendar();

describe('working days after a day', () => {
  it.each([
    ['the collection day, a Saturday', '2022-11-19', 3, '2022-11-23'],
    ['a Monday', '2022-11-21', 3, '2022-11-24'],
    ['no days at all', '2022-11-19', 0, '2022-11-19'],
    ['the eve of National Day 2022: the Saturday after is worked', '2022-09-30', 1, '2022-10-08'],
    ['the eve of National Day 2022, two days: so is the Sunday', '2022-09-30', 2, '2022-10-09'],
    ['a worked Saturday (调休), whose Sunday is worked too', '2022-10-08', 3, '2022-10-11'],
    ['the eve of Spring Festival 2023: the weekend after is worked', '2023-01-20', 3, '2023-01-30'],
    ['a Friday before a worked Sunday (2023-04-23)', '2023-04-21', 1, '2023-04-23'],
    ['New Year 2023, whose Monday is off', '2022-12-30', 1, '2023-01-03'],
  ])('%s', (_, day, count, expected) => {
    expect(calendar.addWorkingDays(day, count)).toBe(expected);
  });

  it.each([-1, 0.5, Number.NaN, 400])('refuses %p', (count) => {
    expect(() => calendar.addWorkingDays('2022-11-19', count)).toThrow(RangeError);
  });

  it('gives up when every day is closed', () => {
    const closed = Array.from({ length: 2500 }, (_, index) => ({
      day: new Date(Date.UTC(2022, 10, 19 + index)).toISOString().slice(0, 10),
      working: false,
    }));
    expect(() => workCalendar(closed).addWorkingDays('2022-11-19', 1)).toThrow(RangeError);
  });
});

describe('a public holiday', () => {
  it.each([
    ['2022-10-01', true],
    ['2022-10-07', true],
    ['2022-10-08', false],
    ['2022-11-19', false],
    ['2023-01-24', true],
  ])('%s: %s', (day, holiday) => expect(calendar.isPublicHoliday(day)).toBe(holiday));
});

describe('overrides', () => {
  const edited = workCalendar([
    { day: '2022-11-21', working: false },
    { day: '2022-11-26', working: true },
  ]);

  it('close and open days', () => {
    expect(edited.isWorkingDay('2022-11-21')).toBe(false);
    expect(edited.isPublicHoliday('2022-11-21')).toBe(true);
    expect(edited.isWorkingDay('2022-11-26')).toBe(true);
    expect(edited.addWorkingDays('2022-11-19', 3)).toBe('2022-11-24');
  });
});

it('says for which years the holidays are published', () => {
  expect(calendar.knowsYearOf('2022-11-19')).toBe(true);
  expect(calendar.knowsYearOf('2099-11-19')).toBe(false);
});
