import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { BUILT, eventually } from '../support/stack';

jest.setTimeout(115_000);

/** Longer than a test may take: whoever sees the end of it has not waited for its time to be over. */
const SECONDS = 120;

/** Without those that are dead and only not yet fetched by their parent. */
const running = (): { pid: number; parent: number; command: string }[] =>
  execFileSync('ps', ['-A', '-ww', '-o', 'pid=', '-o', 'ppid=', '-o', 'stat=', '-o', 'args='], {
    encoding: 'utf8',
  })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => state && !state.startsWith('Z'))
    .map(([pid, parent, , ...args]) => ({
      pid: Number(pid),
      parent: Number(parent),
      command: args.join(' '),
    }));

const childrenOf = ({ pid }: ChildProcess) => running().filter(({ parent }) => parent === pid);

let storm: ChildProcess;
let exited: Promise<unknown[]>;
/** Where it puts its files, and nobody else does. */
let tmp: string;
beforeEach(() => {
  tmp = mkdtempSync(path.join(os.tmpdir(), 'tucai-'));
  storm = spawn(process.execPath, [path.join(BUILT, 'cli/storm.js'), '--seconds', String(SECONDS)], {
    env: { ...process.env, TMPDIR: tmp },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  exited = once(storm, 'exit');
});
afterEach(async () => {
  storm.kill('SIGKILL');
  await exited;
  rmSync(tmp, { recursive: true, force: true });
});

/** Until a strike of this class is told. @throws when the storm ends before */
function strikes(kind: string): Promise<void> {
  return new Promise((resolve, reject) => {
    storm.once('exit', () => reject(new Error(`ended before any ${kind}`)));
    if (!storm.stdout) return;
    createInterface({ input: storm.stdout }).on('line', (line) => {
      if (line.includes(kind)) resolve();
    });
  });
}

async function leavesNothing(children: readonly { pid: number }[]): Promise<void> {
  const pids = new Set(children.map(({ pid }) => pid));
  await eventually('the end of its processes', async () =>
    running().some(({ pid }) => pids.has(pid)) ? null : true,
  );
  expect(readdirSync(tmp)).toEqual([]);
}

it('a storm that is stopped has not succeeded, and leaves neither a process nor a file', async () => {
  await strikes('callback-');
  const children = childrenOf(storm);
  // Database, sandbox, and at least one of the two API processes.
  expect(children.length).toBeGreaterThanOrEqual(3);
  expect(readdirSync(tmp)).toHaveLength(1);

  storm.kill('SIGTERM');
  expect(await exited).toEqual([143, null]);
  await leavesNothing(children);
});

it('nor does one that is stopped while it is being started, with all its processes as by Ctrl+C', async () => {
  const children = await eventually('its first process', async () => {
    const found = childrenOf(storm);
    return found.length > 0 ? found : null;
  });
  for (const { pid } of children) process.kill(pid, 'SIGINT');
  storm.kill('SIGINT');
  expect(await exited).toEqual([130, null]);
  await leavesNothing(children);
});

it('nor one whose WeChat has died: it ends long before its time, and says so', async () => {
  await strikes('callback-');
  const children = childrenOf(storm);
  const sandbox = children.find(({ command }) => command.includes('sandbox/main.js'));
  process.kill(sandbox?.pid ?? Number.NaN, 'SIGKILL');
  expect(await exited).toEqual([1, null]);
  await leavesNothing(children);
});
