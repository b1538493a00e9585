import { createSandboxClient } from '../../../server/demo/sandbox-client';
import type { Harbour } from '../../../server/storm/harbour';
import type { Scheduled } from '../../../server/storm/schedule';
import { strikeBySchedule } from '../../../server/storm/strike';

const LATER_MS = 300;
const jumps: Scheduled[] = [0, LATER_MS].map((atMs) => ({ atMs, class: 'clock-jump-shared', jumpMs: 1 }));
const neverAsked: Harbour = {
  up: () => [],
  kill: () => Promise.reject(new Error('asked to kill')),
  cutDatabase: () => Promise.reject(new Error('asked to cut')),
  skewClock: () => undefined,
  allUp: () => Promise.reject(new Error('asked for all')),
  close: () => Promise.reject(new Error('asked to close')),
};

it('a strike that cannot be carried out ends the storm: none comes after it, and the storm has failed', async () => {
  const told: number[] = [];
  const storm = strikeBySchedule(jumps, {
    harbour: neverAsked,
    sandbox: createSandboxClient('http://127.0.0.1:1'),
    over: new AbortController().signal,
    tell: ({ atMs }) => told.push(atMs),
  });
  await expect(storm).rejects.toThrow('fetch failed');
  expect(told).toEqual([0]);
});
