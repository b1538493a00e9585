import { systemClock } from '../../server/platform/clock';

it('runs', () => {
  expect(systemClock.now()).toBeInstanceOf(Date);
});
