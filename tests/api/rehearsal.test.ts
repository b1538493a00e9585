import type { Stack } from '../../server/demo/stack';
import { COHORTS, type Cohort } from '../../server/rehearsal/cohorts';
import { rehearse } from '../../server/rehearsal/rehearse';
import { watchQueries } from '../support/queries';
import { startTestStack } from '../support/stack';

jest.setTimeout(300_000);

let stack: Stack;
const watch = watchQueries();
beforeAll(async () => {
  stack = await startTestStack({ env: watch.env });
});
afterAll(async () => {
  watch.forget();
  await stack?.stop();
});

it('plays 300 students through the whole campaign, with seats and money proved by the independent checker', async () => {
  const result = await rehearse(stack, 300, () => undefined);
  expect(result.failures).toEqual([]);
  expect(result.seats).toMatchObject({ total: 5334, oversold: 0, leaked: 0, duplicates: 0 });
  expect(result.money.unexplained).toBe(0);
  for (const cohort of Object.keys(COHORTS)) {
    expect([cohort, result.funnel[cohort as Cohort] > 0]).toEqual([cohort, true]);
  }
  expect(result.funnel.early_graduates).toBeGreaterThan(0);
});

it('reads no collection that grows as a whole meanwhile', async () => {
  expect(await watch.unindexed(stack.mongodbUri)).toEqual([]);
});
