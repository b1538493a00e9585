import { Pool } from 'undici';
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

/**
 * Fires prepared requests over `connections` kept-alive connections, each one at a time, as fast as they are answered.
 *
 * @throws when an answer has another status than expected: a fast refusal is no throughput
 */
export async function fire(
  url: string,
  shots: readonly Shot[],
  expected: number,
  connections: number,
): Promise<Volley> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const times: number[] = [];
  let next = 0;
  const begun = performance.now();
  const shooter = async () => {
    while (next < shots.length) {
      const shot = shots[next];
      next += 1;
      if (!shot) return;
      const sent = performance.now();
      const { statusCode, body } = await pool.request({ method: 'POST', ...shot });
      const text = await body.text();
      if (statusCode !== expected)
        throw new Error(`${shot.path} answered ${statusCode}, not ${expected}: ${text.slice(0, 300)}`);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, shooter));
  const seconds = (performance.now() - begun) / 1000;
  await pool.close();
  const { p50, p99 } = percentiles(times);
  return { rate: shots.length / seconds, p50, p99 };
}
