import type { Stack } from '../../server/demo/stack';
import { type StormResult, storm } from '../../server/storm/storm';
import { shortfalls } from '../../server/storm/verdict';
import { startTestStack } from '../support/stack';

jest.setTimeout(240_000);

const SECONDS = 6;

let stack: Stack;
let result: StormResult;
beforeAll(async () => {
  stack = await startTestStack({ apis: 0 });
  result = await storm(stack, { seed: 7, seconds: SECONDS, tell: () => undefined });
});
afterAll(() => stack?.stop());

it('comes to rest by itself, with every seat and every fen explained by the independent checker', () => {
  expect(result.problems).toEqual([]);
  expect(result.left).toEqual({ holds: 0, openOrders: 0, refundsUnderWay: 0, effects: 0, trails: 0 });
  expect(shortfalls(result)).toEqual([]);
});

it('really was a storm: processes were killed, connections cut, clocks moved, and students paid all the same', () => {
  expect(result.kills).toBeGreaterThan(0);
  expect(result.faults['database-cut']).toBeGreaterThan(0);
  expect(result.faults['clock-jump-shared']).toBeGreaterThan(0);
  expect(result.faults['clock-jump-single']).toBeGreaterThan(0);
  expect(result.orders).toBeGreaterThan(0);
});
