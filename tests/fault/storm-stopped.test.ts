import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { BUILT, eventually } from '../support/stack';

jest.setTimeout(120_000);

const folders = () => readdirSync(os.tmpdir()).filter((name) => name.startsWith('tucai-storm-'));

/** Without those that are dead and only not yet fetched by their parent. */
const running = (): { pid: number; parent: number }[] =>
  execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'stat='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => state && !state.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));

const stillRunning = (pids: readonly number[]) => running().filter(({ pid }) => pids.includes(pid));

it.each(['SIGTERM', 'SIGINT'] as const)(
  'a storm that %s stops has not succeeded, and leaves neither a process nor a file',
  async (signal) => {
    const before = folders();
    const storm = spawn(process.execPath, [path.join(BUILT, 'cli/storm.js'), '--seconds', '60'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(storm, 'exit');
    await new Promise<void>((rages) => {
      createInterface({ input: storm.stdout }).on('line', (line) => {
        if (line.includes('callback-')) rages();
      });
    });
    const children = running()
      .filter(({ parent }) => parent === storm.pid)
      .map(({ pid }) => pid);
    // Database, sandbox, and at least one of the two API processes of the storm's own.
    expect(children.length).toBeGreaterThanOrEqual(3);
    expect(folders().length).toBe(before.length + 1);

    storm.kill(signal);
    expect(await exited).toEqual([128 + os.constants.signals[signal], null]);
    await eventually('the end of its processes', async () =>
      stillRunning(children).length === 0 ? true : null,
    );
    expect(folders()).toEqual(before);
  },
);
