import { afterQuietHours, dayBeforeAt, photoCheckAt } from '../../../shared/domain/messages';
import { atShanghai } from '../../../shared/domain/time';

it.each([
  ['21:59', '2022-11-18', '21:59'],
  ['22:00', '2022-11-19', '08:00'],
  ['23:59', '2022-11-19', '08:00'],
])('at %s nobody is disturbed: it arrives on %s at %s', (time, day, arrives) => {
  expect(afterQuietHours('refunded', atShanghai('2022-11-18', time))).toEqual(atShanghai(day, arrives));
});

it.each([
  ['00:00', '08:00'],
  ['07:59', '08:00'],
  ['08:00', '08:00'],
])('in the morning at %s it arrives at %s of the same day', (time, arrives) => {
  expect(afterQuietHours('moved', atShanghai('2022-11-18', time))).toEqual(atShanghai('2022-11-18', arrives));
});

it('answers a booking at any hour', () => {
  const midnight = atShanghai('2022-11-18', '23:30');
  expect(afterQuietHours('booked', midnight)).toEqual(midnight);
});

it('reminds on the evening before, and of the portrait on the fortieth day', () => {
  expect(dayBeforeAt('2022-11-19')).toEqual(atShanghai('2022-11-18', '18:00'));
  expect(photoCheckAt('2022-11-19')).toEqual(atShanghai('2022-12-29', '10:00'));
});
