import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const EVERY_MS = 1_000;
const run = promisify(execFile);

/** Watches how much memory a process holds (resident, as `ps` tells). `stop` answers the most it had, in MB. */
export function watchMemory(pid: number): { stop(): Promise<number | null> } {
  let peak: number | null = null;
  const look = async () => {
    try {
      const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
      peak = Math.max(peak ?? 0, Number(stdout) / 1024);
    } catch {
      // No `ps` on this system: the figure is left out.
    }
  };
  const timer = setInterval(look, EVERY_MS);
  // A rehearsal that fails never stops it.
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await look();
      return peak === null ? null : Math.round(peak);
    },
  };
}
