import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { inParallel } from '../rehearsal/in-parallel';
import { percentiles } from '../rehearsal/latencies';

export interface Shot {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Volley {
  /** Requests a second. */
  rate: number;
  p50: number;
  p99: number;
}

export interface Target {
  url: string;
  shots: readonly Shot[];
  expected: number;
}

const SLICE = 100;

/**
 * Fires prepared requests at two targets in turn, a hundred at a time, so that a slow moment of the machine hits both:
 * over `connections` kept-alive connections, each one at a time, as fast as they are answered.
 *
 * @throws when an answer has another status than expected: a fast refusal is no throughput
 */
export async function fireInTurn(targets: readonly Target[], connections: number): Promise<Volley[]> {
  const guns = targets.map(({ url, ...target }) => ({
    ...target,
    pool: new Pool(url, { connections, pipelining: 1 }),
    times: [] as number[],
    milliseconds: 0,
  }));
  const longest = Math.max(...targets.map(({ shots }) => shots.length));
  for (let start = 0; start < longest; start += SLICE) {
    for (const gun of guns) {
      const begun = performance.now();
      await fire(gun, gun.shots.slice(start, start + SLICE), connections);
      gun.milliseconds += performance.now() - begun;
    }
  }
  await Promise.all(guns.map(({ pool }) => pool.close()));
  return guns.map(({ shots, times, milliseconds }) => {
    const { p50, p99 } = percentiles(times);
    return { rate: (shots.length * 1000) / milliseconds, p50, p99 };
  });
}

/**
 * Fires at a steady rate, each request when its time has come, whatever became of those before it.
 *
 * @returns milliseconds from when each was due to the end of its answer, so that a late start counts too
 * @throws when an answer has another status than expected
 */
export async function fireAtRate(
  { url, shots, expected }: Target,
  perSecond: number,
): Promise<ReturnType<typeof percentiles>> {
  const gun = { pool: new Pool(url, { connections: null, pipelining: 1 }), expected };
  const begun = performance.now();
  const times = await Promise.all(
    shots.map(async (shot, n) => {
      const due = begun + (n * 1000) / perSecond;
      await sleep(due - performance.now());
      await fireOne(gun, shot);
      return performance.now() - due;
    }),
  );
  await gun.pool.close();
  return percentiles(times);
}

async function fire(
  { pool, expected, times }: { pool: Pool; expected: number; times: number[] },
  shots: readonly Shot[],
  connections: number,
): Promise<void> {
  await inParallel(connections, shots, async (shot) => {
    const sent = performance.now();
    await fireOne({ pool, expected }, shot);
    times.push(performance.now() - sent);
  });
}

async function fireOne({ pool, expected }: { pool: Pool; expected: number }, shot: Shot): Promise<void> {
  const { statusCode, body } = await pool.request({ method: 'POST', ...shot });
  const text = await body.text();
  if (statusCode !== expected)
    throw new Error(`${shot.path} answered ${statusCode}, not ${expected}: ${text.slice(0, 300)}`);
}
