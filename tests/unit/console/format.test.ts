import { dayNameFrom } from '../../../server/console/words/format';

it.each([
  ['2022-11-30', '11月30日 周三'],
  ['2023-04-30', '2023年4月30日 周日'],
])('says the year of %s only when it is another than that of the day it is read on', (day, words) => {
  expect(dayNameFrom(day, '2022-11-19')).toBe(words);
});
