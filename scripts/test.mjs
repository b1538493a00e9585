// node scripts/test.mjs [e2e|long] [jest arguments]: builds what the tests drive, then runs jest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildServer } from './build-server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const suites = { quick: ['server', 'weapp'], e2e: ['e2e'], long: ['long'] };
const args = process.argv.slice(2);
const suite = args[0] in suites ? args.shift() : 'quick';

function run(command, parameters) {
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

await buildServer();
const named = args.filter((argument) => !argument.startsWith('-'));
const withoutApp = named.length > 0 && named.every((name) => /^tests\/(?!weapp)\w/.test(name));
const needs = { quick: withoutApp ? [] : ['weapp'], e2e: ['h5'], long: [] }[suite];
for (const target of needs) {
  if (existsSync(path.join(root, 'miniprogram/config/index.ts'))) {
    run(process.execPath, ['scripts/build-miniprogram.mjs', target, '--if-stale']);
  }
}
if (suite === 'e2e') run(process.execPath, ['scripts/build-console.mjs', '--if-stale']);
// Most of a test's time is spent waiting: for the processes it talks to, or at the speed of a person. The long ones load
// the machine themselves.
const workers = suite === 'long' ? '--runInBand' : '--maxWorkers=2';
run(process.execPath, [
  'node_modules/jest/bin/jest.js',
  '--selectProjects',
  ...suites[suite],
  workers,
  ...args,
]);
