import type { Stack } from '../../server/demo/stack';
import { rehearse } from '../../server/rehearsal/rehearse';
import { startTestStack } from '../support/stack';

jest.setTimeout(300_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack?.stop());

it('plays 300 students through the whole campaign, with seats and money proved by the independent checker', async () => {
  const result = await rehearse(stack, 300, () => undefined);
  expect(result.failures).toEqual([]);
  expect(result.seats).toMatchObject({ total: 5334, oversold: 0, leaked: 0, duplicates: 0 });
  expect(result.money.unexplained).toBe(0);
  expect(result.funnel).toMatchObject({
    never_pays: 9,
    no_show: 12,
    walk_in: 3,
    cancels: 6,
    callback_lost: 6,
    released: 9,
  });
});
