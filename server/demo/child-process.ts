import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  /** Ends with its exit. */
  readonly exited: Promise<void>;
  /** SIGTERM, and SIGKILL after 20 s. */
  stop(): Promise<void>;
  /** SIGKILL: as a crash. */
  kill(): Promise<void>;
}

/** Of this process. Whichever nobody has stopped when it exits is killed with it. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 20_000;

/**
 * Starts one of our processes and waits for its line {"ready": true, …} on standard output. Its log goes to `onLog`.
 *
 * @throws with the end of its log when it exits, or says nothing within 30 s (or `readyWithinMs`)
 */
export async function startChild<Ready>(
  file: string,
  args: readonly string[],
  options: {
    env?: NodeJS.ProcessEnv;
    flags?: readonly string[];
    onLog?: (line: string) => void;
    readyWithinMs?: number;
  } = {},
): Promise<Child<Ready>> {
  const flags = ['--enable-source-maps', ...(options.flags ?? [])];
  const child = spawn(process.execPath, [...flags, file, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const exited = once(child, 'exit').then(() => void running.delete(child));
  const lastWords: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    options.onLog?.(line);
    lastWords.push(line);
    if (lastWords.length > 30) lastWords.shift();
  });
  const within = options.readyWithinMs ?? READY_WITHIN_MS;
  const ready = await readyLine<Ready>(child, within, () => lastWords.join('\n'));
  return {
    ready,
    pid: child.pid ?? 0,
    exited,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await exited;
      clearTimeout(late);
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function readyLine<Ready>(child: ChildProcess, within: number, lastWords: () => string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${child.spawnargs[2]} ${why}\n${lastWords()}`));
    };
    const late = setTimeout(() => fail(`was not ready within ${within} ms`), within);
    const onExit = (code: number | null) => {
      clearTimeout(late);
      // Its last words may still be on their way.
      setTimeout(() => fail(`ended with ${code} before it was ready`), 50);
    };
    child.once('exit', onExit);
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{"ready":true')) return;
      clearTimeout(late);
      child.off('exit', onExit);
      resolve(JSON.parse(line) as Ready);
    });
  });
}
