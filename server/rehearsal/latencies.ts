import type { Observed } from '../demo/api-client';

export interface Latencies {
  requests: number;
  p50: number;
  p95: number;
  p99: number;
}

/** Collects how long each request took; milliseconds. */
export function createLatencies() {
  const seen: number[] = [];
  return {
    observe: ({ milliseconds }: Observed) => {
      seen.push(milliseconds);
    },
    summary: (): Latencies => ({ requests: seen.length, ...percentiles(seen) }),
  };
}

/** @returns in the unit that was given, to a tenth; 0 of nothing */
export function percentiles(values: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
