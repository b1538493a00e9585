import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { percentiles } from '../rehearsal/latencies';

/** How busy the API process was. */
export interface ApiLoad {
  /** Of one core. */
  cpuPercent: number;
  memoryMb: number;
  /** How long the cheapest request waited, p99: its event loop and this machine's queue. */
  lagMs: number;
}

const PROBE_MS = 100;
const run = promisify(execFile);

/** Watches a process until stopped: its CPU time and memory as `ps` says, and a probe every tenth of a second. */
export function watchApi(url: string, pid: number): { stop(): Promise<ApiLoad> } {
  const begun = performance.now();
  const before = readProcess(pid);
  const lags: number[] = [];
  let stopped = false;
  const probing = (async () => {
    while (!stopped) {
      const sent = performance.now();
      await (await fetch(`${url}/healthz`)).arrayBuffer();
      lags.push(performance.now() - sent);
      await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
    }
  })();
  return {
    async stop() {
      stopped = true;
      await probing;
      const [first, last] = [await before, await readProcess(pid)];
      const seconds = (performance.now() - begun) / 1000;
      return {
        cpuPercent: Math.round((100 * (last.cpuSeconds - first.cpuSeconds)) / seconds),
        memoryMb: last.memoryMb,
        lagMs: percentiles(lags).p99,
      };
    },
  };
}

/** `ps` is on every system we develop on, and needs no door in the service. */
async function readProcess(pid: number): Promise<{ cpuSeconds: number; memoryMb: number }> {
  const { stdout } = await run('ps', ['-o', 'time=,rss=', '-p', String(pid)]);
  const [time = '', rss = '0'] = stdout.trim().split(/\s+/);
  const cpuSeconds = time.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuSeconds, memoryMb: Math.round(Number(rss) / 1024) };
}
