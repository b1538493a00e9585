// node scripts/screens.mjs --console [--only PART] [--width PX,PX] [--to FOLDER] [--long | --empty] [--paper | --dark]: the pages of
// the web console, from a demo on this machine.
// node scripts/screens.mjs [--only PART] [--width PX] [--dark] [--long] [--text SCALE] [--to FOLDER]: a picture of every
// state of the phone, from the built h5 app and the fake API of the tests.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildServer } from './build-server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const isConsole = process.argv.includes('--console');
const outfile = path.join(root, 'dist/tools', isConsole ? 'console-screens.js' : 'screens.js');
const run = (file, args) => {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (isConsole) {
  await buildServer();
  run('scripts/build-console.mjs', ['--if-stale']);
} else if (!process.argv.includes('--as-built')) run('scripts/build-miniprogram.mjs', ['h5', '--if-stale']);
await build({
  entryPoints: [path.join(root, 'tests/screens', isConsole ? 'console.ts' : 'main.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});
run(outfile, process.argv.slice(2));
