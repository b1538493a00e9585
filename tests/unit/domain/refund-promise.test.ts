import { refundPromise } from '../../../shared/domain/refund-promise';
import { workCalendar } from '../../../shared/domain/working-days';

const calendar = workCalendar();
const on = (today: string, dueDay: string, state: 'accepted' | 'succeeded' = 'accepted') =>
  refundPromise({ state, dueDay }, today, calendar);

describe('a refund promised for Wednesday 23 November 2022', () => {
  it.each([
    ['2022-11-19', 'processing'],
    ['2022-11-21', 'processing'],
    ['2022-11-22', 'due_soon'],
    ['2022-11-23', 'due_soon'],
    ['2022-11-24', 'overdue'],
  ])('on %s is %s', (today, expected) => {
    expect(on(today, '2022-11-23')).toBe(expected);
    expect(on(today, '2022-11-23', 'succeeded')).toBe('arrived');
  });
});

it('is alerted of the Friday before when it is promised for a Monday', () => {
  expect(on('2022-11-24', '2022-11-28')).toBe('processing');
  expect(['2022-11-25', '2022-11-26', '2022-11-27'].map((today) => on(today, '2022-11-28'))).toEqual([
    'due_soon',
    'due_soon',
    'due_soon',
  ]);
});

it('is alerted on the last day before the week of the National Day when it is promised for the day after', () => {
  expect(on('2022-09-29', '2022-10-08')).toBe('processing');
  expect(on('2022-09-30', '2022-10-08')).toBe('due_soon');
});

it('follows what the school knows better', () => {
  const closed = workCalendar([{ day: '2022-11-22', working: false }]);
  expect(refundPromise({ state: 'requested', dueDay: '2022-11-23' }, '2022-11-21', closed)).toBe('due_soon');
});
