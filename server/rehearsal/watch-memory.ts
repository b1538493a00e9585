import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const EVERY_MS = 1_000;
const run = promisify(execFile);

/** Watches how much memory a process holds (resident). `stop` answers the most it had, in MB. */
export function watchMemory(pid: number): { stop(): Promise<number | null> } {
  let peak: number | null = null;
  const look = async () => {
    try {
      peak = Math.max(peak ?? 0, (await residentKb(pid)) / 1024);
    } catch {
      // It has ended, or this system has no `ps`: the figure is left out.
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

/** Linux tells it in a file. Starting `ps` every second stops a process as large as the rehearsal for 30 ms each time. */
async function residentKb(pid: number): Promise<number> {
  if (process.platform !== 'linux')
    return Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout);
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, kb] = /^VmRSS:\s*(\d+) kB$/m.exec(status) ?? [];
  if (kb === undefined) throw new Error(`process ${pid} holds no memory`);
  return Number(kb);
}
