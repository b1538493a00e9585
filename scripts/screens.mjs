// node scripts/screens.mjs [--only PART] [--width PX] [--dark] [--to FOLDER]: a picture of every state of the phone, from the
// built h5 app and the fake API of the tests.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const outfile = path.join(root, 'dist/tools/screens.js');
const run = (file, args) => {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (!process.argv.includes('--as-built')) run('scripts/build-miniprogram.mjs', ['h5', '--if-stale']);
await build({
  entryPoints: [path.join(root, 'tests/screens/main.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});
run(outfile, process.argv.slice(2));
